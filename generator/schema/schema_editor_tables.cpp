#include <schema/schema_editor.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace varve::generator {
namespace {

struct serial_type {
    std::string_view name;
    std::string_view type;
};
constexpr std::array serial_types{
    serial_type{"serial", "int4"},  serial_type{"serial4", "int4"},     serial_type{"bigserial", "int8"},
    serial_type{"serial8", "int8"}, serial_type{"smallserial", "int2"}, serial_type{"serial2", "int2"},
};

/// What PostgreSQL makes of `id bigserial`.
void resolve_serial(column_definition& column, const known_table& table) {
    for (const serial_type& each : serial_types) {
        if (column.type.name != each.name || !column.type.schema.empty()) continue;
        column.type.name = each.type;
        column.not_null = true;
        column.default_value = default_kind::volatile_expression;
        column.default_text = "nextval('" + table.name.name + '_' + column.name + "_seq'::regclass)";
    }
}

}  // namespace

known_table* schema_editor::find(const object_name& name) {
    const auto found = schema_.tables_.find(schema_.key_of_table(name));
    return found == schema_.tables_.end() ? nullptr : &found->second;
}

void schema_editor::operator()(const create_table& made) {
    object_name key = schema_.key_of(made.table);
    if (made.temporary) key.schema = is_postgresql() ? "pg_temp" : "temp";
    const auto [place, is_new] = schema_.tables_.try_emplace(std::move(key));
    if (!is_new) return;
    known_table& table = place->second;
    table.name = made.table;
    table.origin = origin_;
    table.partition_of = made.partition_of;
    table.temporary = made.temporary;
    table.partitioned = made.partitioned;
    table.without_rowid = made.without_rowid;
    table.columns_are_known = !made.from_query && !made.like_others;
    table.ignores_case = !is_postgresql();
    append_columns_of_parents(table, made);
    for (const column_definition& column : made.columns) append_column(table, column);
    add_constraints(table, made);
    const known_table* parent = made.partition_of.name.empty() ? nullptr : find(made.partition_of);
    if (parent != nullptr) inherit(table, *parent);
}

void schema_editor::append_columns_of_parents(known_table& table, const create_table& made) {
    std::vector<object_name> parents = made.inherits;
    if (!made.partition_of.name.empty()) parents.push_back(made.partition_of);
    for (const object_name& each : parents) {
        const known_table* parent = find(each);
        if (parent == nullptr || !parent->columns_are_known) {
            table.columns_are_known = false;
            continue;
        }
        for (const known_column& column : parent->columns) {
            if (table.find_column(column.definition.name) == nullptr)
                table.columns.push_back({column.definition, origin_});
        }
        if (!made.partition_of.name.empty()) continue;
        for (const known_constraint& constraint : parent->constraints) {
            if (constraint.definition.kind == constraint_kind::check) add(table, constraint.definition);
        }
    }
}

void schema_editor::append_column(known_table& table, const column_definition& column) {
    if (column.autoincrement) table.autoincrement = true;
    const known_column* known = table.find_column(column.name);
    if (known == nullptr) {
        table.columns.push_back({column, origin_});
        if (is_postgresql()) resolve_serial(table.columns.back().definition, table);
        return;
    }
    // A child says something more of a column it inherits.
    column_definition& own = table.columns[static_cast<std::size_t>(known - table.columns.data())].definition;
    own.not_null = own.not_null || column.not_null;
    if (column.default_value == default_kind::none) return;
    own.default_value = column.default_value;
    own.default_text = column.default_text;
}

void schema_editor::operator()(const alter_table& altered) {
    known_table* table = find(altered.table);
    if (table == nullptr) return;
    for (const alter_table::action& each : altered.actions) act(*table, each.what);
}

void schema_editor::act(known_table& table, const table_action& action) {
    std::visit([&](const auto& what) { act(table, what); }, action);
    const bool is_inherited = !std::holds_alternative<attach_partition>(action) &&
                              !std::holds_alternative<detach_partition>(action) &&
                              !std::holds_alternative<drop_constraint>(action);
    if (!is_inherited) return;
    for_each_partition(table, [&](known_table& partition) {
        const auto* added = std::get_if<add_constraint>(&action);
        if (added == nullptr) {
            act(partition, action);
        } else {
            inherit(partition, table);
        }
    });
}

