#include <schema/schema_editor.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

bool is_table(object_kind kind) { return kind == object_kind::table; }

}  // namespace

std::vector<const known_object*> schema_editor::objects_of(const schema& listed) {
    std::vector<const known_object*> result;
    result.reserve(listed.objects_.size());
    for (const auto& each : listed.objects_) result.push_back(&each.second);
    return result;
}

void schema_editor::operator()(const run_code& code) {
    if (code.what != "SELECT") schema_.complete_ = false;
}

void schema_editor::operator()(const create_object& made) {
    const schema::object_key key{made.kind, schema_.key_of(made.name),
                                 made.of.name.empty() ? object_name() : schema_.key_of(made.of), made.signature};
    if (made.or_replace) {
        schema_.objects_.insert_or_assign(key, known_object{made, origin_});
    } else {
        schema_.objects_.try_emplace(key, known_object{made, origin_});
    }
}

known_object* schema_editor::find_type(const object_name& name) {
    return const_cast<known_object*>(schema_.find_object(object_kind::enum_type, name));
}

void schema_editor::operator()(const add_enum_value& added) {
    known_object* type = find_type(added.type);
    if (type == nullptr) return;
    std::vector<std::string>& values = type->definition.enum_values;
    if (std::find(values.begin(), values.end(), added.value) == values.end()) values.push_back(added.value);
}

void schema_editor::operator()(const drop_objects& dropped) {
    for (const drop_objects::object& each : dropped.objects) {
        if (is_table(dropped.kind)) {
            drop_table(each.name);
        } else if (dropped.kind == object_kind::index) {
            const auto place = schema_.index_tables_.find(schema_.key_of(each.name));
            if (place == schema_.index_tables_.end()) continue;
            const auto owner = schema_.tables_.find(place->second);
            if (owner != schema_.tables_.end()) drop_index(owner->second, schema_.folded(each.name.name));
        } else if (dropped.kind == object_kind::schema) {
            drop_schema(each.name.name);
        } else {
            drop_object(dropped.kind, each);
        }
    }
}

void schema_editor::drop_table(const object_name& name) {
    const object_name key = schema_.key_of_table(name);
    const auto found = schema_.tables_.find(key);
    if (found == schema_.tables_.end()) return;
    known_table& table = found->second;
    std::vector<object_name> partitions;
    for_each_partition(table, [&](const known_table& each) { partitions.push_back(each.name); });
    // SQLite keeps foreign keys to a table that is gone, and a new one of that name satisfies them.
    if (is_postgresql()) {
        drop_constraints(table, [](const constraint_definition&) { return true; });
    }
    for (const auto& [index, known] : table.indexes) schema_.index_tables_.erase({key.schema, index});
    std::erase_if(schema_.objects_, [&](const auto& each) { return each.first.of == key; });
    schema_.tables_.erase(found);
    for (const object_name& each : partitions) drop_table(each);
}

void schema_editor::drop_schema(const std::string& name) {
    std::vector<object_name> lost;
    for (const auto& [key, table] : schema_.tables_) {
        if (key.schema == name) lost.push_back(key);
    }
    for (const object_name& each : lost) drop_table(each);
    std::erase_if(schema_.objects_, [&](const auto& each) {
        return each.first.name.schema == name || each.first.of.schema == name ||
               (each.first.kind == object_kind::schema && each.first.name.name == name);
    });
}

void schema_editor::drop_object(object_kind kind, const drop_objects::object& dropped) {
    const known_object* known = schema_.find_object(kind, dropped.name, dropped.of, dropped.signature);
    if (known == nullptr) return;
    std::erase_if(schema_.objects_, [&](const auto& each) { return &each.second == known; });
}

void schema_editor::operator()(const rename& renamed) {
    known_table* table = find(renamed.object);
    switch (renamed.kind) {
        case object_kind::column:
            if (table != nullptr) rename_column(*table, renamed.part, renamed.new_name);
            return;
        case object_kind::constraint:
            if (table != nullptr) rename_constraint(*table, renamed.part, renamed.new_name);
            return;
        case object_kind::index:
            rename_index(renamed.object, renamed.new_name);
            return;
        case object_kind::table:
            if (table != nullptr) {
                move_table(renamed.object, {schema_.key_of_table(renamed.object).schema, renamed.new_name});
            } else {
                // ALTER TABLE renames whatever is a relation.
                rename_index(renamed.object, renamed.new_name);
                rename_object(renamed);
            }
            return;
        default:
            rename_object(renamed);
    }
}

