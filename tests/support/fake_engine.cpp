#include "fake_engine.hpp"

#include <varve/error.hpp>
#include <varve/transaction.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace varve::testing {
namespace {

using contents = fake_database::contents;

constexpr std::string_view ledger_table = "varve_ledger";

[[noreturn]] void refuse(error_code code, std::string message) {
    error_details details;
    details.code = code;
    details.message = std::move(message);
    throw error(std::move(details));
}

[[noreturn]] void refuse_statement(const runnable& script, const statement& at, std::string message) {
    error_details details;
    details.message = std::move(message);
    details.file = script.file;
    details.line = at.line;
    details.column = at.column;
    details.sqlstate = "FAKE";
    details.statement = at.sql;
    throw error(std::move(details));
}

// `a` of `a (id integer)`, `b c` of `"b c" (id integer)`.
std::string table_name(std::string_view rest) {
    if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
    return std::string(rest.substr(0, rest.find_first_of(" (")));
}

/// The reason why the statement is refused; empty if it was run.
std::string run(contents& now, std::string_view sql) {
    constexpr std::string_view create = "CREATE TABLE ";
    constexpr std::string_view drop = "DROP TABLE ";
    if (sql.starts_with("FAIL")) return "it was told to fail";
    if (sql.starts_with(create)) {
        const auto name = table_name(sql.substr(create.size()));
        if (!now.tables.insert(name).second) return "there is a table " + name + " already";
    }
    if (sql.starts_with(drop)) {
        const auto name = table_name(sql.substr(drop.size()));
        if (now.tables.erase(name) == 0) return "there is no table " + name;
    }
    now.run.emplace_back(sql);
    return {};
}

std::int64_t revision_of(const contents& now) { return now.rows.empty() ? 0 : now.rows.rbegin()->first; }

bool has_ledger(const contents& now) { return now.tables.count(std::string(ledger_table)) != 0; }

std::string clock_text(const contents& now) {
    const auto tick = static_cast<unsigned>(now.run.size() + now.rows.size());
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "2026-01-07T09:%02u:%02u.%03uZ", tick / 60 % 60, tick % 60, 0U);
    return text.data();
}

void check_slot(const contents& now, std::int64_t id, const std::string& history, const std::string& slot) {
    for (const auto& [other, row] : now.rows) {
        if (other != id && row.slot == slot && row.history == history) {
            refuse(error_code::database_unusable, "the slot " + slot + " of " + history + " is taken");
        }
    }
}

void update(contents& now, const entry_update& change) {
    const auto found = now.rows.find(change.id);
    if (found == now.rows.end()) refuse(error_code::database_unusable, "no row " + std::to_string(change.id));
    auto& row = found->second;
    if (change.slot) check_slot(now, change.id, row.history, *change.slot);
    row.state = change.state;
    row.slot = change.slot;
    row.mark = change.mark;
    row.statements_done = change.statements_done;
    if (change.details) row.details = *change.details;
    if (!row.slot) row.reverted_at = clock_text(now);
}

void insert(contents& now, ledger_entry row) {
    if (row.slot) check_slot(now, row.id, row.history, *row.slot);
    row.applied_at = clock_text(now);
    row.reverted_at.clear();
    const std::int64_t id = row.id;
    if (!now.rows.emplace(id, std::move(row)).second) {
        refuse(error_code::database_unusable, "the id " + std::to_string(id) + " is taken");
    }
}

// Time stands still here: a statement takes a millisecond.
void write(contents& now, const action& from) {
    ledger_change change = from.change;
    if (from.measured != action::no_entry) {
        change.inserts[from.measured].duration_ms = static_cast<std::int64_t>(from.script.statements.size());
    }
    for (const auto& each : change.updates) update(now, each);
    for (const auto& each : change.inserts) insert(now, each);
    for (const auto& each : change.statements) {
        if (!now.statements.emplace(std::tuple(each.ledger_id, each.which, each.position), each).second) {
            refuse(error_code::database_unusable, "the statement is there already");
        }
    }
    for (const auto& each : change.progress) {
        const auto found = now.statements.find({each.ledger_id, each.which, each.position});
        if (found == now.statements.end()) refuse(error_code::database_unusable, "no such statement");
        found->second.state = each.state;
    }
}

