#pragma once

#include <schema/changes.hpp>
#include <varve/history.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// Which statement made something.
struct made_by {
    std::size_t migration = 0;  ///< index into the history
    std::size_t statement = 0;  ///< index into its up script
};

struct known_column {
    column_definition definition;  ///< type, default and NOT NULL as they are now
    made_by origin;
};

struct known_constraint {
    constraint_definition definition;  ///< `not_valid` as it is now; implied names are those the server chooses
    made_by origin;
};

struct known_index {
    create_index definition;
    made_by origin;
    bool of_constraint = false;  ///< a PRIMARY KEY, UNIQUE or EXCLUDE constraint of the same name owns it
};

struct known_table {
    object_name name;                   ///< as it was last written
    std::vector<known_column> columns;  ///< in their order
    std::vector<known_constraint> constraints;
    std::map<std::string, known_index, std::less<>> indexes;
    made_by origin;
    object_name partition_of;  ///< empty name: none
    bool temporary = false;
    bool partitioned = false;
    bool autoincrement = false;     ///< SQLite
    bool without_rowid = false;     ///< SQLite
    bool columns_are_known = true;  ///< false: made from a query, from other tables, or by code
    bool ignores_case = false;      ///< SQLite

    [[nodiscard]] const known_column* find_column(std::string_view) const;
    [[nodiscard]] const known_constraint* find_constraint(std::string_view) const;
    /// A validated constraint or the column itself says that it holds no NULL.
    [[nodiscard]] bool proves_not_null(std::string_view column) const;
};

/// Two names of columns, constraints or indexes are the same.
[[nodiscard]] bool same_name(std::string_view, std::string_view, const known_table&);

/// Anything but tables, their columns, constraints and indexes.
struct known_object {
    create_object definition;
    made_by origin;  ///< of its newest definition: its text is that statement's
};

/// What disappears together with a column, or a table.
struct lost_dependent {
    object_kind kind = object_kind::constraint;  ///< constraint, index
    std::optional<constraint_kind> constraint;   ///< of a constraint
    object_name table;                           ///< that it belongs to: a foreign key may be another table's
    std::string name;                            ///< SQLite: empty if it has none
    made_by origin;
};

/// What the history has made so far, as far as statements tell: what code in the database does is not seen. Names
/// without a schema stand for those in `public` (SQLite: `main`); search_path is not followed. PostgreSQL compares
/// names as they are, SQLite whatever their case.
class schema {
public:
    explicit schema(engine_kind engine) : engine_(engine) {}

    /// Does what the statement says. What does not fit (an object that is not there) changes nothing.
    void apply(const statement_change&, std::size_t migration);

    [[nodiscard]] const known_table* find_table(const object_name&) const;
    /// The table an index belongs to; nullptr if the history did not make it.
    [[nodiscard]] const known_table* table_of_index(const object_name& index) const;
    [[nodiscard]] const known_index* find_index(const object_name&) const;
    /// `of`: the table of a trigger, a policy, a rule. Without a signature: the first routine of that name. Any kind of
    /// type answers to each of the others, as in DROP TYPE.
    [[nodiscard]] const known_object* find_object(object_kind, const object_name&, const object_name& of = {},
                                                  std::string_view signature = {}) const;
    /// By name: without the default schema, SQLite's in lower case. known_table::name is as written.
    [[nodiscard]] const std::map<object_name, known_table>& tables() const { return tables_; }

    /// Constraints and indexes that name the column, foreign keys of other tables to it included.
    [[nodiscard]] std::vector<lost_dependent> lost_with_column(const object_name& table, std::string_view column) const;
    /// Foreign keys of other tables to this one.
    [[nodiscard]] std::vector<lost_dependent> references_to(const object_name& table) const;

    /// False once a statement ran code whose effect is not seen (DO, CALL): a name that is not known may exist.
    [[nodiscard]] bool is_complete() const { return complete_; }

private:
    friend class schema_editor;

    struct object_key {
        object_kind kind = object_kind::other;
        object_name name;
        object_name of;
        std::string signature;
        friend auto operator<=>(const object_key&, const object_key&) = default;
    };

    /// With a column: only those that refer to it.
    [[nodiscard]] std::vector<lost_dependent> foreign_keys_to(const object_name& table, std::string_view column) const;
    [[nodiscard]] object_name key_of(const object_name&) const;
    [[nodiscard]] object_name key_of_table(const object_name&) const;
    [[nodiscard]] std::string folded(std::string_view name) const;

    engine_kind engine_;
    std::map<object_name, known_table> tables_;
    std::map<object_name, object_name> index_tables_;  ///< the table of each index
    std::multiset<object_name> constraint_names_;
    std::map<object_key, known_object> objects_;
    bool complete_ = true;
};

}  // namespace varve::generator