/// To another name or another schema.
void schema_editor::move_table(const object_name& name, const object_name& new_name) {
    const object_name old_key = schema_.key_of_table(name);
    const object_name new_key = schema_.key_of(new_name);
    auto moved = schema_.tables_.extract(old_key);
    if (moved.empty()) return;
    if (schema_.tables_.contains(new_key)) {
        schema_.tables_.insert(std::move(moved));
        return;
    }
    known_table& table = moved.mapped();
    const object_name old_name = table.name;
    table.name = {new_key.schema == "pg_temp" || new_key.schema == "temp" ? std::string() : new_name.schema,
                  new_name.name};
    for (auto& [key, index] : table.indexes) {
        schema_.index_tables_.erase({old_key.schema, key});
        schema_.index_tables_.insert_or_assign({new_key.schema, key}, new_key);
        index.definition.table = table.name;
        index.definition.index.schema = table.name.schema;
    }
    for (const known_constraint& each : table.constraints) {
        const auto used = schema_.constraint_names_.find({old_key.schema, each.definition.name});
        if (used != schema_.constraint_names_.end()) schema_.constraint_names_.erase(used);
        schema_.constraint_names_.insert({new_key.schema, each.definition.name});
    }
    const object_name written = table.name;
    moved.key() = new_key;
    schema_.tables_.insert(std::move(moved));
    follow_table(old_key, written);
}

/// Whatever names a table knows it under its new name.
void schema_editor::follow_table(const object_name& old_key, const object_name& new_name) {
    for (auto& [key, other] : schema_.tables_) {
        if (!other.partition_of.name.empty() && schema_.key_of(other.partition_of) == old_key)
            other.partition_of = new_name;
        for (known_constraint& each : other.constraints) {
            constraint_definition& said = each.definition;
            if (said.kind == constraint_kind::foreign_key && schema_.key_of(said.referenced) == old_key)
                said.referenced = new_name;
        }
    }
    std::vector<known_object> owned;
    std::erase_if(schema_.objects_, [&](const auto& each) {
        if (each.first.of != old_key) return false;
        owned.push_back(each.second);
        return true;
    });
    for (known_object& each : owned) {
        each.definition.of = new_name;
        put_back(std::move(each));
    }
}

void schema_editor::put_back(known_object object) {
    const create_object& made = object.definition;
    schema::object_key key{made.kind, schema_.key_of(made.name),
                           made.of.name.empty() ? object_name() : schema_.key_of(made.of), made.signature};
    schema_.objects_.insert_or_assign(std::move(key), std::move(object));
}

void schema_editor::rename_object(const rename& renamed) {
    const bool of_table = renamed.kind == object_kind::trigger || renamed.kind == object_kind::policy ||
                          renamed.kind == object_kind::rule;
    const known_object* known = of_table ? schema_.find_object(renamed.kind, {{}, renamed.part}, renamed.object)
                                         : schema_.find_object(renamed.kind, renamed.object, {}, renamed.signature);
    if (known == nullptr && renamed.kind == object_kind::table) {
        for (const object_kind each :
             {object_kind::view, object_kind::materialized_view, object_kind::sequence, object_kind::foreign_table}) {
            if (known == nullptr) known = schema_.find_object(each, renamed.object);
        }
    }
    if (known == nullptr) return;
    known_object moved = *known;
    if (renamed.kind == object_kind::enum_type && !renamed.part.empty()) {
        std::replace(moved.definition.enum_values.begin(), moved.definition.enum_values.end(), renamed.part,
                     renamed.new_name);
        put_back(std::move(moved));
        return;
    }
    if (!of_table && !renamed.part.empty()) return;  // an attribute of a type, a domain's constraint
    std::erase_if(schema_.objects_, [&](const auto& each) { return &each.second == known; });
    moved.definition.name.name = renamed.new_name;
    put_back(std::move(moved));
}

void schema_editor::operator()(const move_to_schema& moved) {
    if (find(moved.object) != nullptr && is_table(moved.kind)) {
        move_table(moved.object, {moved.new_schema, moved.object.name});
        return;
    }
    const known_object* known = schema_.find_object(moved.kind, moved.object, {}, moved.signature);
    if (known == nullptr) return;
    known_object object = *known;
    std::erase_if(schema_.objects_, [&](const auto& each) { return &each.second == known; });
    object.definition.name.schema = moved.new_schema;
    put_back(std::move(object));
}

}  // namespace varve::generator
