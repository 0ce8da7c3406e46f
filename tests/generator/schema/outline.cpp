#include "outline.hpp"

#include <algorithm>

namespace varve::generator {
namespace {

std::string_view letter(constraint_kind kind) {
    constexpr std::string_view letters[] = {"p", "u", "c", "f", "x", "n"};
    return letters[static_cast<std::size_t>(kind)];
}

std::string joined(const std::vector<std::string>& columns) {
    std::string text;
    for (const std::string& each : columns) text += (text.empty() ? "" : ",") + each;
    return text;
}

std::string modifiers(const type_name& type) {
    std::string text;
    for (const auto each : type.modifiers) text += (text.empty() ? "(" : ",") + std::to_string(each);
    return text.empty() ? text : text + ")";
}

}  // namespace

std::vector<std::string> postgresql_outline(const schema& known) {
    std::vector<std::string> lines;
    for (const auto& [key, table] : known.tables()) {
        const std::string name = (key.schema.empty() ? "public" : key.schema) + "." + key.name;
        lines.push_back("table " + name + (table.partitioned ? " partitioned" : "") +
                        (table.partition_of.name.empty() ? "" : " of " + table.partition_of.name));
        for (const known_column& each : table.columns) {
            const column_definition& column = each.definition;
            lines.push_back("column " + name + "." + column.name + " " + (column.type.array_dimensions > 0 ? "_" : "") +
                            column.type.name + (column.not_null ? " not null" : "") +
                            (column.default_text.empty() ? "" : " default") + (column.identity ? " identity" : "") +
                            (column.generated != generated_kind::none ? " generated" : ""));
        }
        for (const known_constraint& each : table.constraints) {
            lines.push_back("constraint " + name + "." + each.definition.name + " " +
                            std::string(letter(each.definition.kind)) +
                            (each.definition.not_valid ? " not valid" : ""));
        }
        for (const auto& [index, known_as] : table.indexes) {
            lines.push_back("index " + name + "." + index + (known_as.definition.unique ? " unique" : ""));
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::vector<std::string> sqlite_outline(const schema& known) {
    std::vector<std::string> lines;
    for (const auto& [key, table] : known.tables()) {
        const std::string& name = table.name.name;
        lines.push_back("table " + name + (table.without_rowid ? " without rowid" : "") +
                        (table.autoincrement ? " autoincrement" : ""));
        for (const known_column& each : table.columns) {
            const column_definition& column = each.definition;
            lines.push_back("column " + name + "." + column.name + " " + column.type.name + modifiers(column.type) +
                            (column.not_null ? " not null" : "") +
                            (column.default_text.empty() ? "" : " default " + column.default_text) +
                            (column.generated != generated_kind::none ? " generated" : ""));
        }
        for (const known_constraint& each : table.constraints) {
            const constraint_definition& said = each.definition;
            if (said.kind == constraint_kind::primary_key) lines.push_back("key " + name + " " + joined(said.columns));
            if (said.kind == constraint_kind::unique) lines.push_back("unique " + name + " " + joined(said.columns));
            if (said.kind == constraint_kind::foreign_key)
                lines.push_back("reference " + name + " " + joined(said.columns) + " to " + said.referenced.name);
        }
        for (const auto& [index, known_as] : table.indexes) {
            lines.push_back("index " + name + "." + known_as.definition.index.name +
                            (known_as.definition.unique ? " unique" : "") + " " + joined(known_as.definition.columns));
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace varve::generator
