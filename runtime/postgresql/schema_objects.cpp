#include "schema_text.hpp"

namespace varve::postgresql {

const std::string_view schema_sources = R"SQL(
descent(oid, depth) AS (
  SELECT oid, 0 FROM relation WHERE relkind IN ('r', 'p') AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = oid)
  UNION ALL
  SELECT inhrelid, depth + 1 FROM descent JOIN pg_inherits ON inhparent = descent.oid),
table_depth AS MATERIALIZED (SELECT oid, max(depth) AS depth FROM descent GROUP BY oid),
view_source AS MATERIALIZED (
  SELECT DISTINCT w.ev_class AS oid, d.refobjid AS source FROM pg_rewrite w
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
    AND d.refobjid <> w.ev_class
  JOIN relation r ON r.oid = w.ev_class AND r.relkind IN ('v', 'm')
  JOIN relation s ON s.oid = d.refobjid AND s.relkind IN ('v', 'm')),
ascent(oid, height) AS (
  SELECT oid, 0 FROM relation WHERE relkind IN ('v', 'm')
  UNION ALL
  SELECT view_source.oid, height + 1 FROM ascent JOIN view_source ON source = ascent.oid),
view_height AS MATERIALIZED (SELECT oid, max(height) AS height FROM ascent GROUP BY oid),
needs_relation AS MATERIALIZED (
  SELECT DISTINCT d.objid AS oid FROM pg_depend d
  LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
  LEFT JOIN pg_type e ON e.oid = t.typelem
  LEFT JOIN pg_class c ON c.oid = COALESCE(NULLIF(t.typrelid, 0), NULLIF(e.typrelid, 0),
    CASE WHEN d.refclassid = 'pg_class'::regclass THEN d.refobjid END)
  WHERE d.classid = 'pg_proc'::regclass AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')))SQL";

const std::string_view schema_of_objects = R"SQL(
SELECT 10, name, 'CREATE SCHEMA ' || name || ';' FROM schema
WHERE name <> 'public' AND NOT (oid IN (SELECT relnamespace FROM pg_class WHERE oid IN (SELECT oid FROM ledger))
  AND NOT EXISTS (SELECT FROM relation WHERE relnamespace = schema.oid)
  AND NOT EXISTS (SELECT FROM type WHERE typnamespace = schema.oid AND typtype IN ('e', 'd', 'r'))
  AND NOT EXISTS (SELECT FROM func WHERE pronamespace = schema.oid))
UNION ALL
SELECT 20, extname::text, 'CREATE EXTENSION ' || quote_ident(extname) || ' SCHEMA ' || extnamespace::regnamespace || ';'
FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL
SELECT 30, name, 'CREATE TYPE ' || name || ' AS ENUM (' || COALESCE((
    SELECT string_agg(E'\n    ' || quote_literal(enumlabel), ',' ORDER BY enumsortorder) FROM pg_enum
    WHERE enumtypid = type.oid) || E'\n', '') || ');'
FROM type WHERE typtype = 'e'
UNION ALL
SELECT 31, name, 'CREATE TYPE ' || name || ' AS RANGE (SUBTYPE = ' || format_type(rngsubtype, NULL)
  || CASE WHEN rngsubdiff <> 0 THEN ', SUBTYPE_DIFF = ' || rngsubdiff::regproc ELSE '' END || ');'
FROM type t JOIN pg_range ON rngtypid = t.oid WHERE typtype = 'r'
UNION ALL
SELECT 32, name, 'CREATE DOMAIN ' || name || ' AS ' || format_type(typbasetype, typtypmod)
  || CASE WHEN typcollation <> 0 AND typcollation <> (SELECT typcollation FROM pg_type b WHERE b.oid = t.typbasetype)
     THEN ' COLLATE ' || typcollation::regcollation ELSE '' END
  || COALESCE(E'\n    DEFAULT ' || typdefault, '') || CASE WHEN typnotnull THEN E'\n    NOT NULL' ELSE '' END
  || COALESCE((SELECT string_agg(E'\n    CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(k.oid), ''
                                 ORDER BY conname)
               FROM pg_constraint k WHERE contypid = t.oid AND contype = 'c'), '') || ';'
FROM type t WHERE typtype = 'd'
UNION ALL
SELECT 33, name, 'CREATE TYPE ' || name || ' AS (' || COALESCE((
    SELECT string_agg(E'\n    ' || quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
        || CASE WHEN attcollation <> 0 AND attcollation <> (SELECT typcollation FROM pg_type WHERE oid = atttypid)
           THEN ' COLLATE ' || attcollation::regcollation ELSE '' END, ',' ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped) || E'\n', '') || ');'
FROM relation r WHERE relkind = 'c'
UNION ALL
SELECT CASE WHEN n.oid IS NULL THEN 40 ELSE 70 END, name, rtrim(pg_get_functiondef(f.oid), E'\n') || ';'
FROM func f LEFT JOIN needs_relation n ON n.oid = f.oid WHERE prokind <> 'a'
UNION ALL
SELECT 75, name, 'CREATE AGGREGATE ' || name || ' (SFUNC = ' || aggtransfn || ', STYPE = '
  || format_type(aggtranstype, NULL)
  || CASE WHEN aggfinalfn <> 0 THEN ', FINALFUNC = ' || aggfinalfn ELSE '' END
  || CASE WHEN aggcombinefn <> 0 THEN ', COMBINEFUNC = ' || aggcombinefn ELSE '' END
  || COALESCE(', INITCOND = ' || quote_literal(agginitval), '')
  || CASE proparallel WHEN 's' THEN ', PARALLEL = SAFE' WHEN 'r' THEN ', PARALLEL = RESTRICTED' ELSE '' END || ');'
FROM func f JOIN pg_aggregate a ON aggfnoid = f.oid WHERE prokind = 'a' AND aggkind = 'n')SQL";

const std::string_view schema_of_comments = R"SQL(
SELECT 120, 'schema ' || name, 'COMMENT ON SCHEMA ' || name || ' IS ' || quote_literal(description) || ';'
FROM schema s JOIN pg_description d ON d.objoid = s.oid AND d.classoid = 'pg_namespace'::regclass
WHERE NOT (name = 'public' AND description = 'standard public schema')
UNION ALL
SELECT 120, kind || ' ' || name, 'COMMENT ON ' || upper(kind) || ' ' || name || ' IS ' || quote_literal(description) || ';'
FROM relation r JOIN pg_description d ON d.objoid = r.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
WHERE relkind <> 'f'
UNION ALL
SELECT 121, name || ' ' || lpad(attnum::text, 5, '0'),
  'COMMENT ON COLUMN ' || name || '.' || quote_ident(attname) || ' IS ' || quote_literal(description) || ';'
FROM relation r JOIN pg_attribute ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped
JOIN pg_description d ON d.objoid = r.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = attnum
WHERE relkind NOT IN ('f', 'i', 'I', 'S')
UNION ALL
SELECT 122, name, 'COMMENT ON ' || CASE WHEN typtype = 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || name || ' IS '
  || quote_literal(description) || ';'
FROM type t JOIN pg_description d ON d.objoid = t.oid AND d.classoid = 'pg_type'::regclass
WHERE typtype IN ('e', 'd', 'r')
UNION ALL
SELECT 123, name, 'COMMENT ON ' || upper(kind) || ' ' || name || ' IS ' || quote_literal(description) || ';'
FROM func f JOIN pg_description d ON d.objoid = f.oid AND d.classoid = 'pg_proc'::regclass
UNION ALL
SELECT 124, r.name || ' ' || conname, 'COMMENT ON CONSTRAINT ' || quote_ident(conname) || ' ON ' || r.name || ' IS '
  || quote_literal(description) || ';'
FROM pg_constraint k JOIN relation r ON r.oid = conrelid
JOIN pg_description d ON d.objoid = k.oid AND d.classoid = 'pg_constraint'::regclass
UNION ALL
SELECT 125, r.name || ' ' || tgname, 'COMMENT ON TRIGGER ' || quote_ident(tgname) || ' ON ' || r.name || ' IS '
  || quote_literal(description) || ';'
FROM pg_trigger g JOIN relation r ON r.oid = tgrelid
JOIN pg_description d ON d.objoid = g.oid AND d.classoid = 'pg_trigger'::regclass)SQL";

