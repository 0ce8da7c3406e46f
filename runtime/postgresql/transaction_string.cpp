#include "transaction_string.hpp"

#include "filled_text.hpp"
#include "ledger_rows.hpp"
#include "shown_work.hpp"

#include <chrono>
#include <optional>

namespace varve::postgresql {
namespace {

// A single action of a string of its own lasts from the arrival of the string.
bool needs_clocks(const performance& run, standing how) {
    return how == standing::among_others || run.what.actions.size() > 1;
}

// In milliseconds, by the server's clock.
std::string duration_of(std::size_t action, const performance& run, standing how) {
    if (!needs_clocks(run, how))
        return "pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.statement_timestamp()) * 1000";
    return filled("COALESCE({} - {}, 0) * 1000", {clock_setting(action + 1), clock_setting(action)});
}

std::string ledger_text(const performance& run, standing how) {
    std::string sql;
    for (std::size_t each = 0; each < run.what.actions.size(); ++each) {
        const action& one = run.what.actions[each];
        sql += text_to_write(one.change, {one.measured, duration_of(each, run, how)}, run.names, run.db);
    }
    return sql;
}

std::string guard_text(const performance& run) {
    if (run.asked == guard::everything) return text_of_guard(run.what.expected_revision, run.names);
    return run.db.is_borrowed() ? text_of_guard_under_lock() : "";
}

using std::chrono::milliseconds;

// Adds what changes in the limits from script to script.
class limit_setter {
public:
    limit_setter(script_block& into, const batch& what) : into_(into), lock_(first_limits(what).lock) {}

    void begin(const runnable& script) {
        if (script.statements.empty()) return;
        if (script.limits.lock && script.limits.lock != lock_) {
            into_.add_setting("lock_timeout", script.limits.lock->count());
            lock_ = script.limits.lock;
        }
        const milliseconds statement = script.limits.statement.value_or(milliseconds(0));
        if (statement != statement_) into_.add_setting("statement_timeout", statement.count());
        statement_ = statement;
    }

private:
    script_block& into_;
    std::optional<milliseconds> lock_;
    milliseconds statement_{0};
};

}  // namespace

script_block block_of(const performance& run, standing how) {
    script_block block(limits_statements(run.what) ? script_block::form::each_alone : script_block::form::together);
    limit_setter limits(block, run.what);
    const bool several = needs_clocks(run, how);
    for (std::size_t action = 0; action < run.what.actions.size(); ++action) {
        if (several) block.add_clock(action);
        const auto& statements = run.what.actions[action].script.statements;
        limits.begin(run.what.actions[action].script);
        for (std::size_t each = 0; each < statements.size(); ++each) {
            const statement_position at{action, each};
            const bool is_first = block.size() == 0;  // shown since the transaction's begin
            block.add(at, text_of(statements[each], run.names), is_first ? "" : text_to_show(run.what, at));
        }
    }
    if (several) block.add_clock(run.what.actions.size());
    return block;
}

std::string text_of_transaction(const performance& run, const script_block& block, standing how) {
    const bool is_prepared = run.own != nullptr && run.keep == settings_to_keep::names;
    std::string sql = how == standing::alone ? "SET TRANSACTION" : "BEGIN";
    sql += " ISOLATION LEVEL READ COMMITTED READ WRITE;\n" + run.as_role;
    const std::string also = text_to_begin_with(run.what);
    sql += is_prepared ? text_to_prepare_in(*run.own, run.token, also)
                       : text_to_prepare(run.token, run.keep, run.db.server_version(), also);
    sql += run.first + guard_text(run);
    if (!block.empty()) {
        sql += block.text();
        if (limits_statements(run.what)) sql += text_to_end_statement_timeout();
        sql += is_prepared ? text_to_put_back_in(*run.own) : text_to_put_back(run.token, run.keep);
    }
    sql += ledger_text(run, how) + run.role_back + text_of_proof(run.token);
    return how == standing::alone ? comment_on(std::span(&run.what, 1)) + sql : sql + ";\nCOMMIT;\n";
}

}  // namespace varve::postgresql
