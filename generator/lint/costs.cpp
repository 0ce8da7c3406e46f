#include <lint/costs.hpp>

#include <lint/levels.hpp>
#include <lint/rule.hpp>
#include <schema/schema.hpp>
#include <schema/script_changes.hpp>

#include <span>
#include <utility>

namespace varve::generator {
namespace {

bool is_about_costs(const rule& of) {
    return of.check != nullptr && (of.code.starts_with("M2") || of.code.starts_with("M3") || of.code.starts_with("M4"));
}

void add_costs(const reviewed_statement& statement, const std::vector<active_rule>& rules,
               std::vector<migration_cost>& to) {
    for (const auto& [checked, level] : rules) {
        if (!is_about_costs(*checked)) continue;
        lint_findings found;
        checked->check(statement, found);
        for (lint_finding& each : found) {
            const location where = statement.script.file.location_of(each.offset);
            to.push_back({std::string(checked->code), static_cast<std::uint32_t>(where.line), std::move(each.message)});
        }
    }
}

}  // namespace

std::vector<std::vector<migration_cost>> costs_of(history_source history) {
    for (migration_source& each : history.migrations) each.released = false;
    const auto rules = active_rules({}, history.engine);
    schema before(history.engine);
    std::vector<std::vector<migration_cost>> result(history.migrations.size());
    for (std::size_t index = 0; index < result.size(); ++index) {
        migration_source& only_draft = history.migrations[index];
        const auto all = changes_of(only_draft.up, history.engine);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::span earlier(all.data(), i);
            add_costs({history, index, direction::up, only_draft.up, all[i], earlier, before, {}}, rules,
                      result[index]);
            before.apply(all[i], index);
        }
        only_draft.released = true;
    }
    return result;
}

}  // namespace varve::generator
