#include <inverse/index_again.hpp>
#include <inverse/last_definition.hpp>
#include <inverse/object_words.hpp>
#include <inverse/undoing.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace varve::generator {
namespace {

bool belongs_to_a_table(object_kind kind) {
    return kind == object_kind::trigger || kind == object_kind::policy || kind == object_kind::rule;
}

/// Of the objects that have no kind of their own, those that DROP names by their name alone.
bool is_dropped_by_name(const create_object& made) {
    static constexpr std::array<std::string_view, 14> keywords{"ACCESS METHOD",
                                                               "COLLATION",
                                                               "CONVERSION",
                                                               "EVENT TRIGGER",
                                                               "FOREIGN DATA WRAPPER",
                                                               "PUBLICATION",
                                                               "SERVER",
                                                               "STATISTICS",
                                                               "TABLESPACE",
                                                               "TEXT SEARCH CONFIGURATION",
                                                               "TEXT SEARCH DICTIONARY",
                                                               "TEXT SEARCH PARSER",
                                                               "TEXT SEARCH TEMPLATE",
                                                               "TYPE"};
    return made.kind != object_kind::other || std::ranges::find(keywords, made.keyword) != keywords.end();
}

/// `VIEW recent`, `TRIGGER touch ON users`, `FUNCTION add(int4, int4)`
std::string dropped_name(const undone_statement& statement, const create_object& made) {
    std::string name = made.keyword + " " + statement.quoted(made.name) + made.signature;
    // SQLite's triggers have names of their own.
    if (belongs_to_a_table(made.kind) && statement.is_postgresql()) name += " ON " + statement.quoted(made.of);
    return name;
}

/// DATABASE, TABLESPACE, SUBSCRIPTION: not inside a transaction.
bool is_dropped_outside_transaction(const create_object& made) {
    return made.kind == object_kind::database || made.keyword == "TABLESPACE";
}

void drop(const undone_statement& statement, const create_object& made, undo_steps& steps) {
    if (!is_dropped_by_name(made)) {
        steps.refuse("CREATE " + made.keyword + " " + statement.quoted(made.name),
                     "varve does not know how it is undone");
        return;
    }
    if (made.kind == object_kind::sequence) steps.mark(inverse_line_kind::loses_data, "the number it has come to");
    std::string sql = "DROP " + dropped_name(statement, made);
    if (is_dropped_outside_transaction(made)) {
        steps.run_outside_transaction(std::move(sql));
    } else {
        steps.run(std::move(sql));
    }
}

bool says_or_replace(const statement_text& text) { return text.tokens().words(1, {"or", "replace"}); }

/// CREATE OR REPLACE of something that was there: its last definition comes back.
void put_back(const undone_statement& statement, const create_object& made, const known_object& old,
              undo_steps& steps) {
    const statement_text text = statement.history.text(old.origin);
    const last_definition found = find_last_definition(statement, {old.origin, made.kind, made.name, text});
    if (!found.why_not.empty()) {
        steps.refuse("CREATE OR REPLACE " + dropped_name(statement, made), found.why_not);
        return;
    }
    if (made.kind == object_kind::view) {
        // A view cannot be replaced by one with fewer columns, and the new one may have more.
        steps.run("DROP " + dropped_name(statement, made));
        run_again(found, text.text(0, text.size()), steps);
        return;
    }
    steps.run(says_or_replace(text) ? text.text(0, text.size()) : with_words_behind(text, 0, "OR REPLACE"));
}

/// One object of a DROP.
struct dropped_object {
    const drop_objects& statement;
    const drop_objects::object& object;
};

std::string what_is_dropped(const undone_statement& statement, const dropped_object& dropped) {
    const std::string_view keyword = keyword_of(dropped.statement.kind);
    std::string what = "DROP " + (keyword.empty() ? std::string() : std::string(keyword) + " ");
    return what + statement.quoted(dropped.object.name) + dropped.object.signature;
}

void refuse_unknown(const undone_statement& statement, const dropped_object& dropped, undo_steps& steps) {
    if (dropped.statement.if_exists && statement.before.is_complete()) {
        steps.mark(inverse_line_kind::nothing, what_is_dropped(statement, dropped) + ": no migration before makes it");
        return;
    }
    steps.refuse(what_is_dropped(statement, dropped), "no migration before makes it");
}

void undo_drop_index(const undone_statement& statement, const dropped_object& dropped, undo_steps& steps) {
    const known_index* const known = statement.before.find_index(dropped.object.name);
    if (known == nullptr) return refuse_unknown(statement, dropped, steps);
    const auto mode = dropped.statement.concurrently ? index_mode::concurrently : index_mode::in_transaction;
    const std::string why = build_again(statement, *known, mode, steps);
    if (!why.empty()) steps.refuse(what_is_dropped(statement, dropped), why);
}

void undo_drop_table(const undone_statement& statement, const dropped_object& dropped, undo_steps& steps) {
    const known_table* const known = statement.before.find_table(dropped.object.name);
    if (known != nullptr && known->temporary) return;
    if (known == nullptr && dropped.statement.if_exists) return refuse_unknown(statement, dropped, steps);
    steps.refuse(what_is_dropped(statement, dropped), "its rows are gone");
}

void undo_drop_object(const undone_statement& statement, const dropped_object& dropped, undo_steps& steps) {
    const drop_objects::object& object = dropped.object;
    const known_object* const known =
        statement.before.find_object(dropped.statement.kind, object.name, object.of, object.signature);
    if (known == nullptr) return refuse_unknown(statement, dropped, steps);
    const statement_text text = statement.history.text(known->origin);
    const last_definition found =
        find_last_definition(statement, {known->origin, known->definition.kind, known->definition.name, text});
    if (!found.why_not.empty()) {
        steps.refuse(what_is_dropped(statement, dropped), found.why_not);
        return;
    }
    if (known->definition.kind == object_kind::sequence) {
        steps.mark(inverse_line_kind::loses_data, "the number it had come to: it begins again");
    }
    run_again(found, text.text(0, text.size()), steps);
}

bool takes_more_with_it(const drop_objects& dropped) { return dropped.cascade && dropped.kind != object_kind::table; }

}  // namespace