// Catalogs that anybody may read; 16384 is where the oids of users begin.
const std::string_view schema_of_others = R"SQL(
SELECT 130, o.type || ' ' || o.identity, '-- not shown: ' || o.type || ' ' || o.identity
FROM (
  SELECT 'pg_publication'::regclass, oid FROM pg_publication UNION ALL
  SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger UNION ALL
  SELECT 'pg_cast'::regclass, oid FROM pg_cast UNION ALL
  SELECT 'pg_operator'::regclass, oid FROM pg_operator UNION ALL
  SELECT 'pg_opclass'::regclass, oid FROM pg_opclass UNION ALL
  SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily UNION ALL
  SELECT 'pg_collation'::regclass, oid FROM pg_collation UNION ALL
  SELECT 'pg_conversion'::regclass, oid FROM pg_conversion UNION ALL
  SELECT 'pg_language'::regclass, oid FROM pg_language UNION ALL
  SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config UNION ALL
  SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict UNION ALL
  SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser UNION ALL
  SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template UNION ALL
  SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server UNION ALL
  SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper UNION ALL
  SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext UNION ALL
  SELECT 'pg_transform'::regclass, oid FROM pg_transform UNION ALL
  SELECT 'pg_am'::regclass, oid FROM pg_am)
  other(classid, oid), LATERAL pg_identify_object(other.classid, other.oid, 0) o
WHERE other.oid >= 16384 AND NOT EXISTS (
  SELECT FROM pg_depend d WHERE d.classid = other.classid AND d.objid = other.oid AND d.deptype IN ('e', 'i')))SQL";

}  // namespace varve::postgresql
