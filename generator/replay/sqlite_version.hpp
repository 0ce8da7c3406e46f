#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace varve::generator {

/// A version of SQLite 3, as one number: 3.38.5 is 3038005, as sqlite3_libversion_number() has it.
struct sqlite_version {
    int number = 0;
    friend auto operator<=>(const sqlite_version&, const sqlite_version&) = default;
};

/// `3.31` or `3.31.1`. Nothing if it is not a version of SQLite 3.
[[nodiscard]] std::optional<sqlite_version> parse_sqlite_version(std::string_view text);
[[nodiscard]] std::string to_string(sqlite_version);

}  // namespace varve::generator
