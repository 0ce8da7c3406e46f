#include "refused_string.hpp"

#include "answer.hpp"
#include "error_mapping.hpp"

namespace varve::postgresql {
namespace {

bool can_run_blocks(connection& db) {
    const auto answer = db.run(
        "SELECT COALESCE((SELECT pg_catalog.has_language_privilege(oid, 'USAGE') FROM pg_catalog.pg_language WHERE "
        "lanname = 'plpgsql'), false)");
    return is_true(answer, 0, 0);
}

bool is_standby(connection& db) { return is_true(db.run("SELECT pg_catalog.pg_is_in_recovery()"), 0, 0); }

// The error happened in a statement of the script: line `line` of its block.
[[noreturn]] void throw_statement_error(const server_error& refused, const performance& run, const script_block& block,
                                        std::size_t line) {
    const statement_position failing = block.statements()[block.index_at(line)];
    const action& owner = run.what.actions[failing.action];
    tell(run, failing);
    const bool creates_ledger = !owner.script.statements[failing.statement].placeholders.empty();
    if (creates_ledger && refused.sqlstate() == "42501") throw ledger_creation_error(refused, run.names, run.db.user());
    throw statement_error(refused, owner.script, failing.statement, sent::in_block);
}

// The error happened before the script, after it, or when the transaction was committed.
outcome outcome_outside_script(const server_error& refused, const performance& run) {
    const auto says = [&](std::string_view part) { return refused.text().find(part) != std::string_view::npos; };
    if (says(says_locked)) return outcome::locked;
    if (says(says_moved)) return outcome::moved;
    if (says(says_open)) throw transaction_open_error();
    const runnable& last = run.what.actions.back().script;
    if (refused.interrupted()) throw interrupted_error(refused, last);
    if (says(says_lost)) throw transaction_lost_error(last);
    const std::string& state = refused.sqlstate();
    const bool in_guard = line_of_outermost_block(refused.text()).has_value();
    if (!in_guard && (state == "42704" || state == "42501") && !can_run_blocks(run.db)) throw no_block_language{};
    const bool is_about_it = is_about_ledger(refused, run.names);
    if (is_about_it && run.what.expected_revision && (state == "42P01" || state == "3F000")) return outcome::moved;
    if (is_about_it && state == "23505") return outcome::moved;
    if (state == "0A000" && is_standby(run.db))
        throw ledger_error(server_error("25006", refused.what()), run.names, run.db.user());
    if (in_guard) throw ledger_creation_error(refused, run.names, run.db.user());
    if (is_about_it || says(says_missing_row)) throw ledger_error(refused, run.names, run.db.user());
    throw commit_error(refused, last);
}

}  // namespace

void tell(const performance& run, const std::optional<statement_position>& failing) {
    for (std::size_t action = 0; action < run.what.actions.size(); ++action) {
        run.told->action_started(action);
        for (std::size_t each = 0; each < run.what.actions[action].script.statements.size(); ++each) {
            run.told->statement_begun(action, each);
            if (failing && failing->action == action && failing->statement == each) return;
            run.told->statement_ended(action, each);
        }
    }
}

outcome outcome_of(const server_error& refused, const performance& run, const script_block& block) {
    const auto line = line_of_outermost_block(refused.text());
    if (line && *line >= script_block::first_line && !block.empty()) throw_statement_error(refused, run, block, *line);
    return outcome_outside_script(refused, run);
}

}  // namespace varve::postgresql
