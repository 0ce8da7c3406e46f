#include "catalog_text.hpp"

#include "filled_text.hpp"

namespace varve::postgresql {

const std::string_view catalog_sources = R"SQL(
extension_member AS MATERIALIZED (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
schema AS MATERIALIZED (
  SELECT n.oid, quote_ident(nspname) AS name, nspacl AS acl, nspowner AS owner FROM pg_namespace n
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM extension_member e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid)),
ledger AS MATERIALIZED (
  SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  WHERE nspname = {} AND relname IN ('varve_ledger', 'varve_statement')),
relation AS MATERIALIZED (
  SELECT c.*, s.name || '.' || quote_ident(relname) AS name, s.name AS schema_name,
    CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
      WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table' END
      AS kind
  FROM pg_class c JOIN schema s ON s.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM extension_member e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
    AND c.oid NOT IN (SELECT oid FROM ledger)
    AND c.oid NOT IN (SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM ledger))
    AND ($1 IS NULL OR c.oid = ANY ($1) OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ANY ($1)))),
type AS MATERIALIZED (
  SELECT t.*, s.name || '.' || quote_ident(typname) AS name, s.name AS schema_name
  FROM pg_type t JOIN schema s ON s.oid = typnamespace
  WHERE NOT EXISTS (SELECT FROM extension_member e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
    AND ($2 IS NULL OR t.oid = ANY ($2))),
func AS MATERIALIZED (
  SELECT p.*, s.name || '.' || quote_ident(proname) || '('
      || COALESCE((SELECT string_agg(format_type(a, NULL), ', ' ORDER BY o)
                   FROM unnest(proargtypes) WITH ORDINALITY u(a, o)), '') || ')' AS name, s.name AS schema_name,
    CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind
  FROM pg_proc p JOIN schema s ON s.oid = pronamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
    AND ($3 IS NULL OR p.oid = ANY ($3))),
col AS MATERIALIZED (
  SELECT a.*, r.kind || ' ' || r.name AS relation_label, r.name || '.' || quote_ident(attname) AS name,
    d.oid AS default_oid, pg_get_expr(d.adbin, d.adrelid) AS default_text
  FROM pg_attribute a JOIN relation r ON r.oid = attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = attrelid AND d.adnum = attnum
  WHERE attnum > 0 AND NOT attisdropped AND r.relkind IN ('r', 'p', 'f')))SQL";

std::string text_to_read_catalog(std::string_view ledger_schema) {
    std::string objects;
    for (const std::string_view part : {catalog_of_schemas, catalog_of_types, catalog_of_relations, catalog_of_columns,
                                        catalog_of_functions, catalog_of_table_parts})
        append_to_list(objects, "\nUNION ALL\n", part);
    return filled(
        "WITH {},\nobject(classid, objid, objsubid, kind, name, parent, attributes) AS MATERIALIZED ({})\n"
        "SELECT kind, name, parent, array_to_string(attributes, E'\\x1f', '') FROM (\n"
        "SELECT kind, name, parent, attributes FROM object\nUNION ALL\n{}\nUNION ALL\n{}) every(kind, name, parent, "
        "attributes)",
        {filled(catalog_sources, {ledger_schema}), objects, catalog_of_privileges, catalog_of_comments});
}

}  // namespace varve::postgresql
