#include "transaction_proof.hpp"

#include "filled_text.hpp"
#include "script_block.hpp"

namespace varve::postgresql {
namespace {

// Nothing of the proof stays.
class transaction_to_undo {
public:
    transaction_to_undo(connection& db, given_numbers& numbers) : db_(db), numbers_(numbers) {
        numbers_.prepare();
        numbers_.note();
    }
    transaction_to_undo(const transaction_to_undo&) = delete;
    transaction_to_undo& operator=(const transaction_to_undo&) = delete;
    ~transaction_to_undo() {
        db_.run_if_possible("ROLLBACK");
        numbers_.put_back();
    }

private:
    connection& db_;
    given_numbers& numbers_;
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
    : working_(uri),
      watching_(uri),
      reader_(working_, ledger_schema),
      rows_(working_, ledger_schema),
      numbers_(working_),
      changes_(working_, watching_) {
    changes_.require_counts();
}

catalog transaction_prover::read_catalog() {
    catalog result = reader_.read_all();
    add(result, rows_.read_all());
    return result;
}

void transaction_prover::note_numbers() {
    numbers_.prepare();
    numbers_.note();
}

proof transaction_prover::prove(const migration& which) {
    const transaction_to_undo nothing_stays(working_, numbers_);
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
    if (removed.rows.empty() && made.rows.empty() && now.tables.empty()) {
        working_.run(up + "ROLLBACK");
        return {.what = proof::outcome::same};
    }
    return compare_touched(up, removed, made, now.tables);
}

// The catalog's objects are read only if its rows differ, the tables' rows if anything of a table was touched.
proof transaction_prover::compare_touched(const std::string& up, const catalog_rows& removed, const catalog_rows& made,
                                          const std::vector<std::string>& written) {
    const catalog_selection touched = merged(made.of, removed.of);
    const catalog_selection* const compared = made.rows == removed.rows ? nullptr : &touched;
    std::vector<std::string> tables = touched.relations;
    tables.insert(tables.end(), written.begin(), written.end());
    working_.run("SAVEPOINT varve_read");
    const catalog after = read_again(compared, tables);
    working_.run("ROLLBACK TO varve_read");
    const bool runs_again = is_accepted(up);
    working_.run("ROLLBACK TO varve_before");
    const catalog before = read_again(compared, tables);
    proof result{.what = runs_again ? proof::outcome::same : proof::outcome::unsure};
    result.differences = compare(removed.unmodelled, made.unmodelled);
    const auto of_objects = compare(before, after);
    result.differences.insert(result.differences.end(), of_objects.begin(), of_objects.end());
    if (!result.differences.empty()) result.what = proof::outcome::different;
    return result;
}

// In a state of the transaction; changes its settings.
catalog transaction_prover::read_again(const catalog_selection* objects, const std::vector<std::string>& tables) {
    catalog result = rows_.read(tables);
    if (objects != nullptr) add(result, reader_.read(*objects));
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
