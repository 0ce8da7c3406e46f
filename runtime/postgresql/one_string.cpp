#include "error_mapping.hpp"
#include "ledger_rows.hpp"
#include "performing.hpp"

namespace varve::postgresql {
namespace {

script_block block_of(const performance& run) {
    script_block block;
    const bool several = run.what.actions.size() > 1;
    for (std::size_t action = 0; action < run.what.actions.size(); ++action) {
        if (several) block.add_clock(action);
        const auto& statements = run.what.actions[action].script.statements;
        for (std::size_t each = 0; each < statements.size(); ++each)
            block.add({action, each}, text_of(statements[each], run.names));
    }
    if (several) block.add_clock(run.what.actions.size());
    return block;
}

// In milliseconds, by the server's clock. A single action lasts from the arrival of the string.
std::string duration_of(std::size_t action, const performance& run) {
    if (run.what.actions.size() == 1)
        return "EXTRACT(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.statement_timestamp()) * 1000";
    return "COALESCE(" + clock_setting(action + 1) + " - " + clock_setting(action) + ", 0) * 1000";
}

std::string ledger_text(const performance& run) {
    std::string sql;
    for (std::size_t each = 0; each < run.what.actions.size(); ++each) {
        const action& one = run.what.actions[each];
        const row_writing how{token_condition(run.token), duration_of(each, run), one.measured};
        sql += text_to_write(one.change, how, run.names, run.db);
    }
    return sql;
}

std::string whole_text(const performance& run, const script_block& block) {
    std::string sql = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE;\n";
    sql += text_to_prepare(run.token, run.keep, run.db.server_version());
    sql += text_of_guard(run.what.expected_revision, run.names);
    if (!block.empty()) sql += block.text() + text_to_put_back(run.token, run.keep);
    return sql + ledger_text(run) + text_of_proof(run.token);
}

// Statements up to the failing one; all of them if there is none. The whole string is over when its answer comes.
void tell(const performance& run, const std::optional<statement_position>& failing) {
    for (std::size_t action = 0; action < run.what.actions.size(); ++action) {
        run.told.action_started(action);
        for (std::size_t each = 0; each < run.what.actions[action].script.statements.size(); ++each) {
            run.told.statement_begun(action, each);
            if (failing && failing->action == action && failing->statement == each) return;
            run.told.statement_ended(action, each);
        }
    }
}

bool can_run_blocks(connection& db) {
    const auto answer = db.run(
        "SELECT COALESCE((SELECT pg_catalog.has_language_privilege(oid, 'USAGE') FROM pg_catalog.pg_language WHERE "
        "lanname = 'plpgsql'), false)");
    return std::string_view(answer[0][0].c_str()) == "t";
}

bool is_standby(connection& db) {
    return std::string_view(db.run("SELECT pg_catalog.pg_is_in_recovery()")[0][0].c_str()) == "t";
}

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
    const auto contains = [&](std::string_view part) { return refused.text().find(part) != std::string_view::npos; };
    const bool in_guard = line_of_outermost_block(refused.text()).has_value();
    if (!in_guard && (refused.sqlstate() == "42704" || refused.sqlstate() == "42501") && !can_run_blocks(run.db))
        throw no_block_language{};
    const runnable& last = run.what.actions.back().script;
    if (contains(lost_transaction)) throw transaction_lost_error(last);
    if (refused.sqlstate() == "0A000" && is_standby(run.db))
        throw ledger_error(server_error("25006", refused.what()), run.names, run.db.user());
    if (in_guard && !run.what.expected_revision) throw ledger_creation_error(refused, run.names, run.db.user());
    if (!in_guard && refused.sqlstate() == "23505" && is_about_ledger(refused, run.names)) return outcome::moved;
    if (in_guard || contains(missing_row) || is_about_ledger(refused, run.names))
        throw ledger_error(refused, run.names, run.db.user());
    throw commit_error(refused, last);
}

outcome outcome_of(const server_error& refused, const performance& run, const script_block& block) {
    const auto line = line_of_outermost_block(refused.text());
    if (line && *line >= script_block::first_line && !block.empty()) throw_statement_error(refused, run, block, *line);
    if (refused.sqlstate() == state_locked) return outcome::locked;
    if (refused.sqlstate() == state_moved) return outcome::moved;
    if (refused.sqlstate() == state_open) throw transaction_open_error();
    return outcome_outside_script(refused, run);
}

}  // namespace

outcome perform_in_one_string(performance& run) {
    const script_block block = block_of(run);
    try {
        const auto answer = run.db.run(whole_text(run, block));
        if (!is_proof(answer)) throw connection_lost("the server's last answer is missing");
    } catch (const server_error& refused) {
        return outcome_of(refused, run, block);
    }
    tell(run, std::nullopt);
    return outcome::done;
}

}  // namespace varve::postgresql
