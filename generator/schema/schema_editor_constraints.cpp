#include <schema/implied_names.hpp>
#include <schema/schema_editor.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

bool builds_index(constraint_kind kind) {
    return kind == constraint_kind::primary_key || kind == constraint_kind::unique ||
           kind == constraint_kind::exclusion;
}

bool is_key(constraint_kind kind) { return kind == constraint_kind::primary_key || kind == constraint_kind::unique; }

/// Of two equal keys in one CREATE TABLE PostgreSQL builds one, and a primary key rather than a unique one.
void drop_redundant_keys(std::vector<constraint_definition>& constraints) {
    std::stable_partition(constraints.begin(), constraints.end(),
                          [](const constraint_definition& each) { return each.kind == constraint_kind::primary_key; });
    for (auto each = constraints.begin(); each != constraints.end();) {
        const auto earlier = std::find_if(constraints.begin(), each, [&](const constraint_definition& other) {
            return is_key(other.kind) && is_key(each->kind) && other.columns == each->columns;
        });
        if (earlier == each) {
            ++each;
            continue;
        }
        if (earlier->name.empty()) earlier->name = each->name;
        each = constraints.erase(each);
    }
}

}  // namespace

void schema_editor::add_constraints(known_table& table, const create_table& made) {
    std::vector<constraint_definition> all;
    for (const column_definition& column : made.columns) {
        all.insert(all.end(), column.constraints.begin(), column.constraints.end());
    }
    all.insert(all.end(), made.constraints.begin(), made.constraints.end());
    if (is_postgresql()) drop_redundant_keys(all);
    for (constraint_definition& each : all) {
        // There is no row yet that could break it.
        each.not_valid = false;
        add(table, std::move(each));
    }
}

void schema_editor::act(known_table& table, const add_constraint& added) { add(table, added.constraint); }

void schema_editor::add(known_table& table, constraint_definition constraint) {
    if (!constraint.using_index.empty()) take_index_over(table, constraint);
    if (constraint.name.empty() && is_postgresql()) constraint.name = unused_constraint_name(table, constraint);
    if (!constraint.name.empty() && table.find_constraint(constraint.name) != nullptr) return;
    // SQLite takes NULL in a primary key, but not in a table that is stored by it.
    if ((constraint.kind == constraint_kind::primary_key && (is_postgresql() || table.without_rowid)) ||
        (constraint.kind == constraint_kind::not_null && !constraint.not_valid)) {
        for (const std::string& column : constraint.columns) act(table, set_not_null{column});
    }
    if (is_postgresql() && builds_index(constraint.kind) && constraint.using_index.empty())
        add_index_of(table, constraint);
    schema_.constraint_names_.insert({schema_.key_of_table(table.name).schema, constraint.name});
    table.constraints.push_back({std::move(constraint), origin_});
}

void schema_editor::add_index_of(known_table& table, const constraint_definition& constraint) {
    create_index index;
    index.index = {table.name.schema, constraint.name};
    index.table = table.name;
    index.columns = constraint.columns;
    index.method = constraint.kind == constraint_kind::exclusion ? "gist" : "btree";
    index.unique = constraint.kind != constraint_kind::exclusion;
    add(table, std::move(index), true);
}

/// ADD CONSTRAINT name UNIQUE USING INDEX index: the index gets the constraint's name.
void schema_editor::take_index_over(known_table& table, constraint_definition& constraint) {
    auto index = table.indexes.extract(constraint.using_index);
    if (index.empty()) {
        if (constraint.name.empty()) constraint.name = constraint.using_index;
        return;
    }
    if (constraint.name.empty()) constraint.name = constraint.using_index;
    constraint.columns = index.mapped().definition.columns;
    index.key() = constraint.name;
    index.mapped().definition.index.name = constraint.name;
    index.mapped().of_constraint = true;
    const object_name table_key = schema_.key_of_table(table.name);
    schema_.index_tables_.erase({table_key.schema, constraint.using_index});
    schema_.index_tables_.insert_or_assign({table_key.schema, constraint.name}, table_key);
    table.indexes.insert(std::move(index));
}

