#include "ledger_reading.hpp"

#include "prepared_statement.hpp"
#include "refusal.hpp"

#include "core/raise.hpp"

#include <sqlite3.h>

#include <array>

namespace varve::sqlite {
namespace {

/// Whether the last thing that failed on this connection failed because there is no ledger. Asked of SQLite's parsed
/// schema, which that failure has just brought up to date; the message is for people.
bool is_without_ledger(const connection& on, const refusal& why, const char* table) {
    if (why.primary_code() != SQLITE_ERROR) return false;
    return sqlite3_table_column_metadata(on.handle(), "main", table, nullptr, nullptr, nullptr, nullptr, nullptr,
                                         nullptr) == SQLITE_ERROR;
}

/// Prepares a query of the ledger; nothing if there is no such table.
template <typename Read>
auto with_ledger(const connection& on, const char* table, std::string_view sql, Read read)
    -> std::optional<decltype(read(std::declval<prepared_statement&>()))> {
    std::optional<prepared_statement> query;
    try {
        query.emplace(on, sql);
    } catch (const refusal& why) {
        if (is_without_ledger(on, why, table)) return std::nullopt;
        throw;
    }
    return read(*query);
}

[[noreturn]] void too_new(std::int64_t id, std::string_view column, std::string_view word) {
    core::raise(error_code::ledger_too_new,
                {"row ", id, " of the ledger has the ", column, " '", word, "', which this program does not know"},
                "a newer program wrote it; use one at least as new");
}

template <typename Word>
Word known(std::optional<Word> word, const prepared_statement& row, int id, int column, std::string_view name) {
    if (word) return *word;
    too_new(row.integer(id), name, row.text(column));
}

std::optional<std::int64_t> optional_integer(const prepared_statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.integer(column);
}

std::optional<std::string> optional_text(const prepared_statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return std::string(row.text(column));
}

// The revision comes with every row, so that one query sees one state of the ledger.
constexpr std::string_view entries_query =
    "SELECT newest.revision, ledger.id, history, slot, kind, version, name, description, state, checksum, mark, "
    "depends,"
    " breaks_older, statements_done, statements_total, applied_at, reverted_at, duration_ms, applied_by, program, "
    "reason,"
    " details"
    " FROM (SELECT max(id) AS revision FROM main.varve_ledger) AS newest"
    " LEFT JOIN main.varve_ledger AS ledger ON ";

struct text_column {
    int column;
    std::string ledger_entry::*member;
};
constexpr auto text_columns = std::to_array<text_column>({{2, &ledger_entry::history},
                                                          {6, &ledger_entry::name},
                                                          {7, &ledger_entry::description},
                                                          {9, &ledger_entry::checksum},
                                                          {11, &ledger_entry::depends},
                                                          {15, &ledger_entry::applied_at},
                                                          {16, &ledger_entry::reverted_at},
                                                          {18, &ledger_entry::applied_by},
                                                          {19, &ledger_entry::program},
                                                          {20, &ledger_entry::reason},
                                                          {21, &ledger_entry::details}});

ledger_entry entry_from(const prepared_statement& row) {
    ledger_entry entry;
    for (const auto [column, member] : text_columns) entry.*member = row.text(column);
    entry.id = row.integer(1);
    entry.slot = optional_text(row, 3);
    entry.kind = known(entry_kind_from(row.text(4)), row, 1, 4, "kind");
    entry.version = optional_integer(row, 5);
    entry.state = known(entry_state_from(row.text(8)), row, 1, 8, "state");
    entry.mark = optional_integer(row, 10);
    entry.breaks_older = row.integer(12) != 0;
    entry.statements_done = static_cast<std::int32_t>(row.integer(13));
    entry.statements_total = static_cast<std::int32_t>(row.integer(14));
    entry.duration_ms = row.integer(17);
    return entry;
}

stored_statement statement_from(const prepared_statement& row, std::int64_t ledger_id, direction which) {
    stored_statement result;
    result.ledger_id = ledger_id;
    result.which = which;
    result.position = static_cast<std::int32_t>(row.integer(1));
    result.checksum = row.text(2);
    result.sql = row.text(3);
    result.file = row.text(4);
    result.line = static_cast<std::uint32_t>(row.integer(5));
    result.column = static_cast<std::uint32_t>(row.integer(6));
    result.transactional = row.integer(7) != 0;
    result.state = known(statement_state_from(row.text(8)), row, 0, 8, "statement state");
    return result;
}

/// Counts and adds marks. Sums wrap around: whatever somebody wrote there by hand is then merely not as expected.
class marks {
public:
    explicit marks(std::span<const expected_marks> expected) : expected_(expected), found_(expected.size()) {}

