#include <lint/rules/rules.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace varve::generator::rules {
namespace {

/// Looks for what a statement names in the schema before it.
class looking_up {
public:
    looking_up(const reviewed_statement& statement, lint_findings& found)
        : statement_(statement), schema_(statement.before), found_(found) {}

    void operator()(const create_table& made) {
        const known_table* table = schema_.find_table(made.table);
        if (made.if_not_exists || table == nullptr) return;
        report(statement_.change.offset, "there is a table " + statement_.quoted(made.table) + " already");
        found_.back().notes.push_back(statement_.note_at(table->origin, "it is made here"));
    }

    void operator()(const alter_table& altered) {
        if (altered.if_exists) return;
        const known_table* table = expect_table(altered.table, statement_.change.offset);
        if (table == nullptr || !table->columns_are_known) return;
        for (const alter_table::action& each : altered.actions) {
            const auto name = [&](const auto& action) { expect_named(*table, altered, action, each.offset); };
            std::visit(name, each.what);
        }
    }

    void operator()(const create_index& made) {
        const object_name view = made.table;
        if (schema_.find_object(object_kind::materialized_view, view) != nullptr) return;
        const known_table* table = expect_table(made.table, statement_.change.offset);
        if (table == nullptr || !table->columns_are_known) return;
        for (const std::string& each : made.columns) {
            if (!each.empty()) expect_column(*table, made.table, each, statement_.change.offset);
        }
    }

    void operator()(const drop_objects& dropped) {
        if (dropped.if_exists || dropped.kind != object_kind::table) return;
        for (const auto& each : dropped.objects) expect_table(each.name, statement_.change.offset);
    }

    void operator()(const rename& renamed) {
        if (renamed.kind != object_kind::table && renamed.kind != object_kind::column) return;
        if (schema_.find_object(object_kind::view, renamed.object) != nullptr) return;
        const known_table* table = expect_table(renamed.object, statement_.change.offset);
        if (table == nullptr || !table->columns_are_known || renamed.kind == object_kind::table) return;
        expect_column(*table, renamed.object, renamed.part, statement_.change.offset);
    }

    template <typename Other>
    void operator()(const Other&) {}

private:
    void expect_named(const known_table& table, const alter_table& altered, const auto& action, std::size_t offset) {
        using kind = std::decay_t<decltype(action)>;
        if constexpr (std::is_same_v<kind, drop_column>) {
            if (!action.if_exists) expect_column(table, altered.table, action.column, offset, &altered);
        } else if constexpr (std::is_same_v<kind, alter_column_type> || std::is_same_v<kind, set_default> ||
                             std::is_same_v<kind, set_not_null> || std::is_same_v<kind, drop_not_null>) {
            expect_column(table, altered.table, action.column, offset, &altered);
        }
    }

    void expect_column(const known_table& table, const object_name& name, std::string_view column, std::size_t offset,
                       const alter_table* within = nullptr) {
        if (table.find_column(column) != nullptr || adds(within, column)) return;
        report(offset, "no migration before this one leaves a column " + statement_.quoted(column) + " in " +
                           statement_.quoted(name));
        found_.back().notes.push_back(statement_.note_at(table.origin, "the table is made here"));
    }

    static bool adds(const alter_table* within, std::string_view column) {
        if (within == nullptr) return false;
        for (const alter_table::action& each : within->actions) {
            const auto* added = std::get_if<add_column>(&each.what);
            if (added != nullptr && added->column.name == column) return true;
        }
        return false;
    }

    const known_table* expect_table(const object_name& name, std::size_t offset) {
        const known_table* table = schema_.find_table(name);
        if (table == nullptr) report(offset, "no migration before this one leaves a table " + statement_.quoted(name));
        return table;
    }

    void report(std::size_t offset, std::string message) {
        found_.push_back(
            {offset, std::move(message), "check the name; what is not made by this history cannot be known here", {}});
    }

    const reviewed_statement& statement_;
    const schema& schema_;
    lint_findings& found_;
};

}  // namespace

void unknown_object(const reviewed_statement& statement, lint_findings& found) {
    if (statement.before.is_complete()) std::visit(looking_up(statement, found), statement.change.what);
}

}  // namespace varve::generator::rules