void undo(const undone_statement& statement, const create_object& made, undo_steps& steps) {
    steps.begin(statement.change.offset);
    const known_object* const known = statement.before.find_object(made.kind, made.name, made.of, made.signature);
    if (made.if_not_exists) {
        const std::string object = dropped_name(statement, made);
        if (known == nullptr) {
            steps.refuse("CREATE " + object, "IF NOT EXISTS leaves open whether this migration made it");
        } else {
            steps.mark(inverse_line_kind::nothing,
                       object + " was there already, since " + statement.history.place(known->origin));
        }
    } else if (made.or_replace && known != nullptr) {
        put_back(statement, made, *known, steps);
    } else {
        if (made.or_replace && !statement.before.is_complete()) {
            steps.mark(inverse_line_kind::check,
                       "was there one before? No migration says so, but not all that ran is known");
        }
        drop(statement, made, steps);
    }
}

void undo(const undone_statement& statement, const drop_objects& dropped, undo_steps& steps) {
    for (const drop_objects::object& each : dropped.objects) {
        steps.begin(statement.change.offset);
        const dropped_object one{dropped, each};
        if (dropped.kind == object_kind::table) {
            undo_drop_table(statement, one, steps);
        } else if (takes_more_with_it(dropped)) {
            steps.refuse(what_is_dropped(statement, one), "CASCADE may have dropped more than it");
        } else if (dropped.kind == object_kind::index) {
            undo_drop_index(statement, one, steps);
        } else {
            undo_drop_object(statement, one, steps);
        }
    }
}

}  // namespace varve::generator
