#include "answer.hpp"
#include "code_access.hpp"
#include "error_mapping.hpp"
#include "ledger_rows.hpp"
#include "performing.hpp"
#include "shown_work.hpp"

#include <core/text.hpp>

#include <algorithm>
#include <chrono>

namespace varve::postgresql {
namespace {

using clock = std::chrono::steady_clock;

// A transaction of ours that takes several strings: rolled back unless it was committed.
class transaction {
public:
    explicit transaction(connection& db) : db_(db) { db_.run("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"); }
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;
    ~transaction() {
        if (!committed_) db_.run_if_possible("ROLLBACK");
    }
    void commit() {
        committed_ = true;  // a refused COMMIT has rolled back
        db_.run_interruptibly("COMMIT");
    }

private:
    connection& db_;
    bool committed_ = false;
};

outcome ask_guard(const performance& run) {
    if (!is_true(run.db.run(text_to_try_transaction_lock(run.names)), 0, 0)) return outcome::locked;
    const auto exists = run.db.run(text_to_ask_what_exists(run.names));
    const bool no_ledger = is_true(exists, 0, 0);
    if (!run.what.expected_revision) {
        if (!no_ledger) return outcome::moved;
        if (is_true(exists, 0, 1)) run.db.run(core::joined({"CREATE SCHEMA ", run.names.schema}));
        return outcome::done;
    }
    if (no_ledger) return outcome::moved;
    const auto newest = run.db.run(text_to_ask_newest_id(run.names));
    return number_in(newest, 0, 0) == *run.what.expected_revision ? outcome::done : outcome::moved;
}

// Runs the statements of a batch and tells about each; remembers how long each action took.
class script_runner {
public:
    script_runner(const performance& run, blocks use) : run_(run), use_(use), set_(first_limits(run.what)) {
        set_.statement = std::chrono::milliseconds(0);
    }

    void run_all() {
        for (std::size_t action = 0; action < run_.what.actions.size(); ++action) {
            const auto began = clock::now();
            run_.told->action_started(action);
            run_action(action);
            took_.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - began));
        }
    }
    [[nodiscard]] std::string duration_of(std::size_t action) const { return core::digits(took_[action].count()); }

private:
    void run_action(std::size_t action) {
        const auto& current = run_.what.actions[action];
        if (current.runs_anything()) set_limits(current.script.limits);
        run_code(current.before);
        run_statements(action);
        run_code(current.after);
    }

    void run_code(const transaction_code& code) const {
        if (code) run_with_access(run_.db, code);
    }

    void run_statements(std::size_t action) {
        const auto& statements = run_.what.actions[action].script.statements;
        const std::size_t most = set_.statement->count() > 0 ? 1 : most_statements_of_a_string;
        script_block block;
        std::size_t bytes = 0;
        for (std::size_t each = 0; each < statements.size(); ++each) {
            const std::string sql = text_of(statements[each], run_.names);
            const bool alone = use_ == blocks::avoid || sql.size() > most_bytes_of_a_string;
            if (alone || block.size() == most || bytes + sql.size() > most_bytes_of_a_string) {
                run_block(std::exchange(block, script_block()));
                bytes = 0;
            }
            if (alone) {
                run_alone({action, each}, sql);
                continue;
            }
            block.add({action, each}, sql, text_to_show(run_.what, {action, each}));
            bytes += sql.size();
        }
        run_block(block);
    }

    // A block counts as one statement for the server's timeout.
    void set_limits(const time_limits& wanted) {
        const time_limits next{.lock = wanted.lock ? wanted.lock : set_.lock,
                               .statement = wanted.statement.value_or(std::chrono::milliseconds(0))};
        if (next.lock == set_.lock && next.statement == set_.statement) return;
        run_.db.run(core::joined({"SELECT pg_catalog.set_config('statement_timeout', '", next.statement->count(),
                                  "', true)", and_lock_timeout(next)}));
        set_ = next;
    }

    void run_alone(statement_position at, const std::string& sql) {
        run_.told->statement_begun(at.action, at.statement);
        if (const std::string shown = text_to_show(run_.what, at); !shown.empty()) run_.db.run("SELECT " + shown);
        try {
            run_.db.run_watched(sql);
        } catch (const server_error& refused) {
            throw_error(refused, at, sent::alone);
        }
        run_.told->statement_ended(at.action, at.statement);
    }

