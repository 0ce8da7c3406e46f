#include <replay/explain_failure.hpp>

#include <replay/lower_name.hpp>
#include <replay/memory_database.hpp>
#include <source/wording.hpp>
#include <sql/token_reader.hpp>

#include <algorithm>
#include <optional>

namespace varve::generator {
namespace {

/// The name that SQLite complains about, without its schema or table; empty if the message is of another kind.
std::string subject_of(std::string_view message) {
    for (const std::string_view kind : {"table ", "view ", "index ", "trigger ", "there is already a table named ",
                                        "there is already another table or index with this name: "}) {
        const std::size_t exists = message.find(" already exists");
        if (message.starts_with(kind) && exists != message.npos) {
            return lower(message.substr(kind.size(), exists - kind.size()));
        }
        if (message.starts_with("there") && message.starts_with(kind)) return lower(message.substr(kind.size()));
    }
    if (!message.starts_with("no such ") && !message.starts_with("duplicate column name")) return {};
    const std::size_t colon = message.find(": ");
    if (colon == message.npos) return {};
    message.remove_prefix(colon + 2);
    const std::size_t dot = message.rfind('.');
    if (dot != message.npos) message.remove_prefix(dot + 1);
    return lower(message);
}

/// A statement of an up script that makes a table or a view of this name.
std::optional<script_place> maker_of(const history_source& history, const std::string& name, std::size_t from,
                                     std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
        const script_source& up = history.migrations[i].up;
        for (const classified_statement& each : up.script.statements) {
            const std::string_view text = std::string_view(up.file.text()).substr(each.offset, 6);
            if (lower(text) != "create" || !objects_of(up, each).contains(name)) continue;
            return script_place{i, direction::up, each.offset};
        }
    }
    return std::nullopt;
}

bool depends_on_another_history(const replayed_script& of) {
    for (std::size_t i = 0; i <= of.migration; ++i) {
        const auto& depends = of.history.migrations[i].depends;
        if (std::ranges::any_of(depends, [](const auto& each) { return !each.history.empty(); })) return true;
    }
    return false;
}

void explain_missing(const replayed_script& of, const std::string& name, replay_finding& found) {
    if (depends_on_another_history(of)) {
        found.level = severity::warning;
        found.hint = "if another history makes it, all is well: only this history was replayed";
        return;
    }
    const std::size_t all = of.history.migrations.size();
    if (const auto later = maker_of(of.history, name, of.migration + 1, all)) {
        const migration_source& maker = of.history.migrations[later->migration];
        found.hint = "migration " + title(maker.version, maker.name) + " makes it, but comes later";
        found.notes.push_back({*later, "it is made here"});
        return;
    }
    found.hint =
        "nothing that runs before makes it: correct the name, or add what is missing\n"
        "if the history was begun on a database that had it already, write SQLITE_REPLAY off in "
        "add_db_migrations()";
}

/// ALTER TABLE in a form that only other systems know.
bool is_foreign_alter(const replayed_script& of, const statement_failure& failure) {
    const script_source& script = of.script();
    if (failure.statement >= script.script.statements.size()) return false;
    if (failure.why.message.find("syntax error") == std::string::npos) return false;
    const classified_statement& statement = script.script.statements[failure.statement];
    return lower(script.file.text().substr(statement.offset, 5)) == "alter";
}

constexpr std::string_view how_to_rebuild =
    "SQLite's ALTER TABLE renames a table or a column, adds or drops a column, and does one of these at a time\n"
    "for anything else rebuild the table: `PRAGMA foreign_keys = off;` first, then CREATE TABLE new_t (..);\n"
    "INSERT INTO new_t SELECT .. FROM t; DROP TABLE t; ALTER TABLE new_t RENAME TO t;\n"
    "and its indexes, triggers and views again";

void explain_sql(const replayed_script& of, const statement_failure& failure, replay_finding& found) {
    const std::string& message = failure.why.message;
    const std::string name = subject_of(message);
    if (message.starts_with("no such table") || message.starts_with("no such view")) {
        explain_missing(of, name, found);
    } else if (message.find("already exists") != message.npos && of.step == replay_step::up) {
        if (const auto maker = maker_of(of.history, name, 0, of.migration)) {
            found.notes.push_back({*maker, "it was made here"});
        }
    }
    if (is_foreign_alter(of, failure)) found.hint = how_to_rebuild;
    if (of.options.target && *of.options.target > sqlite_library_number()) {
        found.level = severity::warning;
        found.hint = "this varve replays with SQLite " + sqlite_library_version() +
                     ", which is older than SQLITE_TARGET_VERSION " + to_string(*of.options.target);
    }
}

std::string code_of(replay_step step) {
    switch (step) {
        case replay_step::down:
            return "M602";
        case replay_step::up_again:
            return "M605";
        case replay_step::up:
            break;
    }
    return "M601";
}

std::string message_of(const replayed_script& of, const std::string& reason) {
    if (of.step != replay_step::up_again) return reason;
    return "after its down, this up fails: " + reason;
}

void explain_function(const statement_failure& failure, replay_finding& found) {
    found.code = "M606";
    const std::size_t colon = failure.why.message.find(": ");
    const std::string name = failure.why.message.substr(colon == std::string::npos ? 0 : colon + 2);
    if (failure.why.message.starts_with("no such collation")) {
        found.hint = "if the application registers it, say so in add_db_migrations(): SQLITE_COLLATIONS " + name;
    } else if (failure.why.message.starts_with("no such function")) {
        found.hint = "if the application registers it, say so in add_db_migrations(): SQLITE_FUNCTIONS " + name +
                     "/1, with the number of its arguments";
    } else {
        found.hint = "correct the number behind the name in SQLITE_FUNCTIONS, or leave it out: any number then";
    }
}

}  // namespace

