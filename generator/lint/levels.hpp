#pragma once

#include <lint/lint_options.hpp>
#include <lint/rule.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// How bad a finding of the rule is; empty: it is not looked for. Of LINT_ERROR and LINT_OFF the one that names more of
/// the code counts, and LINT_OFF if both name as much. A whole code in LINT_ERROR turns on a rule that is off; a prefix
/// does not.
[[nodiscard]] std::optional<severity> level_of(const rule&, const lint_options&);

/// A rule that is looked for.
struct active_rule {
    const rule* checked = nullptr;
    severity level = severity::warning;
};

/// Those of an engine's rules that are on.
[[nodiscard]] std::vector<active_rule> active_rules(const lint_options&, engine_kind);

/// `off`, `default`, `online`, `strict`
[[nodiscard]] std::optional<lint_profile> parse_lint_profile(std::string_view);

/// Empty if the word is the code of a rule or the beginning of one; else why not, with the nearest code.
[[nodiscard]] std::string why_no_rule(std::string_view code_or_prefix);

/// The code of a rule that was probably meant, or nothing.
[[nodiscard]] std::string_view nearest_code(std::string_view);

}  // namespace varve::generator
