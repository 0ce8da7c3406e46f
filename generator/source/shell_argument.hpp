#pragma once

#include <string>
#include <string_view>

namespace varve::generator {

/// A text as one argument of a command that a hint shows, ready to be pasted: as it is where no shell sees anything
/// special in it; else in double quotes where these are enough, which every shell understands; else as a POSIX shell
/// wants it.
[[nodiscard]] std::string shell_argument(std::string_view text);

}  // namespace varve::generator