script_place place_of(const replayed_script& of, const statement_failure& failure) {
    const script_source& script = of.script();
    const auto& statements = script.script.statements;
    script_place place{of.migration, of.which(), 0};
    if (failure.statement >= statements.size()) return place;
    const classified_statement& statement = statements[failure.statement];
    place.offset = statement.offset;
    if (failure.why.offset >= 0 && static_cast<std::size_t>(failure.why.offset) < statement.size) {
        place.offset += static_cast<std::size_t>(failure.why.offset);
        return place;
    }
    const std::string subject = subject_of(failure.why.message);
    if (subject.empty()) return place;
    const std::span<const token> all = script.tokens.tokens;
    const token_reader tokens(script.file.text(),
                              all.subspan(statement.tokens.first_token, statement.tokens.token_count));
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens.plain(i) != subject) continue;
        place.offset = tokens[i].offset;
        break;
    }
    return place;
}

replay_finding explain_failure(const replayed_script& of, const statement_failure& failure) {
    replay_finding found{.level = severity::error,
                         .code = code_of(of.step),
                         .where = place_of(of, failure),
                         .message = message_of(of, failure.why.message),
                         .hint = {},
                         .notes = {}};
    const bool released = of.source().released;
    if (failure.kind == failure_kind::stopped) {
        found.level = severity::warning;
        found.code = "M608";
        found.message = "this statement was stopped while it was replayed: it takes too many steps or too much memory";
        found.hint =
            "does it end? if it does, write SQLITE_REPLAY off in add_db_migrations(): nothing from here on was "
            "replayed";
    } else if (failure.kind == failure_kind::function) {
        explain_function(failure, found);
        if (released) found.level = severity::warning;
    } else {
        explain_sql(of, failure, found);
        if (released && of.step != replay_step::up) found.level = severity::warning;
    }
    return found;
}

replay_finding explain_skipped(const replayed_script& of, const statement_failure& failure) {
    replay_finding found{.level = severity::note,
                         .code = "M607",
                         .where = place_of(of, failure),
                         .message = "this statement was not replayed: ",
                         .hint = {},
                         .notes = {}};
    if (failure.kind == failure_kind::stand_in) {
        found.message += failure.why.message;
        found.hint = "what the functions in SQLITE_FUNCTIONS give while building is made up, so this may be well";
    } else if (!failure.needs.empty()) {
        found.message += failure.needs + " reaches out of the database";
        found.hint = "while building there is no file and no extension; what needs them is not checked either";
    } else {
        found.message += failure.why.message;
        found.hint = "the SQLite that varve was built with does not have it; what needs it is not checked either";
    }
    return found;
}

}  // namespace varve::generator
