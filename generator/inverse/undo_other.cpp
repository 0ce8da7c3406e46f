#include <inverse/inserted_rows.hpp>
#include <inverse/undoing.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

/// Statements that have no inverse, and those that leave nothing to undo.
namespace varve::generator {
namespace {

std::string shown(const undone_statement& statement) { return shown_statement(statement.history.text(statement.at)); }

/// Locks, looks, cleans up: what the schema and the rows are does not change. By the first word, or PostgreSQL's name
/// of the statement.
bool leaves_no_trace(std::string_view what) {
    static constexpr std::array<std::string_view, 12> known{
        "AnalyzeStmt", "CheckPointStmt", "ConstraintsSetStmt", "DiscardStmt",      "ExplainStmt", "LoadStmt",
        "LockStmt",    "NotifyStmt",     "VacuumStmt",         "VariableShowStmt", "ListenStmt",  "UnlistenStmt"};
    return std::ranges::find(known, what) != known.end();
}

bool is_sqlite_maintenance(const statement_text& text) {
    return text.tokens().any_word(0, {"vacuum", "analyze", "reindex", "explain"});
}

std::string_view word_of(data_change_kind kind) {
    switch (kind) {
        case data_change_kind::insert:
            return "INSERT INTO ";
        case data_change_kind::update:
            return "UPDATE ";
        case data_change_kind::delete_rows:
            return "DELETE FROM ";
        case data_change_kind::merge:
            return "MERGE INTO ";
        case data_change_kind::copy:
            break;
    }
    return "COPY ";
}

std::string_view why_rows_do_not_come_back(data_change_kind kind) {
    switch (kind) {
        case data_change_kind::insert:
        case data_change_kind::copy:
            return "which of the rows are still those it wrote is not known";
        case data_change_kind::delete_rows:
            return "the rows are gone";
        case data_change_kind::update:
        case data_change_kind::merge:
            break;
    }
    return "what the rows held before is gone";
}

bool is_temporary_or_new(const undone_statement& statement, const object_name& table) {
    const known_table* const known = statement.before.find_table(table);
    return statement.is_new(table) || (known != nullptr && known->temporary);
}

}  // namespace

void undo(const undone_statement& statement, const add_enum_value& added, undo_steps& steps) {
    steps.begin(statement.change.offset);
    const known_object* const type = statement.before.find_object(object_kind::enum_type, added.type);
    if (type != nullptr && type->origin.migration == statement.at.migration) return;
    steps.refuse("ADD VALUE to " + statement.quoted(added.type), "PostgreSQL cannot take a value out of a type");
}

void undo(const undone_statement& statement, const add_domain_constraint& added, undo_steps& steps) {
    steps.begin(statement.change.offset);
    const std::string domain = statement.quoted(added.domain);
    if (added.constraint.name.empty()) {
        steps.refuse("ADD CONSTRAINT to " + domain, "the server chose its name");
        return;
    }
    steps.run("ALTER DOMAIN " + domain + " DROP CONSTRAINT " + statement.quoted(added.constraint.name));
}

void undo(const undone_statement&, const maintenance&, undo_steps&) {}

void undo(const undone_statement& statement, const truncate& emptied, undo_steps& steps) {
    const auto is_harmless = [&](const object_name& table) { return is_temporary_or_new(statement, table); };
    if (!emptied.cascade && std::ranges::all_of(emptied.tables, is_harmless)) return;
    steps.begin(statement.change.offset);
    steps.refuse(shown(statement), "the rows are gone");
}

void undo(const undone_statement& statement, const data_change& changed, undo_steps& steps) {
    if (is_temporary_or_new(statement, changed.table)) return;
    steps.begin(statement.change.offset);
    if (changed.kind == data_change_kind::insert) {
        std::string sql = delete_inserted(statement, changed);
        if (!sql.empty()) {
            steps.mark(inverse_line_kind::loses_data, "what was written to these rows since");
            return steps.run(std::move(sql));
        }
    }
    steps.refuse(std::string(word_of(changed.kind)) + statement.quoted(changed.table),
                 std::string(why_rows_do_not_come_back(changed.kind)));
}

// The runtime puts settings back after each script.
void undo(const undone_statement&, const change_setting&, undo_steps&) {}

void undo(const undone_statement& statement, const run_code&, undo_steps& steps) {
    steps.begin(statement.change.offset);
    steps.refuse(shown(statement), "what the code does is not known");
}

void undo(const undone_statement& statement, const other_statement& other, undo_steps& steps) {
    if (leaves_no_trace(other.what) || is_sqlite_maintenance(statement.history.text(statement.at))) return;
    steps.begin(statement.change.offset);
    steps.refuse(shown(statement), "varve does not know how it is undone");
}

}  // namespace varve::generator
