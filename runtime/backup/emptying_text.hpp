#pragma once

#include <string_view>

namespace varve::backup {

/// Empties a database, as the first part of a transaction that fills it again: every schema that is neither the
/// system's nor an extension's goes, with whatever depends on it. `public` comes back with its owner and rights, which
/// belong to the database and not to a dump of it. Before that it takes the lock of each ledger (docs/ledger.md), or
/// gives up: to wait for it inside a transaction would make a CREATE INDEX CONCURRENTLY of the holder deadlock.
inline constexpr std::string_view text_to_empty = R"SQL(
SET LOCAL lock_timeout = '60s';
DO $varve$
DECLARE
  name text;
  given record;
  owner_of_public text := (SELECT nspowner::regrole::text FROM pg_catalog.pg_namespace WHERE nspname = 'public');
  rights aclitem[] := (SELECT nspacl FROM pg_catalog.pg_namespace WHERE nspname = 'public');
BEGIN
  FOR name IN SELECT nspname FROM pg_catalog.pg_namespace
    WHERE nspname = 'public' OR pg_catalog.to_regclass(pg_catalog.format('%I.varve_ledger', nspname)) IS NOT NULL
  LOOP
    IF NOT pg_catalog.pg_try_advisory_xact_lock(('x' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(
             pg_catalog.convert_to('varve:' || name, 'UTF8')), 'hex'), 16))::bit(64)::bigint) THEN
      RAISE EXCEPTION 'another run of varve is changing this database' USING ERRCODE = 'lock_not_available',
        HINT = 'status says who; restore when it has finished';
    END IF;
  END LOOP;
  FOR name IN SELECT nspname FROM pg_catalog.pg_namespace n
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_namespace'::regclass
                      AND d.objid = n.oid AND d.deptype = 'e')
  LOOP
    EXECUTE pg_catalog.format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
  IF owner_of_public IS NULL THEN RETURN; END IF;
  CREATE SCHEMA public;
  COMMENT ON SCHEMA public IS 'standard public schema';
  FOR given IN SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS whom, privilege_type AS what
    FROM pg_catalog.aclexplode(rights)
  LOOP
    EXECUTE pg_catalog.format('GRANT %s ON SCHEMA public TO %s', given.what, given.whom);
  END LOOP;
  EXECUTE pg_catalog.format('ALTER SCHEMA public OWNER TO %s', owner_of_public);
END $varve$;
)SQL";

}  // namespace varve::backup
