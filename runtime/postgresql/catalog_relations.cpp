#include "catalog_text.hpp"

/// Tables, views and sequences, and what belongs to them.
namespace varve::postgresql {

const std::string_view catalog_of_relations = R"SQL(
SELECT 'pg_class'::regclass, r.oid, 0, kind, name, 'schema ' || schema_name,
  ARRAY['persistence', relpersistence::text, 'partition key', pg_get_partkeydef(oid),
    'partition of', pg_get_expr(relpartbound, oid),
    'parents', (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits
                WHERE inhrelid = r.oid),
    'type', CASE WHEN reloftype <> 0 THEN format_type(reloftype, NULL) END,
    'row level security', relrowsecurity::text, 'forced row level security', relforcerowsecurity::text,
    'options', array_to_string(reloptions, ', '),
    'access method', (SELECT amname FROM pg_am WHERE pg_am.oid = relam),
    'tablespace', (SELECT spcname FROM pg_tablespace WHERE pg_tablespace.oid = reltablespace),
    'replica identity', relreplident::text || COALESCE((SELECT ' ' || indexrelid::regclass::text FROM pg_index
                          WHERE indrelid = r.oid AND indisreplident), ''),
    'clustered on', (SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = r.oid AND indisclustered),
    'owner', relowner::regrole::text]
FROM relation r WHERE relkind IN ('r', 'p')
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, kind, name, 'schema ' || schema_name,
  ARRAY['server', (SELECT srvname FROM pg_foreign_server s WHERE s.oid = ftserver),
    'options', array_to_string(ftoptions, ', '), 'owner', relowner::regrole::text]
FROM relation r JOIN pg_foreign_table ON ftrelid = r.oid
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, kind, name, 'schema ' || schema_name,
  ARRAY['definition', pg_get_viewdef(oid), 'columns', (SELECT string_agg(quote_ident(attname) || ' '
          || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped),
    'column defaults', (SELECT string_agg(attname || ' ' || pg_get_expr(adbin, adrelid), ', ' ORDER BY attnum)
        FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = r.oid),
    'options', array_to_string(reloptions, ', '), 'populated', relispopulated::text, 'owner', relowner::regrole::text]
FROM relation r WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, kind, name, 'schema ' || schema_name,
  ARRAY['type', format_type(seqtypid, NULL), 'start', seqstart::text, 'increment', seqincrement::text,
    'minimum', seqmin::text, 'maximum', seqmax::text, 'cache', seqcache::text, 'cycle', seqcycle::text,
    'persistence', relpersistence::text, 'owned by', (
      SELECT refobjid::regclass::text || '.' || quote_ident(attname) FROM pg_depend d
      JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
        AND d.deptype = 'a'),
    'owner', relowner::regrole::text]
FROM relation r JOIN pg_sequence s ON seqrelid = r.oid
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
                  AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i')
UNION ALL
SELECT 'pg_class'::regclass, i.oid, 0, 'index', i.name, t.kind || ' ' || t.name,
  ARRAY['definition', pg_get_indexdef(i.oid), 'valid', indisvalid::text,
    'options', array_to_string(i.reloptions, ', '),
    'statistics', (SELECT string_agg(attnum || ': ' || attstattarget, ', ' ORDER BY attnum) FROM pg_attribute
                   WHERE attrelid = i.oid AND attstattarget >= 0)]
FROM relation i JOIN pg_index x ON indexrelid = i.oid JOIN relation t ON t.oid = indrelid
WHERE NOT i.relispartition
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u', 'x')))SQL";

const std::string_view catalog_of_columns = R"SQL(
SELECT 'pg_class'::regclass, attrelid, attnum, 'column', name, relation_label,
  ARRAY['type', format_type(atttypid, atttypmod),
    'collation', CASE WHEN attcollation <> 0
        AND attcollation <> (SELECT typcollation FROM pg_type WHERE oid = atttypid)
      THEN attcollation::regcollation::text END,
    'NOT NULL', attnotnull::text,
    'generated expression', CASE WHEN attgenerated <> '' THEN default_text END,
    'identity', CASE attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END || (
      SELECT format(' START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s CYCLE %s', seqstart, seqincrement, seqmin,
                    seqmax, seqcache, seqcycle)
      FROM pg_depend d JOIN pg_sequence ON seqrelid = d.objid
      WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'i' AND d.refclassid = 'pg_class'::regclass
        AND d.refobjid = attrelid AND d.refobjsubid = attnum),
    'storage', NULLIF(attstorage, (SELECT typstorage FROM pg_type WHERE oid = atttypid))::text,
    'compression', to_jsonb(col) ->> 'attcompression', 'statistics target', NULLIF(attstattarget, -1)::text,
    'options', array_to_string(attoptions, ', '), 'foreign options', array_to_string(attfdwoptions, ', ')]
FROM col WHERE attislocal
UNION ALL
SELECT 'pg_attrdef'::regclass, default_oid, 0, 'default', name, 'column ' || name, ARRAY['expression', default_text]
FROM col WHERE default_oid IS NOT NULL AND attgenerated = '' AND attislocal)SQL";

const std::string_view catalog_of_table_parts = R"SQL(
SELECT 'pg_constraint'::regclass, k.oid, 0, 'constraint', r.name || '.' || quote_ident(conname), kind || ' ' || r.name,
  ARRAY['definition', pg_get_constraintdef(k.oid), 'validated', convalidated::text,
    'index options', (SELECT array_to_string(reloptions, ', ') FROM pg_class i WHERE i.oid = conindid AND contype <> 'f')]
FROM pg_constraint k JOIN relation r ON r.oid = conrelid
WHERE contype IN ('c', 'f', 'p', 'u', 'x') AND conparentid = 0 AND (coninhcount = 0 OR conislocal)
UNION ALL
SELECT 'pg_trigger'::regclass, g.oid, 0, 'trigger', r.name || '.' || quote_ident(tgname), kind || ' ' || r.name,
  ARRAY['definition', pg_get_triggerdef(g.oid), 'enabled', tgenabled::text]
FROM pg_trigger g JOIN relation r ON r.oid = tgrelid
WHERE NOT tgisinternal AND COALESCE(to_jsonb(g) ->> 'tgparentid', '0') = '0'
UNION ALL
SELECT 'pg_policy'::regclass, p.oid, 0, 'policy', r.name || '.' || quote_ident(polname), kind || ' ' || r.name,
  ARRAY['permissive', polpermissive::text, 'command', polcmd::text,
    'roles', (SELECT string_agg(CASE WHEN x = 0 THEN 'PUBLIC' ELSE x::regrole::text END, ', ' ORDER BY x)
              FROM unnest(polroles) x),
    'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid)]
FROM pg_policy p JOIN relation r ON r.oid = polrelid
UNION ALL
SELECT 'pg_rewrite'::regclass, w.oid, 0, 'rule', r.name || '.' || quote_ident(rulename), kind || ' ' || r.name,
  ARRAY['definition', pg_get_ruledef(w.oid), 'enabled', ev_enabled::text]
FROM pg_rewrite w JOIN relation r ON r.oid = ev_class WHERE rulename <> '_RETURN')SQL";

}  // namespace varve::postgresql
