#include <commands/checked_history.hpp>

#include <compatibility/derive.hpp>
#include <lint/lint.hpp>
#include <replay/target_version.hpp>
#include <source/wording.hpp>

#include <set>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

// The ledger's scripts say `${schema}` where the runtime puts the schema's name; there are no other variables.
bool is_declared(const variable_use& use, history_owner owner) {
    return owner == history_owner::varve && use.name == "schema";
}

std::string hint_for(const variable_values& known) {
    std::string names;
    for (const auto& each : known) names += (names.empty() ? "" : ", ") + each.first;
    const std::string rest = "; text that contains ${ belongs into quotes";
    if (names.empty()) return "give it a value: VARIABLES name=value in add_db_migrations()" + rest;
    return "VARIABLES in add_db_migrations() gives values to: " + names + rest;
}

void check_variables(const script_source& script, const load_request& request, diagnostics& found) {
    for (const auto& statement : script.script.statements) {
        for (const auto& use : statement.variables) {
            if (is_declared(use, request.owner)) continue;
            found.report({severity::error,
                          "M119",
                          script.file.location_of(use.offset),
                          "there is no variable '" + use.name + "'",
                          hint_for(request.variables),
                          {}});
        }
    }
}

void check_variables(const history_source& history, const load_request& request, diagnostics& found) {
    std::set<std::string> used;
    for (const auto& each : history.migrations) {
        check_variables(each.up, request, found);
        used.insert(each.up.variables.begin(), each.up.variables.end());
        if (!each.down) continue;
        check_variables(*each.down, request, found);
        used.insert(each.down->variables.begin(), each.down->variables.end());
    }
    if (history.master) {
        check_variables(history.master->up, request, found);
        used.insert(history.master->up.variables.begin(), history.master->up.variables.end());
    }
    for (const auto& each : request.variables) {
        if (used.contains(each.first)) continue;
        found.report({severity::error,
                      "M053",
                      {shown_path(request.directory.empty() ? request.master : request.directory), 0, 0, {}},
                      "no script has the variable '" + each.first + "'",
                      "write ${" + each.first + "} where its value belongs, or take it out of VARIABLES",
                      {}});
    }
}

std::vector<replayed_finding> for_lint(const replay_report& replayed) {
    std::vector<replayed_finding> result;
    for (const replay_finding& each : replayed.rebuilds) {
        result.push_back({each.where.migration, each.code, {each.where.offset, each.message, each.hint, {}}});
    }
    return result;
}

// A rule that waits for a replay that does not run is off: else each `allow` for it would look superfluous.
lint_options without_missing_rules(const review_options& review) {
    lint_options result = review.lint;
    if (review.replay.mode != replay_mode::off && !replaying_sqlite().empty()) return result;
    for (const rule& each : all_rules()) {
        if (each.basis == rule_basis::replay) result.off.emplace_back(each.code);
    }
    return result;
}

void lint(const checked_history& checked, const review_options& review, diagnostics& found) {
    lint(checked.loaded.history, without_missing_rules(review), for_lint(checked.replay), found);
}

}  // namespace

checked_history check_history(const load_request& request, const review_options& review, diagnostics& found) {
    checked_history checked{load_history(request, found), {}, {}};
    check_variables(checked.loaded.history, request, found);
    if (!found.any_errors()) check_target_version(checked.loaded.history, review.replay, found);
    // A script that is not understood would only be reported twice.
    if (!found.any_errors()) checked.replay = replay(checked.loaded.history, review.replay, found);
    if (!found.any_errors()) lint(checked, review, found);
    if (!found.any_errors()) derive_compatibility(checked.loaded.history);
    if (!found.any_errors()) checked.tables = make_tables(checked.loaded.history, found);
    return checked;
}

}  // namespace varve::generator