/// Somebody else went on with a row.
bool any_moved(const contents& now, const batch& what) {
    return std::any_of(what.actions.begin(), what.actions.end(), [&](const action& each) {
        return std::any_of(each.change.updates.begin(), each.change.updates.end(), [&](const entry_update& one) {
            const auto found = now.rows.find(one.id);
            return one.expected_details && found != now.rows.end() && found->second.details != *one.expected_details;
        });
    });
}

std::string text_of(const parameter& value) {
    switch (value.is()) {
        case parameter::kind::null:
            return "NULL";
        case parameter::kind::real:
            return std::to_string(value.real());
        case parameter::kind::boolean:
        case parameter::kind::integer:
            return std::to_string(value.integer());
        case parameter::kind::text:
        case parameter::kind::bytes:
            break;
    }
    return std::string(value.text());
}

class fake_access final : public transaction_access {
public:
    fake_access(contents& now, engine_kind kind) : now_(now), kind_(kind) {}

    [[nodiscard]] engine_kind engine() const override { return kind_; }
    statement_result run(const sql_text& sql, std::span<const parameter> values) override {
        std::string text(sql.text);
        for (const parameter& each : values) text += " <- " + text_of(each);
        const auto why = testing::run(now_, text);
        if (!why.empty()) refuse(error_code::statement_failed, why);
        return {.columns = {"n"}, .values = {std::to_string(now_.tables.size())}, .changed = 1};
    }
    bool exists(const named_object& what) override { return now_.tables.count(std::string(what.table)) != 0; }
    void tell(const work_done&) override {}

private:
    contents& now_;
    engine_kind kind_;
};

void run_code(const transaction_code& code, contents& now, engine_kind kind) {
    if (!code) return;
    fake_access access(now, kind);
    code(access);
}

bool wants_ledger(const batch& from) {
    return std::any_of(from.actions.begin(), from.actions.end(), [](const action& each) {
        const auto& change = each.change;
        return !change.inserts.empty() || !change.updates.empty() || !change.statements.empty();
    });
}

}  // namespace

fake_database::fake_database(engine_kind which)
    : kind(which),
      ledger_history(
          "varve", which,
          {{.version = 1,
            .name = "ledger",
            .up = {"CREATE TABLE varve_ledger (id integer)", "CREATE TABLE varve_statement (ledger_id integer)"},
            .irreversible = true}}) {}

bool fake_database::has_table(std::string_view name) const { return now.tables.count(std::string(name)) != 0; }

std::vector<std::string> fake_database::active() const {
    std::vector<std::string> lines;
    for (const auto& [id, row] : now.rows) {
        if (!row.active() || row.history == "varve") continue;
        lines.push_back(row.history + " " + std::to_string(row.version.value_or(0)) + " " +
                        std::string(to_string(row.state)));
    }
    return lines;
}

ledger_snapshot fake_database::snapshot() const {
    ledger_snapshot all{.exists = has_ledger(now), .revision = revision_of(now)};
    for (const auto& [id, row] : now.rows) all.entries.push_back(row);
    return all;
}

std::vector<std::string> fake_database::statements_run() const {
    std::vector<std::string> lines;
    for (const auto& each : now.run) {
        if (each.find("varve_") == std::string::npos) lines.push_back(each);
    }
    return lines;
}

void fake_database::remove_row(std::int64_t id) { now.rows.erase(id); }

void fake_database::execute_by_hand(std::string_view sql) {
    if (const auto why = run(now, sql); !why.empty()) refuse(error_code::statement_failed, why);
}

void fake_engine::refuse_callers_transaction() const {
    if (database_->in_callers_transaction) refuse(error_code::transaction_open, "the caller's transaction is open");
}