void schema_editor::operator()(const create_index& made) {
    known_table* table = find(made.table);
    if (table == nullptr) return;
    add(*table, made, false);
    if (made.only) return;
    for_each_partition(*table, [&](known_table& partition) { inherit(partition, *table); });
}

void schema_editor::add(known_table& table, create_index index, bool of_constraint) {
    if (index.index.name.empty()) {
        const std::vector<std::string>& parts = index.name_parts.empty() ? index.columns : index.name_parts;
        index.index.name = unused_relation_name(table, joined_columns(parts), "idx");
    }
    const std::string key = schema_.folded(index.index.name);
    const object_name table_key = schema_.key_of_table(table.name);
    if (!schema_.index_tables_.try_emplace({table_key.schema, key}, table_key).second) return;
    table.indexes.insert_or_assign(key, known_index{std::move(index), origin_, of_constraint});
}

/// What a partition has because the partitioned table has it.
void schema_editor::inherit(known_table& partition, const known_table& parent) {
    for (const known_constraint& each : parent.constraints) {
        constraint_definition own = each.definition;
        const bool has_it =
            std::any_of(partition.constraints.begin(), partition.constraints.end(), [&](const known_constraint& other) {
                const bool same = builds_index(own.kind) ? other.definition.columns == own.columns
                                                         : other.definition.name == own.name;
                return other.definition.kind == own.kind && same;
            });
        if (has_it) continue;
        if (builds_index(own.kind)) own.name.clear();
        own.using_index.clear();
        add(partition, std::move(own));
    }
    for (const auto& [key, index] : parent.indexes) {
        if (index.of_constraint) continue;
        const create_index& wanted = index.definition;
        const bool has_it = std::any_of(partition.indexes.begin(), partition.indexes.end(), [&](const auto& other) {
            return other.second.definition.columns == wanted.columns && other.second.definition.unique == wanted.unique;
        });
        if (has_it) continue;
        create_index own = wanted;
        own.index = {partition.name.schema, {}};
        own.table = partition.name;
        add(partition, std::move(own), false);
    }
}

void schema_editor::act(known_table& table, const drop_constraint& dropped) {
    const known_constraint* known = table.find_constraint(dropped.constraint);
    if (known == nullptr) return;
    const constraint_definition gone = known->definition;
    drop_constraints(table, [&](const constraint_definition& each) { return each.name == gone.name; });
    for_each_partition(table, [&](known_table& partition) {
        drop_constraints(partition, [&](const constraint_definition& each) {
            return each.kind == gone.kind && each.columns == gone.columns &&
                   (builds_index(gone.kind) || each.name == gone.name);
        });
    });
}

void schema_editor::drop_constraints(known_table& table,
                                     const std::function<bool(const constraint_definition&)>& which) {
    const object_name key = schema_.key_of_table(table.name);
    std::vector<constraint_definition> gone;
    for (const known_constraint& each : table.constraints) {
        if (which(each.definition)) gone.push_back(each.definition);
    }
    std::erase_if(table.constraints, [&](const known_constraint& each) { return which(each.definition); });
    for (const constraint_definition& each : gone) {
        const auto name = schema_.constraint_names_.find({key.schema, each.name});
        if (name != schema_.constraint_names_.end()) schema_.constraint_names_.erase(name);
        if (builds_index(each.kind)) drop_index(table, schema_.folded(each.name));
        if (is_key(each.kind) && is_postgresql()) drop_references(key, each);
    }
}

