#include <lint/losses.hpp>
#include <lint/rewritten.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace varve::generator::rules {
namespace {

/// They decide which objects the statements behind them mean, and whose the new ones are.
bool decides_what_names_mean(std::string_view setting) {
    static constexpr std::array<std::string_view, 3> settings{"role", "search_path", "session_authorization"};
    return std::ranges::find(settings, setting) != settings.end();
}

std::string local_form(const reviewed_statement& statement, const change_setting& set) {
    const statement_text text = tokens_of(statement, statement.change);
    if (!text.tokens().word(0, "set")) return "SELECT set_config('" + set.name + "', '" + set.value + "', true);";
    const bool says_session = text.tokens().word(1, "session") && !text.tokens().word(2, "authorization");
    return "SET LOCAL " + text.text(says_session ? 2 : 1, text.size()) + ";";
}

}  // namespace

void setting_outlives_script(const reviewed_statement& statement, lint_findings& found) {
    const auto* set = std::get_if<change_setting>(&statement.change.what);
    // RESET and SET .. TO DEFAULT go back to what everybody has.
    if (set == nullptr || set->local || !decides_what_names_mean(set->name)) return;
    const bool is_reset = set->value.empty() && !tokens_of(statement, statement.change).tokens().word(0, "select");
    if (is_reset) return;
    if (statement.in_transaction()) {
        found.push_back({statement.change.offset,
                         set->name + " stays as it is set here until the session ends: varve puts it back after the "
                                     "script, but whoever runs the script otherwise goes on with it",
                         "set it for the transaction:\n" + local_form(statement, *set),
                         {}});
    } else {
        found.push_back({statement.change.offset,
                         "when the script goes on after an interruption, this statement is not run again, and those "
                         "behind it see another " +
                             set->name,
                         set->name == "search_path" ? "write the schema before each name, and do not set it"
                                                    : "run the script as the user it is meant for, and do not set it",
                         {}});
    }
}

}  // namespace varve::generator::rules
