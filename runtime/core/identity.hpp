#pragma once

#include <string>

namespace varve::core {

/// `user@host:process`, as far as the system tells.
[[nodiscard]] std::string current_process();

/// The name of the running executable's file; empty if the system does not tell.
[[nodiscard]] std::string executable_name();

}  // namespace varve::core
