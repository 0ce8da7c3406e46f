#include "ledger_writing.hpp"

#include "core/raise.hpp"

#include <sqlite3.h>

namespace varve::sqlite {
namespace {

constexpr std::string_view insert_entry_sql =
    "INSERT INTO main.varve_ledger (id, history, slot, kind, version, name, description, state, checksum, mark, "
    "depends,"
    " breaks_older, statements_done, statements_total, duration_ms, applied_by, program, reason, details, applied_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
    " strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))";

constexpr std::string_view update_entry_sql =
    "UPDATE main.varve_ledger SET state = ?2, slot = ?3, mark = ?4, statements_done = ?5,"
    " reverted_at = CASE WHEN ?3 IS NULL THEN strftime('%Y-%m-%dT%H:%M:%fZ', 'now') END,"
    " details = CASE WHEN ?6 THEN ?7 ELSE details END WHERE id = ?1 AND (NOT ?8 OR details IS ?9)";

constexpr std::string_view insert_statement_sql =
    "INSERT INTO main.varve_statement (ledger_id, direction, position, checksum, sql, file, line, \"column\","
    " transactional, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

constexpr std::string_view update_statement_sql =
    "UPDATE main.varve_statement SET state = ?4 WHERE ledger_id = ?1 AND direction = ?2 AND position = ?3";

std::string_view word(direction which) { return which == direction::up ? "up" : "down"; }

std::string_view text_in(const std::optional<std::string>& of) {
    return of ? std::string_view(*of) : std::string_view();
}

[[noreturn]] void not_there(std::string_view what) {
    core::raise(error_code::diverged, {what, " is not in the ledger any more: somebody removed it by hand"},
                "look at the log of the ledger, then start again");
}

}  // namespace

bool ledger_writer::write(const ledger_change& change, const std::optional<measured>& one) {
    for (const auto& each : change.updates) {
        if (!update(each)) return false;
    }
    for (std::size_t each = 0; each < change.inserts.size(); ++each) {
        const ledger_entry& row = change.inserts[each];
        insert(row, one && one->index == each ? one->duration_ms : row.duration_ms);
    }
    for (const auto& each : change.statements) insert(each);
    for (const auto& each : change.progress) update(each);
    return true;
}

void ledger_writer::insert(const ledger_entry& entry, std::int64_t duration_ms) {
    prepared_statement& row = prepared(insert_entry_, insert_entry_sql);
    row.bind(1, entry.id);
    row.bind(2, std::string_view(entry.history));
    row.bind(3, entry.slot);
    row.bind(4, to_string(entry.kind));
    row.bind(5, entry.version);
    row.bind_text_or_null(6, entry.name);
    row.bind_text_or_null(7, entry.description);
    row.bind(8, to_string(entry.state));
    row.bind_text_or_null(9, entry.checksum);
    row.bind(10, entry.mark);
    row.bind_text_or_null(11, entry.depends);
    row.bind(12, std::int64_t{entry.breaks_older});
    row.bind(13, std::int64_t{entry.statements_done});
    row.bind(14, std::int64_t{entry.statements_total});
    row.bind(15, duration_ms);
    row.bind_text_or_null(16, entry.applied_by);
    row.bind_text_or_null(17, entry.program);
    row.bind_text_or_null(18, entry.reason);
    row.bind_text_or_null(19, entry.details);
    row.run();
}

void ledger_writer::insert(const stored_statement& statement) {
    prepared_statement& row = prepared(insert_statement_, insert_statement_sql);
    row.bind(1, statement.ledger_id);
    row.bind(2, word(statement.which));
    row.bind(3, std::int64_t{statement.position});
    row.bind_text_or_null(4, statement.checksum);
    row.bind(5, std::string_view(statement.sql));
    row.bind_text_or_null(6, statement.file);
    row.bind(7, std::int64_t{statement.line});
    row.bind(8, std::int64_t{statement.column});
    row.bind(9, std::int64_t{statement.transactional});
    row.bind(10, to_string(statement.state));
    row.run();
}

bool ledger_writer::update(const entry_update& change) {
    prepared_statement& row = prepared(update_entry_, update_entry_sql);
    row.bind(1, change.id);
    row.bind(2, to_string(change.state));
    row.bind(3, change.slot);
    row.bind(4, change.mark);
    row.bind(5, std::int64_t{change.statements_done});
    row.bind(6, std::int64_t{change.details.has_value()});
    row.bind_text_or_null(7, text_in(change.details));
    row.bind(8, std::int64_t{change.expected_details.has_value()});
    row.bind_text_or_null(9, text_in(change.expected_details));
    row.run();
    if (changed_one_row()) return true;
    if (change.expected_details) return false;
    not_there(core::joined({"row ", change.id}));
}

void ledger_writer::update(const statement_update& change) {
    prepared_statement& row = prepared(update_statement_, update_statement_sql);
    row.bind(1, change.ledger_id);
    row.bind(2, word(change.which));
    row.bind(3, std::int64_t{change.position});
    row.bind(4, to_string(change.state));
    row.run();
    if (changed_one_row()) return;
    not_there(core::joined({"statement ", change.position, " of row ", change.ledger_id}));
}

prepared_statement& ledger_writer::prepared(std::optional<prepared_statement>& kept, std::string_view sql) {
    if (!kept) kept.emplace(connection_, sql);
    return *kept;
}

bool ledger_writer::changed_one_row() const { return sqlite3_changes(connection_.handle()) == 1; }

}  // namespace varve::sqlite
