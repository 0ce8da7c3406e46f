#include <document/schema_section.hpp>

#include <document/entity_diagram.hpp>
#include <document/markdown.hpp>
#include <schema/schema_editor.hpp>
#include <schema/script_changes.hpp>
#include <schema/type_text.hpp>

#include <string_view>

namespace varve::generator {
namespace {

using markdown::code;
using markdown::codes;

schema final_schema(const history_source& history) {
    schema made(history.engine);
    for (std::size_t index = 0; index < history.migrations.size(); ++index) {
        for (const auto& each : changes_of(history.migrations[index].up, history.engine)) made.apply(each, index);
    }
    return made;
}

std::string made_by_link(const history_source& history, const made_by& origin) {
    const migration_source& migration = history.migrations[origin.migration];
    return markdown::link(migration.version_text, heading_of(migration));
}

std::string default_of(const column_definition& column) {
    if (column.generated != generated_kind::none) return "generated";
    if (column.identity) return "identity";
    return code(column.default_text);
}

std::string columns_table(const history_source& history, const known_table& table) {
    if (table.columns.empty()) return {};
    std::string text = markdown::header({"column", "type", "null", "default", "since"});
    for (const known_column& each : table.columns) {
        const column_definition& column = each.definition;
        text += markdown::row({code(column.name), code(type_text(column.type)),
                               takes_null(table, column.name) ? "yes" : "no", default_of(column),
                               made_by_link(history, each.origin)});
    }
    return text + "\n";
}

std::string_view word_of(constraint_kind kind) {
    switch (kind) {
        case constraint_kind::primary_key:
            return "primary key";
        case constraint_kind::unique:
            return "unique";
        case constraint_kind::check:
            return "check";
        case constraint_kind::foreign_key:
            return "foreign key";
        case constraint_kind::exclusion:
            return "exclusion";
        case constraint_kind::not_null:
            break;
    }
    return "not null";
}

std::string constraint_line(const constraint_definition& of) {
    std::string line = "* " + std::string(word_of(of.kind));
    if (!of.columns.empty()) line += " (" + codes(of.columns) + ")";
    const bool is_said = of.kind == constraint_kind::check || of.kind == constraint_kind::foreign_key ||
                         of.kind == constraint_kind::exclusion;
    if (is_said && !of.text.empty()) line += ": " + code(of.text);
    return line + (of.not_valid ? ", not validated\n" : "\n");
}

std::string index_line(const std::string& name, const create_index& of) {
    std::string columns;
    for (const std::string& each : of.columns) {
        columns += (columns.empty() ? "" : ", ") + (each.empty() ? std::string("an expression") : code(each));
    }
    std::string line = std::string("* ") + (of.unique ? "unique index " : "index ") + code(name) + " (" + columns + ")";
    if (!of.method.empty() && of.method != "btree") line += " by " + code(of.method);
    return line + (of.partial ? ", of some rows\n" : "\n");
}

std::string table_text(const history_source& history, const known_table& table) {
    std::string text =
        "### " + markdown::plain(shown_name(table.name)) + "\n\nMade by " + made_by_link(history, table.origin);
    if (!table.partition_of.name.empty()) text += ", a partition of " + code(shown_name(table.partition_of));
    text += ".\n\n";
    if (!table.columns_are_known) text += "It may have other columns: they come from a query or another table.\n\n";
    text += columns_table(history, table);
    std::string lines;
    for (const known_constraint& each : table.constraints) {
        if (each.definition.kind != constraint_kind::not_null) lines += constraint_line(each.definition);
    }
    for (const auto& [name, index] : table.indexes) {
        if (!index.of_constraint) lines += index_line(name, index.definition);
    }
    return lines.empty() ? text : text + lines + "\n";
}

std::string in_lower_case(std::string word) {
    for (char& c : word) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return word;
}

std::string other_objects(const history_source& history, const schema& made) {
    std::string rows;
    for (const known_object* each : schema_editor::objects_of(made)) {
        rows += markdown::row({in_lower_case(each->definition.keyword),
                               code(shown_name(each->definition.name) + each->definition.signature),
                               code(shown_name(each->definition.of)), made_by_link(history, each->origin)});
    }
    if (rows.empty()) return rows;
    return "## Other objects\n\n" + markdown::header({"kind", "name", "of", "since"}) + rows + "\n";
}

}  // namespace

std::string heading_of(const migration_source& of) { return of.version_text + " " + of.name; }

std::string schema_section(const history_source& history) {
    const schema made = final_schema(history);
    std::string text;
    const std::string diagram = entity_diagram(made);
    if (!diagram.empty()) text += "## Diagram\n\n" + markdown::block("mermaid", diagram) + "\n";
    text += "## Tables\n\n";
    if (!made.is_complete()) {
        text +=
            "Statements that run code in the database (`DO`, `CALL`, `SELECT` of a function) may have made more.\n\n";
    }
    bool any = false;
    for (const auto& [key, table] : made.tables()) {
        if (table.temporary) continue;
        text += table_text(history, table);
        any = true;
    }
    if (!any) text += "There is none.\n\n";
    return text + other_objects(history, made);
}

}  // namespace varve::generator
