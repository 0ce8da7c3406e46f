#pragma once

#include <string>
#include <string_view>

/// A definition that SQLite keeps, written in one way: without comments, one space where spaces mean nothing, names and
/// literals as they are. What is loaded from it and written again is the same text. Pure.
namespace varve::sqlite {

/// A CREATE TABLE has a line for each column and constraint, a trigger one for each statement. Ends in `;`.
[[nodiscard]] std::string schema_text(std::string_view definition);

}  // namespace varve::sqlite