void schema_editor::act(known_table& table, const add_column& added) {
    if (table.find_column(added.column.name) != nullptr) return;
    append_column(table, added.column);
    for (const constraint_definition& each : added.column.constraints) add(table, each);
}

void schema_editor::act(known_table& table, const drop_column& dropped) {
    const auto names_it = [&](const std::vector<std::string>& columns) {
        return std::any_of(columns.begin(), columns.end(),
                           [&](const std::string& each) { return same_name(each, dropped.column, table); });
    };
    drop_constraints(table, [&](const constraint_definition& each) { return names_it(each.columns); });
    std::vector<std::string> lost;
    for (const auto& [key, index] : table.indexes) {
        if (names_it(index.definition.columns) || names_it(index.definition.used)) lost.push_back(key);
    }
    for (const std::string& key : lost) drop_index(table, key);
    std::erase_if(table.columns,
                  [&](const known_column& each) { return same_name(each.definition.name, dropped.column, table); });
}

void schema_editor::change_column(known_table& table, const std::string& name,
                                  const std::function<void(column_definition&)>& edit) {
    for (known_column& each : table.columns) {
        if (same_name(each.definition.name, name, table)) edit(each.definition);
    }
}

void schema_editor::act(known_table& table, const alter_column_type& altered) {
    change_column(table, altered.column, [&](column_definition& column) { column.type = altered.type; });
}

void schema_editor::act(known_table& table, const set_default& set) {
    change_column(table, set.column, [&](column_definition& column) {
        column.default_value = set.value;
        column.default_text = set.text;
    });
}

void schema_editor::act(known_table& table, const set_not_null& set) {
    change_column(table, set.column, [](column_definition& column) { column.not_null = true; });
}

void schema_editor::act(known_table& table, const drop_not_null& dropped) {
    change_column(table, dropped.column, [](column_definition& column) { column.not_null = false; });
}

void schema_editor::act(known_table& table, const attach_partition& attached) {
    known_table* partition = find(attached.partition);
    if (partition == nullptr) return;
    partition->partition_of = table.name;
    inherit(*partition, table);
}

void schema_editor::act(known_table&, const detach_partition& detached) {
    if (known_table* partition = find(detached.partition)) partition->partition_of = {};
}

void schema_editor::rename_column(known_table& table, const std::string& old_name, const std::string& new_name) {
    const auto rename_in = [&](std::vector<std::string>& columns) {
        for (std::string& each : columns) {
            if (same_name(each, old_name, table)) each = new_name;
        }
    };
    change_column(table, old_name, [&](column_definition& column) { column.name = new_name; });
    for (known_constraint& each : table.constraints) {
        rename_in(each.definition.columns);
        if (same_name(each.definition.not_null_check, old_name, table)) each.definition.not_null_check = new_name;
    }
    for (auto& [key, index] : table.indexes) {
        rename_in(index.definition.columns);
        rename_in(index.definition.used);
    }
    const object_name key = schema_.key_of_table(table.name);
    for (auto& [other_key, other] : schema_.tables_) {
        for (known_constraint& each : other.constraints) {
            if (each.definition.kind == constraint_kind::foreign_key &&
                schema_.key_of_table(each.definition.referenced) == key)
                rename_in(each.definition.referenced_columns);
        }
    }
    for_each_partition(table, [&](known_table& partition) { rename_column(partition, old_name, new_name); });
}

void schema_editor::for_each_partition(const known_table& table, const std::function<void(known_table&)>& visit) {
    // A table that is its own partition, through others perhaps, can be written, though not run.
    if (!table.partitioned || !visiting_.insert(&table).second) return;
    const object_name key = schema_.key_of_table(table.name);
    for (auto& [other_key, other] : schema_.tables_) {
        if (!other.partition_of.name.empty() && schema_.key_of_table(other.partition_of) == key) visit(other);
    }
    visiting_.erase(&table);
}

}  // namespace varve::generator
