#pragma once

#include <source/diagnostic.hpp>

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string_view>

/// The formats of print(), one file each.
namespace varve::generator {

void print_as_text(std::ostream&, std::span<const diagnostic>);
void print_as_json(std::ostream&, std::span<const diagnostic>);
void print_as_sarif(std::ostream&, std::span<const diagnostic>);
void print_as_github(std::ostream&, std::span<const diagnostic>);

/// `note`, `warning`, `error`
[[nodiscard]] std::string_view word_of(severity);

/// A place in a file as a whole is printed as its first character: editors and CI systems want a line.
[[nodiscard]] constexpr std::uint32_t at_least_one(std::uint32_t number) { return number == 0 ? 1 : number; }

}  // namespace varve::generator
