#pragma once

#include <varve/command_line.hpp>

#include <string_view>

namespace varve::cli {

/// Writes all of it at once and flushes, so that a deployment's log shows it while it happens.
void write(std::ostream&, std::string_view);

}  // namespace varve::cli
