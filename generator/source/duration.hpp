#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace varve::generator {

/// A time as people write it, in milliseconds: a whole number and its unit, `500ms`, `10s`, `5min`, `2h`, with or
/// without a space between them; 0 needs none. At most what the limits of PostgreSQL can hold, 2,147,483,647 ms.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view);

}  // namespace varve::generator
