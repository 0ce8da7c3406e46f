#include <lint/rules/rules.hpp>
#include <sql/token_reader.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace varve::generator::rules {
namespace {

/// Of a type that PostgreSQL brings with it and that is no enum, and made of none.
bool holds_no_enum(const known_column& column) {
    static constexpr std::array<std::string_view, 28> known{
        "bigserial",   "bool", "bpchar", "bytea",     "char",        "cidr", "citext",  "date", "float4",  "float8",
        "inet",        "int2", "int4",   "int8",      "interval",    "json", "jsonb",   "name", "numeric", "serial",
        "smallserial", "text", "time",   "timestamp", "timestamptz", "uuid", "varchar", "xml"};
    const type_name& type = column.definition.type;
    return type.schema.empty() && std::ranges::find(known, type.name) != known.end();
}

/// Whether a value of another table, or of a type that is said, may be meant.
bool names_more_than_its_table(const token_reader& tokens) {
    for (std::size_t i = 2; i < tokens.size(); ++i) {
        if (tokens.any_word(i, {"select", "from", "join", "using", "cast"}) || tokens.symbol(i, "::")) return true;
    }
    return tokens.word(0, "with");
}

/// Rows of a table whose columns are of other types: it is the same word, but not the value.
bool means_something_else(const reviewed_statement& statement) {
    const auto* changed = std::get_if<data_change>(&statement.change.what);
    const known_table* table = changed == nullptr ? nullptr : statement.before.find_table(changed->table);
    if (table == nullptr || !table->columns_are_known) return false;
    const classified_statement& own = statement.script.script.statements[statement.change.statement];
    const std::span<const token> all = statement.script.tokens.tokens;
    const token_reader tokens(statement.script.file.text(),
                              all.subspan(own.tokens.first_token, own.tokens.token_count));
    return std::ranges::all_of(table->columns, holds_no_enum) && !names_more_than_its_table(tokens);
}

}  // namespace

void enum_value_used_too_early(const reviewed_statement& statement, lint_findings& found) {
    if (!statement.in_transaction() || statement.change.constants.empty() || means_something_else(statement)) return;
    for (const string_constant& used : statement.change.constants) {
        const auto adds_it = [&](const statement_change& each) {
            const auto* added = std::get_if<add_enum_value>(&each.what);
            return added != nullptr && added->value == used.value;
        };
        const auto added = std::ranges::find_if(statement.earlier, adds_it);
        if (added == statement.earlier.end()) continue;
        const object_name& type = std::get<add_enum_value>(added->what).type;
        found.push_back({used.offset,
                         "PostgreSQL refuses '" + used.value + "' as a value of " + statement.quoted(type) +
                             " in the transaction that adds it: unsafe use of new value",
                         "use it in a later migration",
                         {{statement.script.file.location_of(added->offset), "it is added here"}}});
    }
}

}  // namespace varve::generator::rules
