#include <lint/added_constraints.hpp>

#include <lint/actions.hpp>
#include <schema/implied_names.hpp>
#include <schema/statement_text.hpp>
#include <schema/type_text.hpp>
#include <sql/lexer.hpp>

#include <utility>

namespace varve::generator {
namespace {

std::string column_list(const reviewed_statement& statement, const std::vector<std::string>& names) {
    std::string list = "(";
    for (const std::string& each : names) list += (list.size() == 1 ? "" : ", ") + statement.quoted(each);
    return list + ")";
}

/// What is said before a constraint at a column to make it one of the table.
std::string lead_of(const reviewed_statement& statement, const added_constraint& added) {
    if (added.column == nullptr) return {};
    return added.constraint.kind == constraint_kind::foreign_key
               ? "FOREIGN KEY " + column_list(statement, {added.column->name}) + " "
               : std::string();
}

}  // namespace

key_options key_options_of(const constraint_definition& key) {
    const std::vector<token> tokens = lex(key.text, engine_kind::postgresql).tokens;
    const statement_text text(key.text, tokens, engine_kind::postgresql);
    const token_reader& words = text.tokens();
    key_options found;
    std::string nulls;  // behind what an index includes, before its settings
    for (std::size_t i = 0, end = 0; i < text.size(); i = end) {
        end = words.symbol(i, "(") ? text.behind_parentheses(i) : i + 1;
        if (words.word(i, "nulls")) {
            end = i + (words.word(i + 1, "not") ? 3 : 2);
            nulls = " " + text.text(i, end);
        } else if (words.word(i, "include")) {
            end = text.behind_parentheses(i + 1);
            found.of_index += " " + text.text(i, end);
        } else if (words.word(i, "with")) {
            end = text.behind_parentheses(i + 1);
            found.of_index += std::exchange(nulls, {}) + " " + text.text(i, end);
        } else if (words.words(i, {"using", "index", "tablespace"})) {
            end = i + 4;
            found.of_index += std::exchange(nulls, {}) + " " + text.text(i + 2, end);
        } else if (words.any_word(i, {"not", "deferrable", "initially"})) {
            end = text.size();
            found.of_constraint = " " + text.text(i, end);
        }
    }
    found.of_index += nulls;
    return found;
}

std::string added_constraint::name() const {
    if (!constraint.name.empty()) return constraint.name;
    constraint_definition whole = constraint;
    if (column != nullptr) whole.columns = {column->name};
    return implied_name(table.name, columns_in_name(whole), label_of(whole.kind));
}

std::string added_constraint::definition(const reviewed_statement& statement) const {
    const std::vector<std::string> columns =
        column == nullptr ? constraint.columns : std::vector<std::string>{column->name};
    if (constraint.kind == constraint_kind::unique) return "UNIQUE " + column_list(statement, columns);
    if (constraint.kind == constraint_kind::primary_key) return "PRIMARY KEY " + column_list(statement, columns);
    return lead_of(statement, *this) + (constraint.text.empty() ? "..." : constraint.text);
}

std::vector<added_constraint> constraints_added(const reviewed_statement& statement, constraint_kind kind) {
    std::vector<added_constraint> found;
    for (const auto& each : production_actions<add_constraint>(statement)) {
        const constraint_definition& constraint = each.action.constraint;
        if (constraint.kind == kind) found.push_back({each.table, constraint, nullptr, each.offset});
    }
    for (const auto& each : production_actions<add_column>(statement)) {
        for (const constraint_definition& constraint : each.action.column.constraints) {
            if (constraint.kind != kind) continue;
            const std::size_t offset = constraint.offset == 0 ? each.offset : constraint.offset;
            found.push_back({each.table, constraint, &each.action.column, offset});
        }
    }
    return found;
}

std::string column_alone(const reviewed_statement& statement, const added_constraint& added) {
    if (added.column == nullptr) return {};
    const column_definition& column = *added.column;
    std::string text = alter_table_text(statement, added.table) + "ADD COLUMN " + statement.quoted(column.name) + " " +
                       type_text(column.type);
    if (!column.default_text.empty()) text += " DEFAULT " + column.default_text;
    if (column.not_null && added.constraint.kind != constraint_kind::primary_key) text += " NOT NULL";
    return text + ";\n";
}

std::string added_not_valid(const reviewed_statement& statement, const added_constraint& added) {
    const std::string table = alter_table_text(statement, added.table);
    const std::string name = statement.quoted(added.name());
    return column_alone(statement, added) + table + "ADD CONSTRAINT " + name + " " + added.definition(statement) +
           " NOT VALID;\n" + table + "VALIDATE CONSTRAINT " + name + ";";
}

}  // namespace varve::generator
