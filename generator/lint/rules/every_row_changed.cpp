#include <lint/losses.hpp>
#include <lint/rewritten.hpp>
#include <lint/rules/rules.hpp>
#include <schema/statement_text.hpp>

#include <algorithm>

namespace varve::generator::rules {
namespace {

/// `UPDATE t SET a = .., (b, c) = ..`: every column that is set is one that a draft adds, so nothing of old is lost.
bool fills_new_columns(const reviewed_statement& statement, const data_change& changed) {
    const statement_text text = tokens_of(statement, statement.change);
    std::size_t at = 0;
    while (at < text.size() && !text.tokens().word(at, "set")) ++at;
    bool all_new = ++at < text.size();
    while (all_new && at < text.size()) {
        if (text.tokens().symbol(at, "(")) return false;
        all_new = !is_column_in_use(statement, changed.table, text.name(at));
        const std::size_t end = text.end_of_element(at);
        const bool goes_on = text.tokens().symbol(end, ",");
        at = goes_on ? end + 1 : text.size();
    }
    return all_new;
}

}  // namespace

void every_row_changed(const reviewed_statement& statement, lint_findings& found) {
    const auto* changed = std::get_if<data_change>(&statement.change.what);
    if (changed == nullptr || changed->has_where || !statement.exists_in_production(changed->table)) return;
    const bool deletes = changed->kind == data_change_kind::delete_rows;
    if (!deletes && changed->kind != data_change_kind::update) return;
    if (!deletes && fills_new_columns(statement, *changed)) return;
    const std::string table = statement.quoted(changed->table);
    const classified_statement& own = statement.script.script.statements[statement.change.statement];
    found.push_back({statement.change.offset,
                     deletes ? "all rows of " + table + " are lost: DELETE has no WHERE"
                             : "every row of " + table + " loses what it held: UPDATE has no WHERE",
                     "if all rows are meant, say so:\n" +
                         on_one_line(statement.script, own.offset, own.offset + own.size) + " WHERE true;",
                     made_in(statement, changed->table)});
}

}  // namespace varve::generator::rules
