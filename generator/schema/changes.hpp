#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What a statement does to a schema, in words both engines share. Everything that reviews statements (lint, inverse
/// scripts, compatibility) reads these structs; only their readers know parse trees and tokens.
///
/// Names are as the database stores them: without quotes, folded to lower case unless they were quoted (SQLite: as
/// written). Offsets are bytes into the text of the script's file.
namespace varve::generator {

/// A name of an object. `schema` is empty where the statement does not say it.
struct object_name {
    std::string schema;
    std::string name;
    friend bool operator==(const object_name&, const object_name&) = default;
    friend auto operator<=>(const object_name&, const object_name&) = default;
};

enum class object_kind : std::uint8_t {
    table,
    column,
    constraint,
    index,
    view,
    materialized_view,
    sequence,
    enum_type,
    composite_type,
    range_type,
    domain,
    function,
    procedure,
    aggregate,
    trigger,
    policy,
    rule,
    schema,
    extension,
    role,
    database,
    foreign_table,
    other,  ///< something that no rule and no inverse knows yet
};

/// A type as written. `name` without `pg_catalog`, in PostgreSQL's own spelling: `int4`, `bpchar`, `timestamptz`,
/// `serial`. SQLite: the words as written.
struct type_name {
    std::string schema;
    std::string name;
    std::vector<std::int64_t> modifiers;  ///< `varchar(20)`: 20; `numeric(10,2)`: 10, 2
    std::uint8_t array_dimensions = 0;
    friend bool operator==(const type_name&, const type_name&) = default;
};

enum class default_kind : std::uint8_t {
    none,
    constant,  ///< a literal other than NULL, or an expression with one value for the whole statement: now()
    volatile_expression,
};

enum class generated_kind : std::uint8_t { none, stored, virtual_column };

enum class constraint_kind : std::uint8_t { primary_key, unique, check, foreign_key, exclusion, not_null };

struct constraint_definition {
    constraint_kind kind = constraint_kind::check;
    std::string name;                  ///< empty: the server chooses
    std::vector<std::string> columns;  ///< constrained; of a check: those it names
    object_name referenced;            ///< foreign key: the table
    std::vector<std::string> referenced_columns;
    std::string using_index;     ///< UNIQUE or PRIMARY KEY USING INDEX
    std::string not_null_check;  ///< the column, if the check says `column IS NOT NULL` and no more
    bool not_valid = false;
    std::size_t offset = 0;
    std::string text;  ///< the definition as written, without `CONSTRAINT name`; empty if it cannot be cut out
};

struct column_definition {
    std::string name;
    type_name type;
    bool not_null = false;  ///< said, or by PRIMARY KEY
    bool identity = false;
    default_kind default_value = default_kind::none;
    std::string default_text;  ///< as written, without DEFAULT
    generated_kind generated = generated_kind::none;
    bool autoincrement = false;                      ///< SQLite
    std::vector<constraint_definition> constraints;  ///< those written at the column, NOT NULL excepted
    std::size_t offset = 0;
    std::string text;  ///< the definition as written: `email text NOT NULL`
};

// --- statements ------------------------------------------------------------------------------------------------------

struct create_table {
    object_name table;
    std::vector<column_definition> columns;
    std::vector<constraint_definition> constraints;
    object_name partition_of;  ///< empty name: none
    std::vector<object_name> inherits;
    bool temporary = false;
    bool if_not_exists = false;
    bool partitioned = false;
    bool from_query = false;     ///< CREATE TABLE .. AS, SELECT .. INTO
    bool like_others = false;    ///< LIKE, OF a type, a virtual table: more columns than those listed
    bool without_rowid = false;  ///< SQLite
};

struct add_column {
    column_definition column;
    bool if_not_exists = false;
};
struct drop_column {
    std::string column;
    bool if_exists = false;
    bool cascade = false;
};
struct alter_column_type {
    std::string column;
    type_name type;
    bool has_using = false;
};
/// SET DEFAULT; with `default_kind::none`: DROP DEFAULT.
struct set_default {
    std::string column;
    default_kind value = default_kind::none;
    std::string text;
};
struct set_not_null {
    std::string column;
};
struct drop_not_null {
    std::string column;
};
struct add_constraint {
    constraint_definition constraint;
};
struct drop_constraint {
    std::string constraint;
    bool if_exists = false;
    bool cascade = false;
};
struct validate_constraint {
    std::string constraint;
};
struct attach_partition {
    object_name partition;
    std::string bound_text;  ///< `FOR VALUES ..`, as written
};
struct detach_partition {
    object_name partition;
    bool concurrently = false;
};
/// SET LOGGED, SET UNLOGGED, SET TABLESPACE, SET ACCESS METHOD: the whole table is written anew.
struct rewrite_table {
    std::string what;  ///< `SET TABLESPACE`
};
enum class row_security : std::uint8_t { enable, disable, force, no_force };
struct set_row_security {
    row_security what = row_security::enable;
};
/// ENABLE / DISABLE TRIGGER.
struct set_trigger {
    std::string trigger;
    bool enabled = true;
};
/// Any other action of ALTER TABLE.
struct other_action {
    std::string what;  ///< PostgreSQL's name of it: `AT_SetStatistics`
};

using table_action = std::variant<add_column, drop_column, alter_column_type, set_default, set_not_null, drop_not_null,
                                  add_constraint, drop_constraint, validate_constraint, attach_partition,
                                  detach_partition, rewrite_table, set_row_security, set_trigger, other_action>;

/// ALTER of a table; that of a view, an index, a sequence or a composite type is an other_statement.
struct alter_table {
    struct action {
        table_action what;
        std::size_t offset = 0;
    };
    object_name table;
    std::vector<action> actions;
    bool if_exists = false;
};

/// ALTER .. RENAME. Of a column, constraint, trigger, policy or rule: `object` is its table, `part` the old name. Of an
/// enum value: `object` is the type, `part` the value and `kind` enum_type.
struct rename {
    object_kind kind = object_kind::table;
    object_name object;
    std::string part;
    std::string new_name;
    std::string signature;  ///< function, procedure, aggregate: as in create_object, if the statement says it
};

struct create_index {
    object_name index;  ///< empty name: the server chooses
    object_name table;
    std::vector<std::string> columns;  ///< empty string: an expression
    std::vector<std::string> used;     ///< other columns: those in expressions, INCLUDE and WHERE
    /// Of an index without a name: what PostgreSQL calls its columns in the name it chooses, `lower` for lower(email).
    std::vector<std::string> name_parts;
    std::string method;  ///< `btree`
    bool unique = false;
    bool concurrently = false;
    bool if_not_exists = false;
    bool only = false;     ///< ON ONLY a partitioned table
    bool partial = false;  ///< WHERE
    bool plain = true;     ///< false: a column has an order, a collation or an operator class of its own
};

struct drop_objects {
    struct object {
        object_name name;
        object_name of;         ///< trigger, policy, rule: its table
        std::string signature;  ///< function, procedure, aggregate: `(int4, text)`
    };
    object_kind kind = object_kind::table;
    std::vector<object> objects;
    bool if_exists = false;
    bool cascade = false;
    bool concurrently = false;
};

/// CREATE of anything that has no struct of its own: a view, a function, a trigger, a type, a schema, ..
struct create_object {
    object_kind kind = object_kind::other;
    object_name name;
    object_name of;         ///< trigger, policy, rule: its table
    std::string signature;  ///< function, procedure, aggregate: its input types, `(int4, text)`, as DROP wants them
    std::string keyword;    ///< as DROP wants it: `VIEW`, `TYPE`, `EVENT TRIGGER`
    bool or_replace = false;
    bool if_not_exists = false;
    std::vector<std::string> enum_values;  ///< enum types
};

struct add_enum_value {
    object_name type;
    std::string value;
    bool if_not_exists = false;
};

/// ALTER .. SET SCHEMA.
struct move_to_schema {
    object_kind kind = object_kind::table;
    object_name object;
    std::string new_schema;
    std::string signature;  ///< as in rename
};

struct add_domain_constraint {
    object_name domain;
    constraint_definition constraint;
};

enum class maintenance_kind : std::uint8_t { reindex, cluster, vacuum_full, refresh_materialized_view };
struct maintenance {
    maintenance_kind kind = maintenance_kind::reindex;
    object_name object;
    bool concurrently = false;
};

struct truncate {
    std::vector<object_name> tables;
    bool cascade = false;
};

enum class data_change_kind : std::uint8_t { insert, update, delete_rows, merge, copy };
struct data_change {
    data_change_kind kind = data_change_kind::insert;
    object_name table;
    bool has_where = false;
    bool from_query = false;  ///< INSERT .. SELECT
};

/// SET, RESET, set_config() as a statement of its own.
struct change_setting {
    std::string name;   ///< in lower case
    std::string value;  ///< the first one; empty for RESET and DEFAULT
    bool local = false;
};

struct comment_on {
    object_kind kind = object_kind::other;
    object_name object;  ///< of a column: the last two parts, table and column
};

enum class privilege_change : std::uint8_t { grant, revoke };
struct change_privileges {
    privilege_change kind = privilege_change::grant;
};

/// Code the database runs: DO, CALL, SELECT. What it does to the schema is not known.
struct run_code {
    std::string what;  ///< `DO`, `CALL`, `SELECT`
};

/// SQLite's PRAGMA, ATTACH, ..: nothing that the schema shows.
struct other_statement {
    std::string what;  ///< the node's name, or the first word
};

using change = std::variant<create_table, alter_table, rename, create_index, drop_objects, create_object,
                            add_enum_value, move_to_schema, add_domain_constraint, maintenance, truncate, data_change,
                            change_setting, comment_on, change_privileges, run_code, other_statement>;

/// A string constant in a statement: enum values are used this way.
struct string_constant {
    std::string value;
    std::size_t offset = 0;
};

/// One statement of a script.
struct statement_change {
    std::size_t statement = 0;  ///< index into the script's statements
    std::size_t offset = 0;     ///< where it begins in the file
    change what;
    /// Only behind an add_enum_value of the same script: nothing else asks for them.
    std::vector<string_constant> constants;
};

}  // namespace varve::generator
