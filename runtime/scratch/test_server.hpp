#pragma once

#include "given_server.hpp"

#include <string>

namespace varve::scratch {

/// The databases of the server that a test program has: VARVE_SCRATCH_URL, else one that is started at the first call,
/// with the cache of that call, and is gone when the program is. Throws `varve::error`.
[[nodiscard]] scratch_databases& databases_of_test_program(const std::string& cache);

}  // namespace varve::scratch
