#include <inverse/last_definition.hpp>
#include <inverse/object_words.hpp>
#include <inverse/undoing.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

/// Nothing but the table's own columns: it can be left to DROP TABLE whatever is dropped before that.
bool hangs_on_its_table_only(const create_index& made) {
    const bool plain_method = made.method.empty() || made.method == "btree";
    const auto is_expression = [](const std::string& column) { return column.empty(); };
    return plain_method && !made.partial && std::ranges::none_of(made.columns, is_expression);
}

/// The name that the statement or the server gave to an index; empty if it is not known.
object_name name_of(const undone_statement& statement, const create_index& made) {
    const known_table* const table = statement.after.find_table(made.table);
    if (!made.index.name.empty()) {
        // An index lives in the schema of its table.
        return {made.index.schema.empty() ? made.table.schema : made.index.schema, made.index.name};
    }
    if (table == nullptr) return {};
    for (const auto& [key, each] : table->indexes) {
        if (each.origin.migration == statement.at.migration && each.origin.statement == statement.at.statement) {
            return {made.table.schema, each.definition.index.name};
        }
    }
    return {};
}

/// Why an index that IF NOT EXISTS asks for may have been there; empty if it was not.
std::string why_uncertain(const undone_statement& statement, const create_index& made, const object_name& name) {
    if (!made.if_not_exists) return {};
    const known_table* const table = statement.before.find_table(made.table);
    if (table != nullptr && statement.before.find_index(name) == nullptr) return {};
    return "IF NOT EXISTS leaves open whether this migration made it";
}

}  // namespace

void undo(const undone_statement& statement, const create_table& made, undo_steps& steps) {
    // It is gone when the session that made it is.
    if (made.temporary) return;
    steps.begin(statement.change.offset);
    const std::string table = statement.quoted(made.table);
    if (made.if_not_exists) {
        const known_table* const known = statement.before.find_table(made.table);
        if (known == nullptr) {
            steps.refuse("CREATE TABLE IF NOT EXISTS " + table, "the table may have been there before");
        } else {
            steps.mark(inverse_line_kind::nothing,
                       table + " was there already, since " + statement.history.place(known->origin));
        }
        return;
    }
    steps.mark(inverse_line_kind::loses_data, "the rows of " + table);
    steps.run("DROP TABLE " + table);
}

void undo(const undone_statement& statement, const create_index& made, undo_steps& steps) {
    if (statement.is_new(made.table) && !made.concurrently && hangs_on_its_table_only(made)) return;
    steps.begin(statement.change.offset);
    const object_name name = name_of(statement, made);
    if (name.name.empty()) {
        steps.refuse("CREATE INDEX ON " + statement.quoted(made.table), "the server chose its name");
        return;
    }
    const std::string index = statement.quoted(name);
    const std::string uncertain = why_uncertain(statement, made, name);
    if (!uncertain.empty()) {
        steps.refuse("CREATE INDEX IF NOT EXISTS " + index, uncertain);
        return;
    }
    if (made.index.name.empty()) steps.mark(inverse_line_kind::check, "PostgreSQL chose this name");
    if (made.concurrently) {
        steps.run_outside_transaction("DROP INDEX CONCURRENTLY " + index);
    } else {
        steps.run("DROP INDEX " + index);
    }
}

void undo(const undone_statement& statement, const rename& renamed, undo_steps& steps) {
    steps.begin(statement.change.offset);
    const std::string old_name = renamed.part.empty() ? renamed.object.name : renamed.part;
    const object_name now{renamed.object.schema, renamed.part.empty() ? renamed.new_name : renamed.object.name};
    const std::string object = statement.quoted(now);
    const std::string to = " TO " + statement.quoted(old_name);
    const std::string part = statement.quoted(renamed.new_name);
    switch (renamed.kind) {
        case object_kind::column:
            steps.run("ALTER TABLE " + object + " RENAME COLUMN " + part + to);
            return;
        case object_kind::constraint:
            steps.run("ALTER TABLE " + object + " RENAME CONSTRAINT " + part + to);
            return;
        case object_kind::trigger:
        case object_kind::policy:
        case object_kind::rule:
            steps.run("ALTER " + std::string(keyword_of(renamed.kind)) + " " + part + " ON " + object + " RENAME" + to);
            return;
        default:
            break;
    }
    if (renamed.kind == object_kind::enum_type && !renamed.part.empty()) {
        steps.run("ALTER TYPE " + object + " RENAME VALUE " + text_literal(renamed.new_name) + " TO " +
                  text_literal(renamed.part));
    } else if (keyword_of(renamed.kind).empty() || !renamed.part.empty()) {
        steps.refuse(shown_statement(statement.history.text(statement.at)), "varve does not know how it is undone");
    } else {
        steps.run("ALTER " + std::string(keyword_of(renamed.kind)) + " " + object + renamed.signature + " RENAME" + to);
    }
}

void undo(const undone_statement& statement, const move_to_schema& moved, undo_steps& steps) {
    steps.begin(statement.change.offset);
    const std::string_view keyword = keyword_of(moved.kind);
    if (keyword.empty()) {
        steps.refuse(shown_statement(statement.history.text(statement.at)), "varve does not know how it is undone");
        return;
    }
    const std::string object = statement.quoted(object_name{moved.new_schema, moved.object.name}) + moved.signature;
    if (moved.object.schema.empty()) {
        steps.mark(inverse_line_kind::check, "the up script does not say in which schema it was");
    }
    const std::string schema = moved.object.schema.empty() ? "public" : moved.object.schema;
    const bool has_schema = moved.kind != object_kind::extension;
    steps.run("ALTER " + std::string(keyword) + " " + (has_schema ? object : statement.quoted(moved.object.name)) +
              " SET SCHEMA " + statement.quoted(schema));
}

}  // namespace varve::generator
