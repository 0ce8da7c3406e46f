#include "ledger_rows.hpp"

#include "answer.hpp"
#include "filled_text.hpp"
#include "transaction_text.hpp"

#include "core/raise.hpp"

#include <algorithm>
#include <optional>

namespace varve::postgresql {
namespace {

constexpr std::string_view insert_columns =
    "id, history, slot, kind, version, name, description, state, checksum, mark, depends, breaks_older, "
    "statements_done, statements_total, duration_ms, applied_by, program, reason, details, applied_at";

std::string time_text(std::string_view column) {
    return filled(R"(pg_catalog.to_char(l.{} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))", {column});
}

// --- reading --------------------------------------------------------------------------------------------------------

[[noreturn]] void throw_unknown_word(std::string_view column, std::string_view word) {
    core::raise(error_code::ledger_too_new,
                {"the ledger has a row whose ", column, " is '", word, "', which this varve does not know"},
                "a newer varve wrote it; use a program built with that one");
}

template <typename Word>
Word word_in(std::string_view text, std::optional<Word> (*from)(std::string_view) noexcept, std::string_view column) {
    const auto word = from(text);
    if (!word) throw_unknown_word(column, text);
    return *word;
}

ledger_entry entry_from(const pqxx::result& rows, std::size_t row) {
    ledger_entry entry;
    entry.id = number_in(rows, row, 1);
    entry.history = text_in(rows, row, 2);
    if (!is_null(rows, row, 3)) entry.slot = text_in(rows, row, 3);
    entry.kind = word_in(text_in(rows, row, 4), entry_kind_from, "kind");
    entry.version = optional_number_in(rows, row, 5);
    entry.name = text_in(rows, row, 6);
    entry.description = text_in(rows, row, 7);
    entry.state = word_in(text_in(rows, row, 8), entry_state_from, "state");
    entry.checksum = text_in(rows, row, 9);
    entry.mark = optional_number_in(rows, row, 10);
    entry.depends = text_in(rows, row, 11);
    entry.breaks_older = is_true(rows, row, 12);
    entry.statements_done = static_cast<std::int32_t>(number_in(rows, row, 13));
    entry.statements_total = static_cast<std::int32_t>(number_in(rows, row, 14));
    entry.duration_ms = number_in(rows, row, 15);
    entry.applied_by = text_in(rows, row, 16);
    entry.program = text_in(rows, row, 17);
    entry.reason = text_in(rows, row, 18);
    entry.details = text_in(rows, row, 19);
    entry.applied_at = text_in(rows, row, 20);
    entry.reverted_at = text_in(rows, row, 21);
    return entry;
}

std::string_view word_for(direction which) { return which == direction::up ? "up" : "down"; }

// --- writing --------------------------------------------------------------------------------------------------------

// A list of SQL values in parentheses.
class value_list {
public:
    explicit value_list(connection& db) : db_(db) {}
    value_list& raw(const core::piece& sql) {
        core::append(text_, {text_.empty() ? "" : ", ", sql});
        return *this;
    }
    value_list& number(std::int64_t value) { return raw(value); }
    value_list& number_or_null(const std::optional<std::int64_t>& value) {
        return raw(value ? core::piece(*value) : core::piece("NULL"));
    }
    value_list& text(std::string_view value) { return raw(db_.quoted(value)); }
    value_list& text_or_null(std::string_view value) { return value.empty() ? raw("NULL") : text(value); }
    value_list& flag(bool value) { return raw(value ? "true" : "false"); }
    [[nodiscard]] std::string str() const { return core::joined({"(", text_, ")"}); }

private:
    connection& db_;
    std::string text_;
};

std::string values_of(const ledger_entry& row, const core::piece& duration, connection& db) {
    value_list values(db);
    values.number(row.id).text(row.history);
    if (row.slot) {
        values.text(*row.slot);
    } else {
        values.raw("NULL");
    }
    values.text(to_string(row.kind)).number_or_null(row.version).text_or_null(row.name).text_or_null(row.description);
    values.text(to_string(row.state)).text_or_null(row.checksum).number_or_null(row.mark).text_or_null(row.depends);
    values.flag(row.breaks_older).number(row.statements_done).number(row.statements_total).raw(duration);
    values.text_or_null(row.applied_by).text_or_null(row.program).text_or_null(row.reason).text_or_null(row.details);
    return values.raw("pg_catalog.clock_timestamp()").str();
}

std::string text_of_inserts(const ledger_change& change, const measured_row& measured, const ledger_names& names,
                            connection& db) {
    if (change.inserts.empty()) return {};
    std::string rows;
    for (std::size_t each = 0; each < change.inserts.size(); ++each) {
        const ledger_entry& row = change.inserts[each];
        const core::piece duration =
            each == measured.index ? core::piece(measured.duration) : core::piece(row.duration_ms);
        append_to_list(rows, ",\n", values_of(row, duration, db));
    }
    return filled("INSERT INTO {} ({}) VALUES\n{};\n", {names.ledger, insert_columns, rows});
}

// Fails unless exactly one row was changed.
std::string changing_one_row(const std::string& update) {
    return filled("WITH changed AS ({} RETURNING 1) SELECT {} FROM changed;\n",
                  {update, one_or_refusal("pg_catalog.count(*) = 1", says_missing_row)});
}

std::string text_of_update(const entry_update& update, const ledger_names& names, connection& db) {
    const std::string slot = update.slot ? db.quoted(*update.slot) : "NULL";
    const core::piece mark = update.mark ? core::piece(*update.mark) : core::piece("NULL");
    const auto quoted_or_null = [&](const std::string& text) { return text.empty() ? "NULL" : db.quoted(text); };
    std::string details;
    if (update.details) details = filled(", details = {}", {quoted_or_null(*update.details)});
    std::string expected;
    if (update.expected_details)
        expected = filled(" AND details::text IS NOT DISTINCT FROM {}", {quoted_or_null(*update.expected_details)});
    return changing_one_row(filled(
        "UPDATE {} SET state = {}, slot = {}, mark = {}, statements_done = {}, reverted_at = {}{} WHERE id = {}{}",
        {names.ledger, db.quoted(to_string(update.state)), slot, mark, update.statements_done,
         update.slot ? "NULL" : "pg_catalog.clock_timestamp()", details, update.id, expected}));
}

std::string text_of_statements(const ledger_change& change, const ledger_names& names, connection& db) {
    if (change.statements.empty()) return {};
    std::string rows;
    for (const stored_statement& row : change.statements) {
        value_list values(db);
        values.number(row.ledger_id).text(word_for(row.which)).number(row.position).text_or_null(row.checksum);
        values.text(row.sql).text_or_null(row.file).number(row.line).number(row.column).flag(row.transactional);
        values.text(to_string(row.state));
        append_to_list(rows, ",\n", values.str());
    }
    return filled(
        "INSERT INTO {} (ledger_id, direction, position, checksum, sql, file, line, \"column\", transactional, state) "
        "VALUES\n{};\n",
        {names.statements, rows});
}

std::string key_of(const statement_update& update, connection& db) {
    return filled("ledger_id = {} AND direction = {} AND position = {}",
                  {update.ledger_id, db.quoted(word_for(update.which)), update.position});
}

// `name = 'x'`, or `name IS NULL` for a text that was stored as NULL.
std::string equals_or_null(std::string_view column, std::string_view text, connection& db) {
    if (text.empty()) return filled("{} IS NULL", {column});
    return filled("{} = {}", {column, db.quoted(text)});
}

}  // namespace

std::string text_to_read(engine::rows which, const ledger_names& names) {
    return filled(
        "SELECT (SELECT pg_catalog.max(id) FROM {}), l.id, l.history, l.slot, l.kind, l.version, l.name, "
        "l.description, l.state, l.checksum, l.mark, l.depends, l.breaks_older, l.statements_done, l.statements_total, "
        "l.duration_ms, l.applied_by, l.program, l.reason, l.details, {}, {} FROM (SELECT 1) AS one LEFT JOIN {} AS l "
        "ON {} ORDER BY l.id",
        {names.ledger, time_text("applied_at"), time_text("reverted_at"), names.ledger,
         which == engine::rows::active ? "l.slot IS NOT NULL" : "true"});
}

ledger_snapshot snapshot_from(const pqxx::result& rows) {
    ledger_snapshot snapshot;
    snapshot.exists = true;
    for (std::size_t row = 0; row < count_of(rows); ++row) {
        snapshot.revision = number_in(rows, row, 0);
        if (!is_null(rows, row, 1)) snapshot.entries.push_back(entry_from(rows, row));
    }
    return snapshot;
}

std::string text_to_read_statements(std::int64_t ledger_id, direction which, const ledger_names& names) {
    return filled(
        "SELECT ledger_id, direction, position, checksum, sql, file, line, \"column\", transactional, state FROM {} "
        "WHERE ledger_id = {} AND direction = '{}' ORDER BY position",
        {names.statements, ledger_id, word_for(which)});
}

std::vector<stored_statement> statements_from(const pqxx::result& rows) {
    std::vector<stored_statement> statements;
    for (std::size_t row = 0; row < count_of(rows); ++row) {
        stored_statement one;
        one.ledger_id = number_in(rows, row, 0);
        one.which = text_in(rows, row, 1) == word_for(direction::up) ? direction::up : direction::down;
        one.position = static_cast<std::int32_t>(number_in(rows, row, 2));
        one.checksum = text_in(rows, row, 3);
        one.sql = text_in(rows, row, 4);
        one.file = text_in(rows, row, 5);
        one.line = static_cast<std::uint32_t>(number_in(rows, row, 6));
        one.column = static_cast<std::uint32_t>(number_in(rows, row, 7));
        one.transactional = is_true(rows, row, 8);
        one.state = word_in(text_in(rows, row, 9), statement_state_from, "state");
        statements.push_back(std::move(one));
    }
    return statements;
}

// One scan without a sort: with GROUP BY and IN a ledger of 1,000 rows takes a third longer on a new connection.
std::string text_to_read_marks(std::span<const expected_marks> expected, const ledger_names& names, connection& db) {
    std::string sums;
    for (const auto& each : expected) {
        const std::string history = db.quoted(each.history);
        sums += filled(
            ", pg_catalog.count(mark) FILTER (WHERE history = {}), pg_catalog.sum(mark) FILTER (WHERE history = {})",
            {history, history});
    }
    return filled("SELECT pg_catalog.count(*){} FROM {} WHERE slot IS NOT NULL", {sums, names.ledger});
}

bool agrees(const pqxx::result& rows, std::span<const expected_marks> expected) {
    std::size_t column = 1;
    for (const auto& one : expected) {
        if (number_in(rows, 0, column) != one.count || number_in(rows, 0, column + 1) != one.sum) return false;
        column += 2;
    }
    return true;
}

std::string text_to_write(const ledger_change& change, const measured_row& measured, const ledger_names& names,
                          connection& db) {
    std::string sql;
    for (const auto& each : change.updates) sql += text_of_update(each, names, db);
    sql += text_of_inserts(change, measured, names, db);
    sql += text_of_statements(change, names, db);
    for (const auto& each : change.progress)
        sql += changing_one_row(filled("UPDATE {} SET state = {} WHERE {}",
                                       {names.statements, db.quoted(to_string(each.state)), key_of(each, db)}));
    return sql;
}

// What is written in one transaction is there as a whole or not at all, so that one row tells.
std::string text_of_presence(const ledger_change& change, const ledger_names& names, connection& db) {
    if (!change.inserts.empty()) {
        const ledger_entry& row = change.inserts.back();
        return filled("EXISTS (SELECT FROM {} WHERE id = {} AND history = {} AND kind = {} AND {} AND {} AND {})",
                      {names.ledger, row.id, db.quoted(row.history), db.quoted(to_string(row.kind)),
                       equals_or_null("name", row.name, db), equals_or_null("checksum", row.checksum, db),
                       equals_or_null("applied_by", row.applied_by, db)});
    }
    if (!change.progress.empty()) {
        const statement_update& update = change.progress.back();
        return filled("EXISTS (SELECT FROM {} WHERE {} AND state = {})",
                      {names.statements, key_of(update, db), db.quoted(to_string(update.state))});
    }
    if (change.updates.empty()) return {};
    const entry_update& update = change.updates.back();
    return filled("EXISTS (SELECT FROM {} WHERE id = {} AND state = {} AND statements_done = {} AND {})",
                  {names.ledger, update.id, db.quoted(to_string(update.state)), update.statements_done,
                   equals_or_null("slot", update.slot.value_or(""), db)});
}

}  // namespace varve::postgresql
