#pragma once

#include <string>
#include <string_view>

/// The SQL that reads what a database contains: every object a row of kind, name, parent and attributes. It reads with
/// an empty search path, so that every name is qualified, and takes three parameters of type oid[]: the relations,
/// types and functions to read, NULL for all.
namespace varve::postgresql {

/// What the parts below refer to: the schemas, relations, types, functions and columns that are not the system's, not
/// an extension's and not the ledger's.
extern const std::string_view catalog_sources;

/// Each a SELECT of classid, objid, objsubid, kind, name, parent, attributes: text[], a name and a value in turn.
extern const std::string_view catalog_of_schemas;
extern const std::string_view catalog_of_types;
extern const std::string_view catalog_of_relations;
extern const std::string_view catalog_of_columns;
extern const std::string_view catalog_of_functions;
extern const std::string_view catalog_of_table_parts;

/// Each a SELECT of kind, name, parent, attributes; they refer to the rows of the above as `object`.
extern const std::string_view catalog_of_privileges;
extern const std::string_view catalog_of_comments;

/// What stands between a value and the next in the one text that attributes are read as.
inline constexpr char between_attributes = '\x1f';

/// The whole statement. `ledger_schema` is an SQL literal of the schema's plain name.
[[nodiscard]] std::string text_to_read_catalog(std::string_view ledger_schema);

}  // namespace varve::postgresql
