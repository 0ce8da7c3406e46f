#include "transaction_string.hpp"

#include "filled_text.hpp"
#include "ledger_rows.hpp"

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

}  // namespace

script_block block_of(const performance& run, standing how) {
    script_block block;
    const bool several = needs_clocks(run, how);
    for (std::size_t action = 0; action < run.what.actions.size(); ++action) {
        if (several) block.add_clock(action);
        const auto& statements = run.what.actions[action].script.statements;
        for (std::size_t each = 0; each < statements.size(); ++each)
            block.add({action, each}, text_of(statements[each], run.names));
    }
    if (several) block.add_clock(run.what.actions.size());
    return block;
}

std::string text_of_transaction(const performance& run, const script_block& block, standing how) {
    const bool is_prepared = run.own != nullptr && run.keep == settings_to_keep::names;
    std::string sql = how == standing::alone ? "SET TRANSACTION" : "BEGIN";
    sql += " ISOLATION LEVEL READ COMMITTED READ WRITE;\n" + run.as_role;
    sql += is_prepared ? text_to_prepare_in(*run.own, run.token)
                       : text_to_prepare(run.token, run.keep, run.db.server_version());
    sql += run.first + guard_text(run);
    if (!block.empty()) {
        sql += block.text();
        sql += is_prepared ? text_to_put_back_in(*run.own) : text_to_put_back(run.token, run.keep);
    }
    sql += ledger_text(run, how) + run.role_back + text_of_proof(run.token);
    return how == standing::alone ? sql : sql + ";\nCOMMIT;\n";
}

}  // namespace varve::postgresql
