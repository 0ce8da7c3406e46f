#pragma once

#include <commands/console.hpp>
#include <lock/load_history.hpp>

#include <cstdint>

namespace varve::generator {

enum class down_output : std::uint8_t {
    printed,
    written,  ///< a new file beside the up script
};

struct down_request {
    load_request source;
    std::int64_t version = 0;
    down_output output = down_output::printed;
};

/// `varve down 7`: the inverse of a migration, as far as it can be inferred, for a person to read. What has no inverse
/// is reported (M049), and stands as a comment in what is printed. Writes a file only if everything has an inverse, and
/// never over another one.
[[nodiscard]] exit_code down(const down_request&, const console&);

}  // namespace varve::generator
