#include <replay/script_replay.hpp>

#include <replay/foreign_key_check.hpp>
#include <replay/memory_database.hpp>
#include <replay/query.hpp>
#include <sql/token_reader.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace varve::generator {
namespace {

token_reader tokens_of(const script_source& script, const classified_statement& statement) {
    const std::span<const token> tokens = script.tokens.tokens;
    return {script.file.text(), tokens.subspan(statement.tokens.first_token, statement.tokens.token_count)};
}

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
    return std::ranges::any_of(beginnings, [&](std::string_view each) { return text.starts_with(each); });
}

/// The name at this index, or behind the dot if it is a schema's.
std::string name_at(const token_reader& tokens, std::size_t index) {
    return tokens.plain(tokens.symbol(index + 1, ".") ? index + 2 : index);
}

void add_created(const token_reader& tokens, names& to) {
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (!tokens.any_word(i, {"table", "index", "view", "trigger"})) continue;
        const std::size_t name = tokens.words(i + 1, {"if", "not", "exists"}) ? i + 4 : i + 1;
        to.insert(name_at(tokens, name));
        return;
    }
}

void add_altered(const token_reader& tokens, names& to) {
    if (!tokens.word(1, "table")) return;
    to.insert(name_at(tokens, 2));
    const auto to_word = tokens.find_word("to");
    if (to_word) to.insert(tokens.plain(*to_word + 1));
}

bool changes_settings(const script_source& script) {
    return std::ranges::any_of(script.script.statements, [&](const classified_statement& each) {
        return tokens_of(script, each).word(0, "pragma");
    });
}

/// Undoes what a script without a transaction did: it needs the whole database from before.
class undo {
public:
    undo(memory_database& database, transaction_mode mode) : database_(database) {
        if (mode == transaction_mode::no_transaction) before_ = database.image();
    }
    void operator()() {
        database_.roll_back();
        if (!before_.empty()) database_.load(before_);
    }

private:
    memory_database& database_;
    std::string before_;
};

}  // namespace

names objects_of(const script_source& script, const classified_statement& statement) {
    const token_reader tokens = tokens_of(script, statement);
    names result;
    if (tokens.word(0, "create")) add_created(tokens, result);
    if (tokens.word(0, "alter")) add_altered(tokens, result);
    if (tokens.word(0, "attach")) result.insert(tokens.plain(tokens.size() - 1));
    result.erase("");
    return result;
}

failure_kind script_replay::kind_of(const refusal& why, const script_source& script,
                                    const classified_statement& statement) const {
    if (why.code == SQLITE_INTERRUPT || why.code == SQLITE_NOMEM) return failure_kind::stopped;
    if (!database_.seen().refused.empty()) return failure_kind::environment;
    const token_reader tokens = tokens_of(script, statement);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (unreliable_.contains(tokens.plain(i))) return failure_kind::consequence;
    }
    if (begins_with_any(why.message, {"no such module", "unknown tokenizer", "no such tokenizer"})) {
        return failure_kind::environment;
    }
    if (begins_with_any(why.message,
                        {"no such function", "no such collation sequence", "wrong number of arguments to function"})) {
        return failure_kind::function;
    }
    if (why.code == SQLITE_CONSTRAINT && !database_.seen().stand_ins.empty()) return failure_kind::stand_in;
    return failure_kind::sql;
}

// True: the script goes on.
bool script_replay::run_statement(const script_source& script, std::size_t index, const script_watch& watch,
                                  script_outcome& outcome) {
    const classified_statement& statement = script.script.statements[index];
    database_.forget_effects();
    database_.refill_steps();
    query running(database_.handle(), script.file.text().substr(statement.offset, statement.size));
    if (!running.failure()) {
        if (watch.before_statement) watch.before_statement(database_.seen());
        // A VACUUM changes nothing that is looked at, and INTO writes a file.
        if (!tokens_of(script, statement).word(0, "vacuum")) running.run();
    }
    outcome.touched.add(database_.seen());
    if (!running.failure()) return true;
    const failure_kind kind = kind_of(*running.failure(), script, statement);
    statement_failure failure{index, kind, *running.failure(), database_.seen().refused};
    const bool no_build_can =
        kind == failure_kind::environment || kind == failure_kind::consequence || kind == failure_kind::stand_in;
    // A statement that fails in a transaction is undone alone, unless it ended the transaction.
    if (no_build_can && (script.mode == transaction_mode::no_transaction || database_.in_transaction())) {
        unreliable_.merge(objects_of(script, statement));
        outcome.skipped.push_back(std::move(failure));
        return true;
    }
    outcome.failure = std::move(failure);
    return false;
}

void script_replay::run_statements(const script_source& script, const script_watch& watch, script_outcome& outcome) {
    const bool unchecked = script.script.foreign_keys == foreign_keys_setting::off;
    foreign_key_violations known;
    if (unchecked) known = check_foreign_keys(database_);
    for (std::size_t i = 0; i < script.script.statements.size(); ++i) {
        if (!run_statement(script, i, watch, outcome)) return;
    }
    if (!unchecked) return;
    const std::string violation = new_violation(known, check_foreign_keys(database_));
    if (violation.empty()) return;
    outcome.failure = {
        .statement = script.script.statements.size(),
        .kind = outcome.skipped.empty() ? failure_kind::sql : failure_kind::consequence,
        .why = {.code = SQLITE_CONSTRAINT, .message = "FOREIGN KEY constraint failed at commit: " + violation},
        .needs = {}};
}

script_outcome script_replay::run(const script_source& script, const script_watch& watch) {
    script_outcome outcome;
    database_.set_foreign_keys(script.script.foreign_keys);
    undo take_back(database_, script.mode);
    if (script.mode == transaction_mode::transaction) database_.execute("BEGIN IMMEDIATE");
    run_statements(script, watch, outcome);
    if (!outcome.failure && watch.before_commit && !watch.before_commit(outcome)) outcome.end = script_end::undone;
    if (!outcome.failure && outcome.end == script_end::committed && database_.in_transaction()) {
        query commit(database_.handle(), "COMMIT");
        commit.run();
        if (commit.failure()) {
            outcome.failure = {.statement = script.script.statements.size(), .why = *commit.failure(), .needs = {}};
        }
    }
    if (outcome.failure) outcome.end = script_end::failed;
    if (outcome.end != script_end::committed) take_back();
    if (outcome.touched.temporary || changes_settings(script)) database_.refresh_connection();
    return outcome;
}

}  // namespace varve::generator
