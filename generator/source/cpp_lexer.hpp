#pragma once

#include <sql/lexer.hpp>

#include <string_view>

namespace varve::generator {

/// Cuts a C++ source as far as varve looks at one: names are words, literals are quoted, a preprocessor directive with
/// all its lines is one operator, `::` and every other character are punctuation. Never fails: what is not closed goes
/// on to the end, and the compiler says what is wrong.
[[nodiscard]] lexed lex_cpp(std::string_view text);

}  // namespace varve::generator
