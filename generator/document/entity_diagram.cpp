#include <document/entity_diagram.hpp>

#include <schema/type_text.hpp>

#include <algorithm>

namespace varve::generator {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What may stand in Mermaid's attributes; anything else would end the diagram with an error.
std::string word(std::string_view text, std::string_view more) {
    std::string result;
    for (const char c : text) {
        const bool kept = is_letter(c) || is_digit(c) || c == '_' || more.find(c) != std::string_view::npos;
        result += kept ? c : '_';
    }
    if (result.empty() || !is_letter(result.front())) result.insert(0, "_");
    return result;
}

std::string type_word(const type_name& type) {
    const std::string text = type_text(type);
    if (text.empty()) return "any";
    const std::string result = word(text, "()[]");
    return is_letter(result.front()) ? result : "t" + result;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) result += c == '"' || c == '\n' ? '\'' : c;
    return result + "\"";
}

std::string entity(const object_name& name) { return quoted(shown_name(name)); }

bool has(const known_table& table, constraint_kind kind, std::string_view column) {
    return std::ranges::any_of(table.constraints, [&](const known_constraint& each) {
        const auto& columns = each.definition.columns;
        const bool alone = kind != constraint_kind::unique || columns.size() == 1;
        return each.definition.kind == kind && alone && std::ranges::find(columns, column) != columns.end();
    });
}

std::string keys_of(const known_table& table, std::string_view column) {
    std::string keys;
    const auto add = [&](std::string_view key) { keys += (keys.empty() ? " " : ", ") + std::string(key); };
    if (has(table, constraint_kind::primary_key, column)) add("PK");
    if (has(table, constraint_kind::foreign_key, column)) add("FK");
    if (has(table, constraint_kind::unique, column)) add("UK");
    return keys;
}

bool same_columns(std::vector<std::string> some, std::vector<std::string> others) {
    std::ranges::sort(some);
    std::ranges::sort(others);
    return some == others;
}

// At most one row for each value: a key says so, or an index.
bool is_unique(const known_table& table, const std::vector<std::string>& columns) {
    const auto by_constraint = [&](const known_constraint& each) {
        const constraint_kind kind = each.definition.kind;
        return (kind == constraint_kind::primary_key || kind == constraint_kind::unique) &&
               same_columns(each.definition.columns, columns);
    };
    const auto by_index = [&](const auto& each) {
        const create_index& index = each.second.definition;
        return index.unique && !index.partial && same_columns(index.columns, columns);
    };
    return std::ranges::any_of(table.constraints, by_constraint) || std::ranges::any_of(table.indexes, by_index);
}

std::string relation(const known_table& table, const constraint_definition& key) {
    const auto may_be_null = [&](const std::string& each) { return takes_null(table, each); };
    const bool always = std::ranges::none_of(key.columns, may_be_null);
    std::string columns;
    for (const std::string& each : key.columns) columns += (columns.empty() ? "" : ", ") + each;
    return "    " + entity(key.referenced) + (always ? " ||--o" : " |o--o") +
           (is_unique(table, key.columns) ? "|" : "{") + " " + entity(table.name) + " : " + quoted(columns) + "\n";
}

}  // namespace

std::string shown_name(const object_name& name) {
    return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

bool takes_null(const known_table& table, std::string_view column) {
    if (table.proves_not_null(column)) return false;
    const known_column* const known = table.find_column(column);
    if (known == nullptr) return true;
    std::string type = known->definition.type.name;
    for (char& c : type) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return type != "integer" || std::ranges::none_of(table.constraints, [&](const known_constraint& each) {
               const auto& columns = each.definition.columns;
               return each.definition.kind == constraint_kind::primary_key && columns.size() == 1 &&
                      columns[0] == column;
           });
}

std::string entity_diagram(const schema& of) {
    std::string entities;
    std::string relations;
    for (const auto& [key, table] : of.tables()) {
        if (table.temporary) continue;
        entities += "    " + entity(table.name) + " {\n";
        for (const known_column& each : table.columns) {
            const column_definition& column = each.definition;
            entities +=
                "        " + type_word(column.type) + " " + word(column.name, "-") + keys_of(table, column.name) + "\n";
        }
        entities += "    }\n";
        for (const known_constraint& each : table.constraints) {
            if (each.definition.kind == constraint_kind::foreign_key) relations += relation(table, each.definition);
        }
    }
    return entities.empty() ? entities : "erDiagram\n" + entities + relations;
}

}  // namespace varve::generator
