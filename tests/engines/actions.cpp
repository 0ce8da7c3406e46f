#include "actions.hpp"

#include <utility>

namespace varve::testing {
namespace {

std::string place(std::size_t action, std::size_t statement) {
    return std::to_string(action) + "." + std::to_string(statement);
}

action apply_to_ledger(const migration& step, std::int64_t id) {
    action result;
    const script up = step.up();
    result.script.file = std::string(step.owner().directory) + "/" + std::string(up.file());
    for (std::size_t each = 0; each < up.size(); ++each) result.script.statements.push_back(up[each]);
    ledger_entry row = applied_row(id, step.version(), step.mark());
    row.history = step.owner().name;
    row.name = step.name();
    row.checksum = to_string(up.checksum());
    result.change.inserts.push_back(std::move(row));
    return result;
}

}  // namespace

void recorded_progress::action_started(std::size_t action) { lines_.push_back("action " + std::to_string(action)); }

void recorded_progress::statement_begun(std::size_t action, std::size_t statement) {
    lines_.push_back("begin " + place(action, statement));
}

void recorded_progress::statement_ended(std::size_t action, std::size_t statement) {
    lines_.push_back("end " + place(action, statement));
}

statement at(std::uint32_t line, std::uint32_t column, std::string_view sql) {
    statement result;
    result.sql = sql;
    result.text = sql;
    result.line = line;
    result.column = column;
    return result;
}

action running(std::vector<std::string_view> statements) {
    action result;
    result.script.file = "migrations/0001_contract.sql";
    std::uint32_t line = 1;
    for (const auto sql : statements) result.script.statements.push_back(at(line++, 1, sql));
    return result;
}

ledger_entry applied_row(std::int64_t id, std::int64_t version, std::int64_t mark) {
    ledger_entry row;
    row.id = id;
    row.history = "shop";
    row.slot = "v:" + std::to_string(version);
    row.version = version;
    row.name = "step_" + std::to_string(version);
    row.checksum = "1:" + std::string(64, 'a');
    row.mark = mark;
    return row;
}

std::vector<action> creating_the_ledger(const engine& on) {
    std::vector<action> actions;
    const history& own = on.ledger_history();
    for (std::size_t each = 0; each < own.size(); ++each) {
        actions.push_back(apply_to_ledger(own[each], static_cast<std::int64_t>(each) + 1));
    }
    return actions;
}

outcome perform(engine& on, std::optional<std::int64_t> expected_revision, const std::vector<action>& actions,
                progress& told) {
    return on.perform(batch{expected_revision, actions}, told);
}

outcome perform(engine& on, std::optional<std::int64_t> expected_revision, const std::vector<action>& actions) {
    recorded_progress ignored;
    return perform(on, expected_revision, actions, ignored);
}

outcome perform_next(engine& on, const action& only) {
    const ledger_snapshot now = on.read(engine::rows::active);
    return perform(on, now.exists ? std::optional(now.revision) : std::nullopt, {only});
}

}  // namespace varve::testing
