#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace varve::generator {

/// A version as people write it: 1 to 18 digits, at least 1. `007` and `7` are the same version.
[[nodiscard]] std::optional<std::int64_t> parse_version(std::string_view);

/// True if the number can only be a time stamp (`20260107093000`, `1690000000`), not a counter.
[[nodiscard]] bool looks_like_timestamp(std::int64_t version);

/// A version as it stands in a file name: the number and how it is written.
struct written_version {
    std::int64_t value = 0;
    std::size_t width = 0;  ///< digits, with leading zeros
};

/// The text of a free version after `wanted`: for counters one more than the highest of all, for time stamps the next
/// number that nobody took. Written with the width of `wanted`, or with 4 digits if that is 0.
[[nodiscard]] std::string free_version_after(written_version wanted, std::span<const std::int64_t> taken);

}  // namespace varve::generator
