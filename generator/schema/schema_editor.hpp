#pragma once

#include <schema/schema.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// Does to a schema what one statement says: one function a kind of change.
class schema_editor {
public:
    schema_editor(schema& edited, made_by origin) : schema_(edited), origin_(origin) {}

    /// Everything but tables, by kind and name: for whoever lists a schema.
    [[nodiscard]] static std::vector<const known_object*> objects_of(const schema&);

    void operator()(const create_table&);
    void operator()(const alter_table&);
    void operator()(const rename&);
    void operator()(const create_index&);
    void operator()(const drop_objects&);
    void operator()(const create_object&);
    void operator()(const add_enum_value&);
    void operator()(const move_to_schema&);
    void operator()(const run_code&);
    /// Whatever else there is does not show in a schema.
    template <class Other>
    void operator()(const Other&) {}

private:
    using tables = std::map<object_name, known_table>;

    [[nodiscard]] bool is_postgresql() const { return schema_.engine_ == engine_kind::postgresql; }
    [[nodiscard]] known_table* find(const object_name&);

    // Columns.
    void act(known_table&, const table_action&);
    void act(known_table&, const add_column&);
    void act(known_table&, const drop_column&);
    void act(known_table&, const alter_column_type&);
    void act(known_table&, const set_default&);
    void act(known_table&, const set_not_null&);
    void act(known_table&, const drop_not_null&);
    void act(known_table&, const add_constraint&);
    void act(known_table&, const drop_constraint&);
    void act(known_table&, const validate_constraint&);
    void act(known_table&, const attach_partition&);
    void act(known_table&, const detach_partition&);
    template <class Other>
    void act(known_table&, const Other&) {}
    void change_column(known_table&, const std::string& name, const std::function<void(column_definition&)>&);
    void append_column(known_table&, const column_definition&);
    void append_columns_of_parents(known_table&, const create_table&);
    void rename_column(known_table&, const std::string& old_name, const std::string& new_name);

    // Constraints and indexes.
    void add_constraints(known_table&, const create_table&);
    void add(known_table&, constraint_definition);
    void add_index_of(known_table&, const constraint_definition&);
    void take_index_over(known_table&, constraint_definition&);
    void add(known_table&, create_index, bool of_constraint);
    void drop_constraints(known_table&, const std::function<bool(const constraint_definition&)>& which);
    void drop_references(const object_name& key, const constraint_definition& gone);
    void drop_index(known_table&, const std::string& key);
    void rename_constraint(known_table&, const std::string& old_name, const std::string& new_name);
    void rename_index(const object_name&, const std::string& new_name);
    void inherit(known_table& partition, const known_table& parent);
    [[nodiscard]] std::string unused_constraint_name(const known_table&, const constraint_definition&) const;
    [[nodiscard]] std::string unused_relation_name(const known_table&, std::string_view columns,
                                                   std::string_view label) const;

    // Whole tables and other objects.
    void for_each_partition(const known_table&, const std::function<void(known_table&)>&);
    void drop_table(const object_name&);
    void drop_schema(const std::string&);
    void drop_object(object_kind, const drop_objects::object&);
    void move_table(const object_name&, const object_name& new_name);
    void follow_table(const object_name& old_key, const object_name& new_name);
    void put_back(known_object);
    [[nodiscard]] known_object* find_type(const object_name&);
    void rename_object(const rename&);

    schema& schema_;
    made_by origin_;
    std::set<const known_table*> visiting_;  ///< those whose partitions are visited now
};

}  // namespace varve::generator
