#include <lint/later_changes.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>
#include <span>

namespace varve::generator::rules {
namespace {

struct new_reference {
    const object_name& table;
    const constraint_definition& constraint;
};

void keep_reference(const object_name& table, const constraint_definition& constraint,
                    std::vector<new_reference>& references) {
    if (constraint.kind == constraint_kind::foreign_key) references.push_back({table, constraint});
}

std::vector<new_reference> new_references(const change& what) {
    std::vector<new_reference> found;
    const auto keep_column = [&](const object_name& table, const column_definition& column) {
        for (const constraint_definition& each : column.constraints) keep_reference(table, each, found);
    };
    if (const auto* made = std::get_if<create_table>(&what)) {
        for (const column_definition& each : made->columns) keep_column(made->table, each);
        for (const constraint_definition& each : made->constraints) keep_reference(made->table, each, found);
    }
    if (const auto* altered = std::get_if<alter_table>(&what)) {
        for (const alter_table::action& each : altered->actions) {
            if (const auto* added = std::get_if<add_column>(&each.what)) keep_column(altered->table, added->column);
            if (const auto* added = std::get_if<add_constraint>(&each.what))
                keep_reference(altered->table, added->constraint, found);
        }
    }
    return found;
}

/// The key's first columns are those of the reference, in any order.
bool serves(std::span<const std::string> key, const std::vector<std::string>& columns) {
    return key.size() >= columns.size() && std::ranges::is_permutation(key.first(columns.size()), columns);
}

class looking {
public:
    explicit looking(const reviewed_statement& statement) : statement_(statement), later_(later_changes(statement)) {}

    [[nodiscard]] bool has_index(const new_reference& reference) const {
        const std::vector<std::string>& columns = reference.constraint.columns;
        return is_served_before(reference.table, columns) ||
               is_served_by(statement_.change.what, reference.table, columns) ||
               std::ranges::any_of(later_, [&](const statement_change& each) {
                   return is_served_by(each.what, reference.table, columns);
               });
    }

private:
    [[nodiscard]] bool is_served_before(const object_name& name, const std::vector<std::string>& columns) const {
        const known_table* table = statement_.before.find_table(name);
        if (table == nullptr) return false;
        const bool by_key = std::ranges::any_of(table->constraints, [&](const known_constraint& each) {
            const constraint_kind kind = each.definition.kind;
            const bool is_key = kind == constraint_kind::primary_key || kind == constraint_kind::unique;
            return is_key && serves(each.definition.columns, columns);
        });
        return by_key || std::ranges::any_of(table->indexes, [&](const auto& each) {
                   return serves(each.second.definition.columns, columns);
               });
    }

    static bool is_served_by(const change& what, const object_name& table, const std::vector<std::string>& columns) {
        return std::ranges::any_of(keys_made_by(what, table), [&](const auto& key) { return serves(key, columns); });
    }

    const reviewed_statement& statement_;
    std::vector<statement_change> later_;
};

std::string hint_for(const reviewed_statement& statement, const new_reference& reference) {
    std::string columns;
    for (const std::string& each : reference.constraint.columns) {
        columns += (columns.empty() ? "" : ", ") + statement.quoted(each);
    }
    return "CREATE INDEX ON " + statement.quoted(reference.table) + " (" + columns + ");";
}

}  // namespace

void foreign_key_without_index(const reviewed_statement& statement, lint_findings& found) {
    const std::vector<new_reference> references = new_references(statement.change.what);
    if (references.empty()) return;
    const looking indexes(statement);
    for (const new_reference& each : references) {
        if (indexes.has_index(each)) continue;
        found.push_back({each.constraint.offset,
                         "no index begins with the columns of this foreign key: each DELETE in " +
                             statement.quoted(each.constraint.referenced) + " reads all of " +
                             statement.quoted(each.table),
                         hint_for(statement, each),
                         {}});
    }
}

}  // namespace varve::generator::rules
