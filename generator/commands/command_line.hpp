#pragma once

#include <commands/console.hpp>

#include <iosfwd>

namespace varve::generator {

/// The program `varve`: understands its arguments (the program's name first) and runs the command they name. Returns
/// the exit code of the process; never throws.
[[nodiscard]] int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace varve::generator
