#pragma once

#include <sql/token_reader.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace varve::generator {

/// SQLite's `PRAGMA [schema.]name`, `PRAGMA name = value` or `PRAGMA name(value)`.
struct sqlite_pragma {
    std::string name;   ///< in lower case
    std::string value;  ///< in lower case, without quotes; `?` if it is more than one word or number
    bool has_value = false;
};

[[nodiscard]] std::optional<sqlite_pragma> read_pragma(const token_reader&);

/// What `PRAGMA foreign_keys` was given.
enum class foreign_keys_value : std::uint8_t { off, on, unknown };

/// The value of a pragma that sets foreign_keys; nothing if this is no such pragma, or only asks.
[[nodiscard]] std::optional<foreign_keys_value> foreign_keys_of(const token_reader&);

}  // namespace varve::generator
