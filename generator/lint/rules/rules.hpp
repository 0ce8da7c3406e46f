#pragma once

#include <lint/rule.hpp>

/// The rules: each in a file of its name, found through the table in rules.cpp, described in docs/diagnostics/.
namespace varve::generator::rules {

using check = void(const reviewed_statement&, lint_findings&);

check create_index_not_concurrent;

}  // namespace varve::generator::rules