    void run_block(const script_block& block) {
        if (block.empty()) return;
        try {
            run_.db.run_watched(comment_on(std::span(&run_.what, 1)) + block.text());
        } catch (const server_error& refused) {
            const auto line = line_of_outermost_block(refused.text());
            const std::size_t failing = block.index_at(line.value_or(script_block::first_line));
            tell(block, failing);
            run_.told->statement_begun(block.statements()[failing].action, block.statements()[failing].statement);
            throw_error(refused, block.statements()[failing], sent::in_block);
        }
        tell(block, block.size());
    }

    void tell(const script_block& block, std::size_t count) const {
        for (std::size_t each = 0; each < count; ++each) {
            const auto [action, statement] = block.statements()[each];
            run_.told->statement_begun(action, statement);
            run_.told->statement_ended(action, statement);
        }
    }

    [[noreturn]] void throw_error(const server_error& refused, statement_position at, sent how) const {
        const runnable& script = run_.what.actions[at.action].script;
        if (refused.sqlstate() == "42501" && !script.statements[at.statement].placeholders.empty())
            throw ledger_creation_error(refused, run_.names, run_.db.user());
        throw statement_error(refused, script, at.statement, how);
    }

    const performance& run_;
    blocks use_;
    time_limits set_;  // for what is run next
    std::vector<std::chrono::milliseconds> took_;
};

void write_ledger(const performance& run, const script_runner& scripts) {
    for (std::size_t each = 0; each < run.what.actions.size(); ++each) {
        const action& one = run.what.actions[each];
        const measured_row measured{one.measured, scripts.duration_of(each)};
        const std::string sql = text_to_write(one.change, measured, run.names, run.db);
        if (!sql.empty()) run.db.run(sql);
    }
}

bool expects_details(const batch& what) {
    return std::any_of(what.actions.begin(), what.actions.end(), [](const action& each) {
        const auto& updates = each.change.updates;
        return std::any_of(updates.begin(), updates.end(),
                           [](const entry_update& one) { return one.expected_details.has_value(); });
    });
}

// A script that ended our transaction has erased the token; the first question is whether it did, because the ledger
// may only be written to if it did not.
void prove_transaction(const performance& run) {
    try {
        if (is_proof(run.db.run(text_of_proof(run.token)))) return;
    } catch (const server_error& refused) {
        if (refused.text().find(says_lost) == std::string_view::npos && refused.sqlstate() != "25P02") throw;
    }
    throw transaction_lost_error(run.what.actions.back().script);
}

outcome write_and_prove(const performance& run, const script_runner& scripts) {
    try {
        prove_transaction(run);
        if (limits_statements(run.what)) run.db.run(text_to_end_statement_timeout());
        run.db.run(text_to_put_back(run.token, run.keep));
        write_ledger(run, scripts);
        if (!run.role_back.empty()) run.db.run(run.role_back);
    } catch (const server_error& refused) {
        if (refused.sqlstate() == "23505") return outcome::moved;
        // A row that somebody else went on with is another one than expected.
        if (expects_details(run.what) && refused.text().find(says_missing_row) != std::string_view::npos)
            return outcome::moved;
        throw ledger_error(refused, run.names, run.db.user());
    }
    prove_transaction(run);
    return outcome::done;
}

outcome guarded(const performance& run) {
    try {
        run.db.run(run.as_role +
                   text_to_prepare(run.token, run.keep, run.db.server_version(), text_to_begin_with(run.what)) +
                   run.first);
        return ask_guard(run);
    } catch (const server_error& refused) {
        if (!run.what.expected_revision) throw ledger_creation_error(refused, run.names, run.db.user());
        throw ledger_error(refused, run.names, run.db.user());
    }
}

}  // namespace

outcome perform_in_several_strings(performance& run, blocks use) {
    transaction ours(run.db);
    if (const outcome refused = guarded(run); refused != outcome::done) return refused;
    script_runner scripts(run, use);
    scripts.run_all();
    if (const outcome refused = write_and_prove(run, scripts); refused != outcome::done) return refused;
    try {
        ours.commit();
    } catch (const server_error& refused) {
        throw commit_error(refused, run.what.actions.back().script);
    }
    return outcome::done;
}

}  // namespace varve::postgresql
