#pragma once

#include <schema/changes.hpp>
#include <schema/syntax_tree.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Names and types as PostgreSQL's parse trees hold them.
namespace varve::generator {

/// A RangeVar: `{"schemaname":"s","relname":"t",..}`.
[[nodiscard]] object_name relation_name(syntax_node range_var);

/// A list of `String` nodes: `["s", "t"]`.
[[nodiscard]] std::vector<std::string> strings(syntax_node list);

/// The last two of them.
[[nodiscard]] object_name name_from(const std::vector<std::string>& parts);

/// What an object is called, however this kind of object says it: a `String`, a `List`, a `TypeName`, `ObjectWithArgs`.
[[nodiscard]] object_name name_of_object(syntax_node object);

/// A TypeName.
[[nodiscard]] type_name type_from(syntax_node type);

/// `(int4, text[])`: the types by which DROP tells routines of one name apart. From FunctionParameter nodes.
[[nodiscard]] std::string signature_of_parameters(syntax_node parameters);
/// The same from ObjectWithArgs; empty if it says no types.
[[nodiscard]] std::string signature_of_object(object_kind, syntax_node object);
/// No arguments at all are written `(*)` by an aggregate.
[[nodiscard]] std::string signature_for(object_kind, const std::string& signature);

/// `OBJECT_TABLE` -> table.
[[nodiscard]] object_kind kind_from(syntax_node object_type);

/// How DROP calls a kind of object that the tree names: `OBJECT_EVENT_TRIGGER` -> `EVENT TRIGGER`.
[[nodiscard]] std::string keyword_of(syntax_node object_type);

}  // namespace varve::generator
