#pragma once

#include "pqxx_compatibility.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// The values of an answer, by row and column from 0. Not inline: libpqxx makes and destroys two objects for each.
namespace varve::postgresql {

/// How many rows.
[[nodiscard]] std::size_t count_of(const pqxx::result&);

[[nodiscard]] bool is_null(const pqxx::result&, std::size_t row, std::size_t column);
/// As the server wrote it, empty for NULL; lives as long as the answer.
[[nodiscard]] std::string_view text_in(const pqxx::result&, std::size_t row, std::size_t column);
/// 0 for NULL.
[[nodiscard]] std::int64_t number_in(const pqxx::result&, std::size_t row, std::size_t column);
[[nodiscard]] std::optional<std::int64_t> optional_number_in(const pqxx::result&, std::size_t row, std::size_t column);
/// False for NULL.
[[nodiscard]] bool is_true(const pqxx::result&, std::size_t row, std::size_t column);

}  // namespace varve::postgresql
