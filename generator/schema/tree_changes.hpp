#pragma once

#include <schema/changes.hpp>
#include <schema/statement_text.hpp>
#include <schema/syntax_tree.hpp>

#include <optional>
#include <string_view>

/// What PostgreSQL's parse tree says a statement does. Each reader takes the node's name and what is inside, and knows
/// some names.
namespace varve::generator {

/// Always something: a node that nobody knows is an other_statement.
[[nodiscard]] change change_from(const syntax_tree&, const statement_text&);

/// CREATE TABLE, CREATE TABLE AS, CREATE INDEX, ALTER TABLE.
[[nodiscard]] std::optional<change> table_change(std::string_view name, syntax_node, const statement_text&);
/// CREATE, DROP, RENAME, SET SCHEMA, COMMENT of anything else; enum values and domains.
[[nodiscard]] std::optional<change> object_change(std::string_view name, syntax_node, const statement_text&);
/// Rows, maintenance, settings, privileges, code.
[[nodiscard]] std::optional<change> other_change(std::string_view name, syntax_node, const statement_text&);

[[nodiscard]] create_index index_from(syntax_node);
/// ALTER TABLE's actions.
[[nodiscard]] alter_table alter_table_from(syntax_node, const statement_text&);

}  // namespace varve::generator