bool fake_engine::is_current(std::span<const expected_marks> expected) {
    const std::lock_guard alone(database_->guard);
    refuse_callers_transaction();
    if (!has_ledger(database_->now)) return false;
    return std::all_of(expected.begin(), expected.end(), [&](const expected_marks& each) {
        std::int64_t count = 0;
        std::int64_t sum = 0;
        for (const auto& [id, row] : database_->now.rows) {
            if (row.history != each.history || !row.active() || !row.mark) continue;
            ++count;
            sum += *row.mark;
        }
        return count == each.count && sum == each.sum;
    });
}

ledger_snapshot fake_engine::read(rows which) {
    const std::lock_guard alone(database_->guard);
    refuse_callers_transaction();
    ledger_snapshot result = database_->snapshot();
    if (which == rows::active) {
        auto& all = result.entries;
        all.erase(std::remove_if(all.begin(), all.end(), [](const auto& row) { return !row.active(); }), all.end());
    }
    return result;
}

std::vector<stored_statement> fake_engine::read_statements(std::int64_t ledger_id, direction which) {
    const std::lock_guard alone(database_->guard);
    refuse_callers_transaction();
    std::vector<stored_statement> result;
    for (const auto& [key, each] : database_->now.statements) {
        if (each.ledger_id == ledger_id && each.which == which) result.push_back(each);
    }
    return result;
}

bool fake_engine::try_lock() {
    const std::lock_guard alone(database_->guard);
    if (database_->scope == lock_scope::transaction) return true;
    if (database_->lock_owner != nullptr && database_->lock_owner != this) return false;
    database_->lock_owner = this;
    return true;
}

void fake_engine::unlock() noexcept {
    const std::lock_guard alone(database_->guard);
    if (database_->lock_owner == this) database_->lock_owner = nullptr;
}

std::string fake_engine::lock_holder() { return database_->holder; }

outcome fake_engine::perform(const batch& what, progress& told) {
    const std::lock_guard alone(database_->guard);
    refuse_callers_transaction();
    if (const auto interrupt = std::exchange(database_->before_perform, nullptr)) interrupt();
    if (database_->lock_owner != nullptr && database_->lock_owner != this) return outcome::locked;
    const auto revision = has_ledger(database_->now) ? std::optional(revision_of(database_->now)) : std::nullopt;
    if (revision != what.expected_revision) return outcome::moved;
    contents now = database_->now;
    for (std::size_t index = 0; index < what.actions.size(); ++index) {
        const auto& script = what.actions[index].script;
        told.action_started(index);
        run_code(what.actions[index].before, now, database_->kind);
        for (std::size_t each = 0; each < script.statements.size(); ++each) {
            told.statement_begun(index, each);
            const auto why = run(now, script.statements[each].sql);
            if (!why.empty()) refuse_statement(script, script.statements[each], why);
            told.statement_ended(index, each);
        }
        run_code(what.actions[index].after, now, database_->kind);
    }
    if (any_moved(database_->now, what)) return outcome::moved;
    if (wants_ledger(what) && !has_ledger(now)) refuse(error_code::database_unusable, "there is no ledger");
    for (const action& each : what.actions) write(now, each);
    database_->now = std::move(now);
    return outcome::done;
}

void fake_engine::execute_alone(const runnable& script, std::size_t statement) {
    const std::lock_guard alone(database_->guard);
    refuse_callers_transaction();
    if (database_->refuses_alone) refuse(*database_->refuses_alone, "not outside a transaction");
    const auto& at = script.statements[statement];
    if (const auto why = run(database_->now, at.sql); !why.empty()) refuse_statement(script, at, why);
}

found_effect fake_engine::look_for(const statement_probe& what) {
    const std::lock_guard alone(database_->guard);
    refuse_callers_transaction();
    const auto found = database_->effects.find(std::string(what.object) + "." + std::string(what.name));
    return found == database_->effects.end() ? found_effect{} : found->second;
}

}  // namespace varve::testing
