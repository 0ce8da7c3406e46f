#pragma once

#include <lint/rule.hpp>

#include <string_view>

namespace varve::generator {

/// What the replay found about this statement under this code.
void add_replayed(const reviewed_statement&, std::string_view code, lint_findings&);

}  // namespace varve::generator
