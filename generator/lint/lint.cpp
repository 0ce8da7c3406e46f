#include <lint/lint.hpp>

#include <lint/allows.hpp>
#include <lint/levels.hpp>
#include <lint/rule.hpp>
#include <schema/schema.hpp>
#include <schema/script_changes.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace varve::generator {
namespace {

using changes = std::vector<statement_change>;

/// Performs one lint(): goes through the history and knows the schema at each place.
class reviewing {
public:
    reviewing(const history_source& history, const lint_options& options, std::span<const replayed_finding> replayed,
              diagnostics& found)
        : history_(history),
          active_(active_rules(options, history.engine)),
          replayed_(replayed),
          found_(found),
          schema_(history.engine) {}

    void run() {
        const auto is_draft = [](const migration_source& each) { return !each.released; };
        const auto& all = history_.migrations;
        const auto last_draft = std::find_if(all.rbegin(), all.rend(), is_draft);
        const auto count = static_cast<std::size_t>(all.rend() - last_draft);
        for (std::size_t index = 0; index < count; ++index) go_through(index);
    }

private:
    void go_through(std::size_t index) {
        const migration_source& migration = history_.migrations[index];
        if (migration.code) return schema_.apply(any_change(), index);
        const changes ups = changes_of(migration.up, history_.engine);
        if (migration.released) {
            for (const statement_change& each : ups) schema_.apply(each, index);
            return;
        }
        review_up(index, ups);
        if (migration.down) review_down(index, changes_of(*migration.down, history_.engine));
    }

    void review_up(std::size_t index, const changes& all) {
        const script_source& script = history_.migrations[index].up;
        allows accepted(script);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::span earlier(all.data(), i);
            review({history_, index, direction::up, script, all[i], earlier, schema_, replayed_}, accepted);
            schema_.apply(all[i], index);
        }
        accepted.report(active_, found_);
    }

    // The schema stays as the up script left it: a copy of it for each down would cost more than all the rest.
    void review_down(std::size_t index, const changes& all) {
        const script_source& script = *history_.migrations[index].down;
        allows accepted(script);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::span earlier(all.data(), i);
            review({history_, index, direction::down, script, all[i], earlier, schema_, replayed_}, accepted);
        }
        accepted.report(active_, found_);
    }

    void review(const reviewed_statement& statement, allows& accepted) {
        for (const auto& [checked, level] : active_) {
            if (statement.which == direction::down && checked->scripts == rule_scripts::up) continue;
            lint_findings findings;
            checked->check(statement, findings);
            for (lint_finding& each : findings) {
                if (accepted.accept(checked->code, statement.change.statement)) continue;
                found_.report({level, std::string(checked->code), statement.script.file.location_of(each.offset),
                               std::move(each.message), std::move(each.hint), std::move(each.notes)});
            }
        }
    }

    const history_source& history_;
    std::vector<active_rule> active_;
    std::span<const replayed_finding> replayed_;
    diagnostics& found_;
    schema schema_;
};

}  // namespace

void lint(const history_source& history, const lint_options& options, std::span<const replayed_finding> replayed,
          diagnostics& found) {
    if (options.profile == lint_profile::off) return;
    reviewing(history, options, replayed, found).run();
}

}  // namespace varve::generator
