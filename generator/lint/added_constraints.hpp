#pragma once

#include <lint/rule.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace varve::generator {

/// A constraint that ALTER TABLE adds to a table in use: by ADD CONSTRAINT, or with a column that it adds.
struct added_constraint {
    const object_name& table;
    const constraint_definition& constraint;
    const column_definition* column = nullptr;  ///< that it is written at, if it is
    std::size_t offset = 0;

    /// Its name, or the one that PostgreSQL would choose.
    [[nodiscard]] std::string name() const;
    /// The definition as ADD CONSTRAINT takes it, also if it is written at a column.
    [[nodiscard]] std::string definition(const reviewed_statement&) const;
};

/// What is written behind the columns of UNIQUE or PRIMARY KEY, each with a space before it.
struct key_options {
    std::string of_index;       ///< ` INCLUDE (name) WITH (fillfactor=70) TABLESPACE fast`
    std::string of_constraint;  ///< ` DEFERRABLE INITIALLY DEFERRED`
};
[[nodiscard]] key_options key_options_of(const constraint_definition&);

[[nodiscard]] std::vector<added_constraint> constraints_added(const reviewed_statement&, constraint_kind);

/// The statement that adds the column without the constraint written at it, and a line's end; empty if there is none.
[[nodiscard]] std::string column_alone(const reviewed_statement&, const added_constraint&);

/// The two statements that add a constraint and block nobody for long: NOT VALID, and VALIDATE in a later migration;
/// before them the column's, if it is added with it.
[[nodiscard]] std::string added_not_valid(const reviewed_statement&, const added_constraint&);

}  // namespace varve::generator
