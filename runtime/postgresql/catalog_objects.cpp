#include "catalog_text.hpp"

/// Schemas, extensions, types and functions.
namespace varve::postgresql {

const std::string_view catalog_of_schemas = R"SQL(
SELECT 'pg_namespace'::regclass::oid, oid, 0, 'schema', name, '', ARRAY['owner', owner::regrole::text] FROM schema
UNION ALL
SELECT 'pg_extension'::regclass, e.oid, 0, 'extension', quote_ident(extname), '',
  ARRAY['version', extversion, 'schema', extnamespace::regnamespace::text]
FROM pg_extension e)SQL";

const std::string_view catalog_of_types = R"SQL(
SELECT 'pg_type'::regclass, oid, 0, 'type', name, 'schema ' || schema_name,
  ARRAY['values', (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum
                   WHERE enumtypid = type.oid), 'owner', typowner::regrole::text]
FROM type WHERE typtype = 'e'
UNION ALL
SELECT 'pg_type'::regclass, oid, 0, 'domain', name, 'schema ' || schema_name,
  ARRAY['base type', format_type(typbasetype, typtypmod), 'NOT NULL', typnotnull::text, 'default', typdefault,
    'collation', CASE WHEN typcollation <> 0 THEN typcollation::regcollation::text END, 'owner', typowner::regrole::text]
FROM type WHERE typtype = 'd'
UNION ALL
SELECT 'pg_constraint'::regclass, k.oid, 0, 'domain constraint', t.name || '.' || quote_ident(conname),
  'domain ' || t.name, ARRAY['definition', pg_get_constraintdef(k.oid)]
FROM pg_constraint k JOIN type t ON t.oid = contypid
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'type', name, 'schema ' || schema_name,
  ARRAY['attributes', (SELECT string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
          || CASE WHEN attcollation <> 0 THEN ' COLLATE ' || attcollation::regcollation::text ELSE '' END,
          ', ' ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped), 'owner', relowner::regrole::text]
FROM relation r WHERE relkind = 'c'
UNION ALL
SELECT 'pg_type'::regclass, t.oid, 0, 'type', name, 'schema ' || schema_name,
  ARRAY['range of', format_type(rngsubtype, NULL), 'difference', NULLIF(rngsubdiff, 0)::regproc::text,
    'canonical', NULLIF(rngcanonical, 0)::regproc::text, 'owner', typowner::regrole::text]
FROM type t JOIN pg_range ON rngtypid = t.oid WHERE typtype = 'r'
UNION ALL
SELECT 'pg_type'::regclass, oid, 0, 'type', name, 'schema ' || schema_name,
  ARRAY['input', typinput::text, 'output', typoutput::text, 'length', typlen::text, 'defined', typisdefined::text]
FROM type WHERE typtype IN ('b', 'p') AND typelem = 0)SQL";

const std::string_view catalog_of_functions = R"SQL(
SELECT 'pg_proc'::regclass, oid, 0, kind, name, 'schema ' || schema_name,
  ARRAY['definition', pg_get_functiondef(oid), 'owner', proowner::regrole::text]
FROM func WHERE prokind <> 'a'
UNION ALL
SELECT 'pg_proc'::regclass, f.oid, 0, kind, name, 'schema ' || schema_name,
  ARRAY['transition', aggtransfn::text || ' on ' || format_type(aggtranstype, NULL),
    'initial value', agginitval, 'final', NULLIF(aggfinalfn, 0)::text, 'combine', NULLIF(aggcombinefn, 0)::text,
    'moving transition', NULLIF(aggmtransfn, 0)::text, 'moving inverse', NULLIF(aggminvtransfn, 0)::text,
    'kind', aggkind::text, 'sort operator', NULLIF(aggsortop, 0)::regoperator::text, 'parallel', proparallel::text,
    'owner', proowner::regrole::text]
FROM func f JOIN pg_aggregate a ON aggfnoid = f.oid WHERE prokind = 'a')SQL";

}  // namespace varve::postgresql
