#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What an object of SQLite's schema says, without how it was written: SQLite keeps the text of a definition, with
/// comments and spaces, and edits it when something is renamed or dropped. Pure.
namespace varve::sqlite {

/// Its tokens with a space between: names without quotes and in lower case, literals as they are.
[[nodiscard]] std::string canonical(std::string_view sql);

/// The parts of a CREATE TABLE: what stands between the outer parentheses, by commas, and what follows them.
struct table_definition {
    std::vector<std::string> items{};  ///< canonical
    std::string options{};             ///< canonical: `without rowid , strict`
    bool has_items = false;            ///< false for a virtual table
};
[[nodiscard]] table_definition table_definition_in(std::string_view sql);

/// Whether an item is a constraint of the table, and not a column.
[[nodiscard]] bool is_table_constraint(std::string_view item);

}  // namespace varve::sqlite
