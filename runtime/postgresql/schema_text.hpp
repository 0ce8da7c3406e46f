#pragma once

#include <string_view>

/// The SQL that writes a schema as SQL: each a SELECT of three columns, the rank of a kind, where an object stands in
/// it, and the statements that make it. They refer to `catalog_sources` and are read with the search path `pg_catalog`.
namespace varve::postgresql {

/// What `schema_of_*` refer to beside that: how deep a table is below its parents, a view above what it reads, and
/// which functions need a relation to be there first.
extern const std::string_view schema_sources;

/// Schemas, extensions, types and functions.
extern const std::string_view schema_of_objects;
/// Tables with what belongs to them, sequences, foreign keys, views, triggers, rules and policies.
extern const std::string_view schema_of_tables;
extern const std::string_view schema_of_views;
extern const std::string_view schema_of_comments;
/// What is only named: comments.
extern const std::string_view schema_of_others;

}  // namespace varve::postgresql
