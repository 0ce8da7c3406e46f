#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace varve::generator {

/// Runs a program, found on the PATH, without a shell, with nothing on its standard input, and gives what it writes to
/// standard output. Nothing if it cannot be run, fails, writes too much, or is not done by the deadline: then it is
/// killed. Nothing on systems where it cannot be done like this.
[[nodiscard]] std::optional<std::string> program_output(const std::vector<std::string>& words,
                                                        std::chrono::steady_clock::time_point deadline);

}  // namespace varve::generator
