#pragma once

#include <source/migration_source.hpp>
#include <varve/history.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace varve::generator {

/// What the functions of a migration written in C++ are called in the program: `up_of_9`.
[[nodiscard]] std::string function_name(direction, std::int64_t version);

/// Declares them, a line each.
[[nodiscard]] std::string declarations_of(std::int64_t version, const code_source&);

/// `namespace shop::inline contract_1 {` and an empty line: a variable's or a function's symbol does not tell the
/// contract, so that it is in the name of its namespace.
[[nodiscard]] std::string opened_namespace(std::string_view name_space);

}  // namespace varve::generator