    void add(std::string_view history, std::int64_t mark) {
        for (std::size_t each = 0; each < expected_.size(); ++each) {
            if (expected_[each].history != history) continue;
            ++found_[each].count;
            found_[each].sum += static_cast<std::uint64_t>(mark);
        }
    }

    [[nodiscard]] bool are_as_expected() const {
        for (std::size_t each = 0; each < expected_.size(); ++each) {
            if (found_[each].count != expected_[each].count) return false;
            if (found_[each].sum != static_cast<std::uint64_t>(expected_[each].sum)) return false;
        }
        return true;
    }

private:
    struct total {
        std::int64_t count = 0;
        std::uint64_t sum = 0;
    };
    std::span<const expected_marks> expected_;
    std::vector<total> found_;
};

}  // namespace

bool ledger_says(const connection& on, std::span<const expected_marks> expected) {
    // Added up here: SQLite's GROUP BY takes half as long again.
    constexpr std::string_view sql =
        "SELECT history, mark FROM main.varve_ledger WHERE slot IS NOT NULL AND mark IS NOT NULL";
    const auto answer = with_ledger(on, "varve_ledger", sql, [expected](prepared_statement& row) {
        marks found(expected);
        for (bool more = row.step_patiently(); more; more = row.step()) found.add(row.text(0), row.integer(1));
        return found.are_as_expected();
    });
    return answer.value_or(false);
}

std::optional<std::int64_t> newest_id(const connection& on) {
    return with_ledger(on, "varve_ledger", "SELECT max(id) FROM main.varve_ledger", [](prepared_statement& row) {
        row.step_patiently();
        return row.integer(0);
    });
}

ledger_snapshot read_ledger(const connection& on, engine::rows which) {
    std::string sql(entries_query);
    sql += which == engine::rows::active ? "ledger.slot IS NOT NULL" : "1";
    sql += " ORDER BY ledger.id";
    auto read = with_ledger(on, "varve_ledger", sql, [](prepared_statement& row) {
        ledger_snapshot snapshot;
        snapshot.exists = true;
        for (bool more = row.step_patiently(); more; more = row.step()) {
            snapshot.revision = row.integer(0);
            if (!row.is_null(1)) snapshot.entries.push_back(entry_from(row));
        }
        return snapshot;
    });
    return std::move(read).value_or(ledger_snapshot{});
}

std::vector<stored_statement> read_stored_statements(const connection& on, std::int64_t ledger_id, direction which) {
    constexpr std::string_view sql =
        "SELECT ledger_id, position, checksum, sql, file, line, \"column\", transactional, state"
        " FROM main.varve_statement WHERE ledger_id = ?1 AND direction = ?2 ORDER BY position";
    auto read = with_ledger(on, "varve_statement", sql, [ledger_id, which](prepared_statement& row) {
        std::vector<stored_statement> statements;
        row.bind(1, ledger_id);
        row.bind(2, which == direction::up ? std::string_view("up") : std::string_view("down"));
        for (bool more = row.step_patiently(); more; more = row.step()) {
            statements.push_back(statement_from(row, ledger_id, which));
        }
        return statements;
    });
    return std::move(read).value_or(std::vector<stored_statement>{});
}

}  // namespace varve::sqlite
