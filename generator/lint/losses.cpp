#include <lint/losses.hpp>

#include <schema/script_changes.hpp>

#include <algorithm>
#include <span>

namespace varve::generator {
namespace {

std::string_view word_of(const lost_dependent& lost) {
    if (lost.kind == object_kind::index) return "the index";
    switch (lost.constraint.value_or(constraint_kind::check)) {
        case constraint_kind::primary_key:
            return "the primary key";
        case constraint_kind::unique:
            return "the unique constraint";
        case constraint_kind::foreign_key:
            return "the foreign key";
        case constraint_kind::exclusion:
            return "the exclusion constraint";
        case constraint_kind::not_null:
            return "the NOT NULL constraint";
        case constraint_kind::check:
            break;
    }
    return "the check";
}

bool adds(const statement_change& done, const object_name& table, std::string_view column) {
    const auto* altered = std::get_if<alter_table>(&done.what);
    if (altered == nullptr || !(altered->table == table)) return false;
    return std::ranges::any_of(altered->actions, [&](const alter_table::action& each) {
        const auto* added = std::get_if<add_column>(&each.what);
        return added != nullptr && added->column.name == column;
    });
}

bool earlier_draft_adds(const reviewed_statement& statement, const object_name& table, std::string_view column) {
    const history_source& history = statement.history;
    for (std::size_t i = 0; i < statement.migration; ++i) {
        if (history.migrations[i].released) continue;
        const auto all = changes_of(history.migrations[i].up, history.engine);
        if (std::ranges::any_of(all, [&](const auto& each) { return adds(each, table, column); })) return true;
    }
    return false;
}

}  // namespace

bool is_column_in_use(const reviewed_statement& statement, const object_name& table, std::string_view column) {
    if (!statement.exists_in_production(table, column)) return false;
    // Of a table that it did not make, a schema does not know what happens to it.
    if (statement.before.find_table(table) != nullptr) return true;
    const auto adds_it = [&](const statement_change& each) { return adds(each, table, column); };
    return std::ranges::none_of(statement.earlier, adds_it) && !earlier_draft_adds(statement, table, column);
}

std::vector<related> made_in(const reviewed_statement& statement, const object_name& table, std::string_view column) {
    const known_table* const known = statement.before.find_table(table);
    if (known == nullptr) return {};
    const known_column* const part = column.empty() ? nullptr : known->find_column(column);
    const made_by& origin = part == nullptr ? known->origin : part->origin;
    return {statement.note_at(origin, "it was made by migration " + statement.title_of(origin))};
}

std::string listed(const reviewed_statement& statement, const std::vector<lost_dependent>& lost,
                   std::string_view lead) {
    std::string text;
    for (const lost_dependent& each : lost) {
        text += text.empty() ? std::string(lead) : ", ";
        text += word_of(each);
        if (each.kind == object_kind::index) {
            text += " " + statement.quoted(each.name);
        } else if (each.name.empty()) {
            text += " of " + statement.quoted(each.table);
        } else {
            text += " " + statement.quoted(each.name) + " of " + statement.quoted(each.table);
        }
    }
    return text;
}

std::string how_to_allow(std::string_view code, std::string_view reason) {
    return std::string("if it is meant, say why above it: -- varve: allow ").append(code).append(" ").append(reason);
}

statement_text tokens_of(const reviewed_statement& statement, const statement_change& done) {
    const script_source& script = statement.script;
    const sql_statement& range = script.script.statements[done.statement].tokens;
    const std::span<const token> all = script.tokens.tokens;
    return {script.file.text(), all.subspan(range.first_token, range.token_count), statement.history.engine};
}

bool mentions(const reviewed_statement& statement, const statement_change& done, std::string_view name) {
    const statement_text text = tokens_of(statement, done);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.is_name(i) && text.name(i) == name) return true;
    }
    return false;
}

}  // namespace varve::generator
