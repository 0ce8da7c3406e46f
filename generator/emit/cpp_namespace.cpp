#include <emit/cpp_namespace.hpp>

#include <algorithm>
#include <array>

namespace varve::generator {
namespace {

// Alternative operator spellings count: they are keywords to the parser. C++23 and the modules' words are not.
constexpr auto keywords = std::to_array<std::string_view>(
    {"alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
     "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char16_t",
     "char32_t",    "char8_t",  "class",      "co_await",  "co_return", "co_yield",     "compl",
     "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
     "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
     "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
     "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
     "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
     "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
     "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
     "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
     "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
     "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
     "xor_eq"});

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_identifier(std::string_view word) {
    return !word.empty() && is_letter(word.front()) &&
           std::all_of(word.begin(), word.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

// Two underscores anywhere, or one before a capital letter, belong to the compiler.
bool is_reserved(std::string_view word) {
    return word.find("__") != std::string_view::npos ||
           (word.size() > 1 && word[0] == '_' && word[1] >= 'A' && word[1] <= 'Z');
}

std::string quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

std::string why_not_a_name(std::string_view word) {
    if (word.empty()) return "there is a name missing; write it like company::shop";
    if (!is_identifier(word)) return quoted(word) + " is not a C++ name: letters, digits and _, not a digit first";
    if (std::find(keywords.begin(), keywords.end(), word) != keywords.end())
        return quoted(word) + " is a word of C++ itself and cannot name a namespace";
    if (is_reserved(word)) return quoted(word) + " is a name that C++ reserves for the compiler";
    return {};
}

}  // namespace

std::string why_not_a_namespace(std::string_view text) {
    const std::string_view first = text.substr(0, text.find("::"));
    if (first == "std" || first == "posix") return quoted(first) + " is reserved by C++";
    if (text == "varve") return "'varve' is varve's own";
    while (true) {
        const std::size_t colons = text.find("::");
        std::string why = why_not_a_name(text.substr(0, colons));
        if (!why.empty() || colons == std::string_view::npos) return why;
        text.remove_prefix(colons + 2);
    }
}

}  // namespace varve::generator