/// Foreign keys that rest on a key: they go with it (CASCADE; without it the statement fails).
void schema_editor::drop_references(const object_name& key, const constraint_definition& gone) {
    for (auto& [other_key, other] : schema_.tables_) {
        const auto rests_on_it = [&](const constraint_definition& each) {
            if (each.kind != constraint_kind::foreign_key || schema_.key_of_table(each.referenced) != key) return false;
            if (each.referenced_columns.empty()) return gone.kind == constraint_kind::primary_key;
            return each.referenced_columns == gone.columns;
        };
        const bool any = std::any_of(other.constraints.begin(), other.constraints.end(),
                                     [&](const known_constraint& each) { return rests_on_it(each.definition); });
        if (any) drop_constraints(other, rests_on_it);
    }
}

void schema_editor::drop_index(known_table& table, const std::string& key) {
    if (table.indexes.erase(key) == 0) return;
    schema_.index_tables_.erase({schema_.key_of_table(table.name).schema, key});
}

void schema_editor::act(known_table& table, const validate_constraint& validated) {
    for (known_constraint& each : table.constraints) {
        if (!same_name(each.definition.name, validated.constraint, table)) continue;
        each.definition.not_valid = false;
        if (each.definition.kind != constraint_kind::not_null) continue;
        for (const std::string& column : each.definition.columns) act(table, set_not_null{column});
    }
}

void schema_editor::rename_constraint(known_table& table, const std::string& old_name, const std::string& new_name) {
    const std::string table_schema = schema_.key_of_table(table.name).schema;
    for (known_constraint& each : table.constraints) {
        if (each.definition.name != old_name) continue;
        each.definition.name = new_name;
        const auto name = schema_.constraint_names_.find({table_schema, old_name});
        if (name != schema_.constraint_names_.end()) schema_.constraint_names_.erase(name);
        schema_.constraint_names_.insert({table_schema, new_name});
        if (builds_index(each.definition.kind)) rename_index({table_schema, old_name}, new_name);
    }
}

void schema_editor::rename_index(const object_name& name, const std::string& new_name) {
    const object_name key = schema_.key_of(name);
    auto place = schema_.index_tables_.extract(key);
    if (place.empty()) return;
    const auto owner = schema_.tables_.find(place.mapped());
    place.key() = {key.schema, schema_.folded(new_name)};
    schema_.index_tables_.insert(std::move(place));
    if (owner == schema_.tables_.end()) return;
    known_table& table = owner->second;
    auto index = table.indexes.extract(key.name);
    if (index.empty()) return;
    index.key() = schema_.folded(new_name);
    index.mapped().definition.index.name = new_name;
    const bool of_constraint = index.mapped().of_constraint;
    table.indexes.insert(std::move(index));
    if (of_constraint) rename_constraint(table, key.name, new_name);
}

std::string schema_editor::unused_constraint_name(const known_table& table,
                                                  const constraint_definition& constraint) const {
    const std::string columns = columns_in_name(constraint);
    if (builds_index(constraint.kind)) return unused_relation_name(table, columns, label_of(constraint.kind));
    const std::string in_schema = schema_.key_of_table(table.name).schema;
    const std::string label(label_of(constraint.kind));
    std::string name = implied_name(table.name.name, columns, label);
    for (int number = 1; schema_.constraint_names_.contains({in_schema, name}); ++number) {
        name = implied_name(table.name.name, columns, label + std::to_string(number));
    }
    return name;
}

std::string schema_editor::unused_relation_name(const known_table& table, std::string_view columns,
                                                std::string_view label) const {
    const std::string in_schema = schema_.key_of_table(table.name).schema;
    const auto is_used = [&](const std::string& name) {
        const object_name key{in_schema, name};
        return schema_.tables_.contains(key) || schema_.index_tables_.contains(key) ||
               (label != "idx" && schema_.constraint_names_.contains(key));
    };
    std::string name = implied_name(table.name.name, columns, label);
    for (int number = 1; is_used(name); ++number) {
        name = implied_name(table.name.name, columns, std::string(label) + std::to_string(number));
    }
    return name;
}

}  // namespace varve::generator
