#include "json_of.hpp"

namespace varve::cli {
namespace {

// `3,auth:5` as ["3", "auth:5"].
json_array list_of(std::string_view depends) {
    json_array result;
    while (!depends.empty()) {
        const std::size_t comma = depends.find(',');
        result.add(depends.substr(0, comma));
        if (comma == std::string_view::npos) break;
        depends.remove_prefix(comma + 1);
    }
    return result;
}

// 0 stands for: not known.
void add_number_or_null(json_object& to, std::string_view key, std::int64_t number) {
    number == 0 ? to.null(key) : to.number(key, number);
}

}  // namespace

std::string_view word_of(engine_kind kind) { return kind == engine_kind::sqlite ? "sqlite" : "postgresql"; }

std::string_view word_of(direction which) { return which == direction::up ? "up" : "down"; }

std::string_view word_of(database_state state) {
    switch (state) {
        case database_state::current:
            return "current";
        case database_state::pending:
            return "pending";
        case database_state::diverged:
            break;
    }
    return "diverged";
}

json_object json_of(const problem& of) {
    json_object result;
    result.text("kind", to_string(of.kind)).text_or_null("history", of.history);
    add_number_or_null(result, "version", of.version);
    return result.text_or_null("name", of.name)
        .text_or_null("file", of.file)
        .text("message", of.message)
        .text_or_null("hint", of.hint);
}

json_array json_of(std::span<const problem> problems) {
    json_array result;
    for (const auto& each : problems) result.add(json_of(each));
    return result;
}

json_array json_of(std::span<const std::string> texts) {
    json_array result;
    for (const auto& each : texts) result.add(std::string_view(each));
    return result;
}

json_object json_of(const ledger_entry& of) {
    json_object result;
    result.number("id", of.id).text("history", of.history);
    result.text_or_null("slot", of.slot.value_or("")).text("kind", to_string(of.kind));
    add_number_or_null(result, "version", of.version.value_or(0));
    result.text_or_null("name", of.name).text_or_null("description", of.description);
    result.text("state", to_string(of.state)).text_or_null("checksum", of.checksum);
    of.mark ? result.number("mark", *of.mark) : result.null("mark");
    result.array("depends", list_of(of.depends)).flag("breaks_older", of.breaks_older);
    result.number("statements_done", of.statements_done).number("statements_total", of.statements_total);
    result.text_or_null("applied_at", of.applied_at).text_or_null("reverted_at", of.reverted_at);
    result.number("duration_ms", of.duration_ms).text_or_null("applied_by", of.applied_by);
    result.text_or_null("program", of.program).text_or_null("reason", of.reason);
    return result.text_or_null("details", of.details);
}

json_object json_of(const migration_status& of) {
    json_object result;
    result.text("history", of.history).number("version", of.version).text("name", of.name);
    result.text_or_null("description", of.description).text("state", of.applied ? "applied" : "pending");
    result.flag("embedded", of.embedded).flag("released", of.released).flag("reversible", of.reversible);
    result.flag("breaks_older", of.breaks_older);
    result.array("depends", list_of(of.depends));
    result.number("up_statements", static_cast<std::int64_t>(of.up_statements));
    result.number("down_statements", static_cast<std::int64_t>(of.down_statements));
    of.entry ? result.object("entry", json_of(*of.entry)) : result.null("entry");
    of.trouble ? result.object("problem", json_of(*of.trouble)) : result.null("problem");
    return result;
}

json_object json_of(const step& of) {
    json_object result;
    result.text("action", to_string(of.what));
    result.text_or_null("history", of.owner != nullptr ? of.owner->name : std::string_view());
    result.number("version", of.version).text("name", of.name);
    result.flag("breaks_older", of.embedded && of.embedded->breaks_older());
    return result.text_or_null("file", script_of(of).file).text_or_null("note", of.note);
}

json_object json_of(const error& of) {
    const error_details& details = of.details();
    json_object result;
    result.text("code", to_string(details.code)).text("message", details.message);
    result.text_or_null("hint", details.hint).text_or_null("history", details.history);
    add_number_or_null(result, "version", details.version);
    result.text_or_null("file", details.file);
    add_number_or_null(result, "line", details.line);
    add_number_or_null(result, "column", details.column);
    result.text_or_null("sqlstate", details.sqlstate).text_or_null("statement", details.statement);
    result.text_or_null("done", details.done).text_or_null("undone", details.undone);
    result.array("problems", json_of(details.problems));
    return result;
}

}  // namespace varve::cli
