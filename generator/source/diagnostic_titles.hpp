#pragma once

#include <string_view>

namespace varve::generator {

/// The title of a code's page in docs/diagnostics, which is where the build takes it from: `a version used twice`.
/// Empty if there is no such page.
[[nodiscard]] std::string_view diagnostic_title(std::string_view code);

}  // namespace varve::generator
