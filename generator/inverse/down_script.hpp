#pragma once

#include <inverse/inverse.hpp>
#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

#include <string>

namespace varve::generator {

/// An inverse as a down script: its statements, and everything else as comments above them.
[[nodiscard]] std::string down_script_text(const inverse&, const migration_source&);

/// Reports each statement of the up script without an inverse (M049).
void report_missing(const inverse&, const migration_source&, diagnostics&);

}  // namespace varve::generator
