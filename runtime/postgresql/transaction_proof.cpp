#include "transaction_proof.hpp"

#include "filled_text.hpp"
#include "script_block.hpp"

namespace varve::postgresql {
namespace {

// Nothing of the proof stays.
class transaction_to_undo {
public:
    explicit transaction_to_undo(connection& db) : db_(db) {}
    transaction_to_undo(const transaction_to_undo&) = delete;
    transaction_to_undo& operator=(const transaction_to_undo&) = delete;
    ~transaction_to_undo() { db_.run_if_possible("ROLLBACK"); }

private:
    connection& db_;
};

// The whole script as the engine runs it, and what a commit would do after it: deferred constraints are checked.
std::string text_to_run(const script& from) {
    script_block block;
    for (std::size_t index = 0; index < from.size(); ++index) block.add({0, index}, from[index].sql);
    if (block.empty()) return {};
    return block.text() + "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;\n";
}

}  // namespace

transaction_prover::transaction_prover(const std::string& uri, const std::string& ledger_schema)
    : working_(uri), watching_(uri), reader_(working_, ledger_schema), changes_(working_, watching_) {}

proof transaction_prover::prove(const migration& which) {
    const transaction_to_undo nothing_stays(working_);
    try {
        return compare_states(which);
    } catch (const server_error&) {
        return {};
    }
}

proof transaction_prover::compare_states(const migration& which) {
    changes_.prepare();
    const std::string up = text_to_run(which.up());
    const std::string down = text_to_run(which.down());
    const open_transaction now = catalog_changes::answer(
        working_.run(filled("BEGIN; SAVEPOINT varve_before;\n{}{}{}", {up, down, changes_.text_to_ask()})));
    const catalog_rows removed = changes_.removed(now);
    const bool nothing_changed = removed.rows.empty() && now.keeps_numbers;
    const catalog_rows made = nothing_changed ? catalog_rows() : changes_.made(now);
    proof result{.what = proof::outcome::same};
    if (made.rows == removed.rows) {
        working_.run(up + "ROLLBACK");
        return result;
    }
    const catalog_selection touched = merged(made.of, removed.of);
    working_.run("SAVEPOINT varve_read");
    const catalog after = reader_.read(touched);
    working_.run("ROLLBACK TO varve_read");
    const bool runs_again = is_accepted(up);
    working_.run("ROLLBACK TO varve_before");
    const catalog before = reader_.read(touched);
    result.differences = compare(removed.unmodelled, made.unmodelled);
    const auto modelled = compare(before, after);
    result.differences.insert(result.differences.end(), modelled.begin(), modelled.end());
    if (!runs_again) result.what = proof::outcome::unsure;
    if (!result.differences.empty()) result.what = proof::outcome::different;
    return result;
}

bool transaction_prover::is_accepted(const std::string& script) {
    try {
        if (!script.empty()) working_.run(script);
        return true;
    } catch (const server_error&) {
        return false;
    }
}

}  // namespace varve::postgresql
