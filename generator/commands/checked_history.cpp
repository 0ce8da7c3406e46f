#include <commands/checked_history.hpp>

#include <lint/lint.hpp>
#include <replay/target_version.hpp>

#include <string>

namespace varve::generator {
namespace {

// The ledger's scripts say `${schema}` where the runtime puts the schema's name; there are no other variables.
bool is_declared(const variable_use& use, history_owner owner) {
    return owner == history_owner::varve && use.name == "schema";
}

void check_variables(const script_source& script, history_owner owner, diagnostics& found) {
    for (const auto& statement : script.script.statements) {
        for (const auto& use : statement.variables) {
            if (is_declared(use, owner)) continue;
            found.report({severity::error,
                          "M119",
                          script.file.location_of(use.offset),
                          "there is no variable '" + use.name + "': a script can have none",
                          "write the value itself; text that contains ${ belongs into quotes",
                          {}});
        }
    }
}

void check_variables(const history_source& history, history_owner owner, diagnostics& found) {
    for (const auto& each : history.migrations) {
        check_variables(each.up, owner, found);
        if (each.down) check_variables(*each.down, owner, found);
    }
}

}  // namespace

checked_history check_history(const load_request& request, const review_options& review, diagnostics& found) {
    checked_history checked{load_history(request, found), {}, {}};
    check_variables(checked.loaded.history, request.owner, found);
    if (!found.any_errors()) check_target_version(checked.loaded.history, review.replay, found);
    // A script that is not understood would only be reported twice.
    if (!found.any_errors()) checked.replay = replay(checked.loaded.history, review.replay, found);
    if (!found.any_errors()) lint(checked.loaded.history, review.lint, found);
    if (!found.any_errors()) checked.tables = make_tables(checked.loaded.history, found);
    return checked;
}

}  // namespace varve::generator
