#pragma once

#include <schema/changes.hpp>
#include <schema/statement_text.hpp>
#include <schema/syntax_tree.hpp>

#include <string>
#include <vector>

/// Columns, constraints and defaults as PostgreSQL's parse trees hold them.
namespace varve::generator {

/// A ColumnDef.
[[nodiscard]] column_definition column_from(syntax_node column, const statement_text&);

/// A Constraint of a table; nothing else may be asked for one.
[[nodiscard]] constraint_definition constraint_from(syntax_node constraint, const statement_text&);

/// What an expression is as a default. NULL is none.
[[nodiscard]] default_kind default_from(syntax_node expression);

/// Appends the columns an expression names, each once.
void collect_columns(syntax_node expression, std::vector<std::string>& columns);

/// The index of the token a node with a `location` begins with.
[[nodiscard]] std::size_t index_of(syntax_node located, const statement_text&);

}  // namespace varve::generator
