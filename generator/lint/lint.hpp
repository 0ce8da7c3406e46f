#pragma once

#include <lint/lint_options.hpp>
#include <lint/rule.hpp>
#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace varve::generator {

/// What a replay found in an up script, for the rule of this code to judge.
struct replayed_finding {
    std::size_t migration = 0;  ///< index into the history
    std::string code;
    lint_finding what;
};

/// Reviews the drafts of a history in which nothing is wrong: finds what would hurt in production although it is valid
/// SQL. Released migrations cannot change, so they only tell what was there before. Findings that a script allows are
/// not reported; an `allow` that nothing needs is (M018), and one for a rule that does not exist (M017).
void lint(const history_source&, const lint_options&, std::span<const replayed_finding>, diagnostics&);

}  // namespace varve::generator
