#include "ledger_rows.hpp"

#include "naming.hpp"
#include "time_limits.hpp"

#include <charconv>

namespace varve::core {
namespace {

std::string frame_sql(foreign_keys_setting setting) {
    switch (setting) {
        case foreign_keys_setting::off:
            return "PRAGMA foreign_keys=OFF";
        case foreign_keys_setting::on:
            return "PRAGMA foreign_keys=ON";
        case foreign_keys_setting::unchanged:
            break;
    }
    return {};
}

constexpr std::string_view position_detail = "released";
constexpr std::string_view revision_detail = "revision";

constexpr std::string_view schema_slot = "schema";

// What the rows of all scripts say.
ledger_entry row_of_script(const migration& from, entry_kind kind, std::int64_t id, const author& who) {
    ledger_entry row;
    row.id = id;
    row.history = from.owner().name;
    row.kind = kind;
    row.name = from.name();
    row.description = from.description();
    row.checksum = to_string(from.up().checksum());
    row.statements_total = static_cast<std::int32_t>(from.up().size());
    const bool only_recorded = kind == entry_kind::baseline || kind == entry_kind::skip;
    row.statements_done = only_recorded ? 0 : row.statements_total;
    row.applied_by = who.applied_by;
    row.program = who.program;
    row.reason = who.reason;
    return row;
}

// Inside a JSON string the quotes would have backslashes: this is found only where it is a name.
std::string quoted(std::string_view name) { return joined({"\"", name, "\":"}); }

/// A number in the JSON object in `details`; 0 if it is not there.
std::int64_t detail(const ledger_entry& row, std::string_view of) {
    const std::string name = quoted(of);
    const auto found = row.details.find(name);
    if (found == std::string::npos) return 0;
    std::int64_t value = 0;
    const char* begin = row.details.data() + found + name.size();
    std::from_chars(begin, row.details.data() + row.details.size(), value);
    return value;
}

}  // namespace

std::int64_t released_position(const migration& of) {
    if (!of.released()) return 0;
    std::int64_t position = 0;
    for (const migration_data& each : of.owner().migrations) {
        if (each.released) ++position;
        if (each.version == of.version()) break;
    }
    return position;
}

std::int64_t released_position(const ledger_entry& row) { return detail(row, position_detail); }

std::int64_t revision_of(const ledger_entry& row) { return detail(row, revision_detail); }

std::string depends_text(const migration& from) {
    std::string text;
    for (const dependency& each : from.dependencies()) {
        append(text, {text.empty() ? "" : ",", each.history, each.history.empty() ? "" : ":", each.version});
    }
    return text;
}

std::string slot_of(const migration& from) {
    switch (from.kind()) {
        case script_kind::migration:
            break;
        case script_kind::repeatable:
            return joined({"r:", from.name()});
        case script_kind::seed:
            return joined({"s:", from.name()});
    }
    return joined({"v:", from.version()});
}

std::string statement_checksum(const digest& of) { return to_string(checksum{1, of}); }

ledger_entry row_for(const migration& from, entry_kind kind, std::int64_t id, const author& who) {
    ledger_entry row = row_of_script(from, kind, id, who);
    row.slot = slot_of(from);
    if (from.kind() == script_kind::migration) row.version = from.version();
    if (from.kind() != script_kind::seed) row.mark = from.mark();
    row.depends = depends_text(from);
    row.breaks_older = from.breaks_older();
    if (from.revision() != 0) add_detail(row, revision_detail, from.revision());
    const bool has_place = from.released() && from.kind() == script_kind::migration;
    if (has_place) add_detail(row, position_detail, released_position(from));
    return row;
}

ledger_entry schema_row(const migration& from, std::int64_t id, const author& who) {
    ledger_entry row = row_of_script(from, entry_kind::schema, id, who);
    row.slot = schema_slot;
    return row;
}

void add_detail(ledger_entry& row, std::string_view name, std::int64_t value) {
    if (!row.details.empty()) row.details.pop_back();
    append(row.details, {row.details.empty() ? "{" : ",", quoted(name), value, "}"});
}

ledger_entry event_row(const ledger_entry& about, std::string_view what, std::int64_t id, const author& who) {
    ledger_entry row;
    row.id = id;
    row.history = about.history;
    row.kind = entry_kind::event;
    row.version = about.version;
    row.name = about.name;
    row.applied_by = who.applied_by;
    row.program = who.program;
    row.reason = who.reason;
    row.details = joined({R"({"event":")", what, R"(","row":)", about.id, "}"});
    return row;
}

std::vector<stored_statement> progress_rows(const runnable& from, direction which, std::int64_t ledger_id) {
    std::vector<stored_statement> rows;
    const auto add = [&](std::int32_t position) -> stored_statement& {
        auto& row = rows.emplace_back();
        row.ledger_id = ledger_id;
        row.which = which;
        row.position = position;
        row.file = from.file;
        row.transactional = from.mode == transaction_mode::transaction;
        return row;
    };
    // Written also without a setting where there are no statements: a down of comments only is a down.
    if (from.foreign_keys != foreign_keys_setting::unchanged || from.statements.empty()) {
        add(0).sql = frame_sql(from.foreign_keys);
    }
    std::int32_t position = 0;
    for (const statement& each : from.statements) {
        auto& row = add(++position);
        row.checksum = statement_checksum(each.checksum);
        row.sql = each.sql;
        row.line = each.line;
        row.column = each.column;
    }
    return rows;
}

bool is_of_code(const ledger_entry& row) {
    constexpr std::uint8_t first_rule_over_sources = 101;
    const auto parsed = checksum_from(row.checksum);
    return parsed && parsed->rule >= first_rule_over_sources;
}

std::vector<stored_statement> kept_down(const migration& from, std::int64_t ledger_id) {
    if (!from.down().exists() || from.code() != nullptr) return {};
    return progress_rows(runnable_of(from, direction::down), direction::down, ledger_id);
}

runnable runnable_of(const migration& from, direction which) {
    const script chosen = which == direction::up ? from.up() : from.down();
    runnable result{.file = file_of(from, which), .statements = {}, .mode = chosen.mode()};
    result.foreign_keys = chosen.foreign_keys();
    result.limits = limits_of(chosen.limits());
    result.statements.reserve(chosen.size());
    for (std::size_t index = 0; index < chosen.size(); ++index) result.statements.push_back(chosen[index]);
    return result;
}

entry_update retired(const ledger_entry& row, entry_state state) {
    return {.id = row.id,
            .state = state,
            .slot = std::nullopt,
            .mark = std::nullopt,
            .statements_done = row.statements_done};
}

}  // namespace varve::core
