#pragma once

#include <lint/lint_options.hpp>
#include <lint/rule.hpp>
#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

#include <span>

namespace varve::generator {

/// Reviews the drafts of a history in which nothing is wrong: finds what would hurt in production although it is valid
/// SQL. Released migrations cannot change, so they only tell what was there before. Findings that a script allows are
/// not reported; an `allow` that nothing needs is (M018), and one for a rule that does not exist (M017).
void lint(const history_source&, const lint_options&, std::span<const replayed_finding>, diagnostics&);

}  // namespace varve::generator
