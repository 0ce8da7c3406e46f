#pragma once

#include "text.hpp"

#include <varve/error.hpp>

namespace varve::core {

/// Throws an error that has no place in a script.
[[noreturn]] void raise(error_code, pieces message, std::string_view hint);

}  // namespace varve::core
