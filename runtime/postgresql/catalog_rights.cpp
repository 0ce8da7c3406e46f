#include "catalog_text.hpp"

/// Who may do what, and what is said about objects.
namespace varve::postgresql {

// What is granted and what would be by default, by object and role: a row where they are not the same. Default
// privileges are a row each.
const std::string_view catalog_of_privileges = R"SQL(
SELECT 'privileges', label || ' for ' || grantee, label, ARRAY['privileges', granted, 'by default', by_default]
FROM (
  SELECT label, CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS grantee,
    string_agg(privilege, ', ' ORDER BY privilege) FILTER (WHERE is_granted) AS granted,
    string_agg(privilege, ', ' ORDER BY privilege) FILTER (WHERE NOT is_granted) AS by_default
  FROM (
    SELECT label, is_granted, e.grantee,
      e.privilege_type || CASE WHEN e.is_grantable THEN ' with grant option' ELSE '' END AS privilege
    FROM (
      SELECT kind || ' ' || name AS label, relacl AS acl,
        acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner) AS standard
      FROM relation WHERE relacl IS NOT NULL
      UNION ALL SELECT 'schema ' || name, acl, acldefault('n', owner) FROM schema WHERE acl IS NOT NULL
      UNION ALL SELECT kind || ' ' || name, proacl, acldefault('f', proowner) FROM func WHERE proacl IS NOT NULL
      UNION ALL SELECT 'type ' || name, typacl, acldefault('T', typowner) FROM type WHERE typacl IS NOT NULL
      UNION ALL SELECT 'column ' || name, attacl, '{}'::aclitem[] FROM col WHERE attacl IS NOT NULL AND attislocal
    ) owned,
    LATERAL (SELECT true AS is_granted, a.* FROM aclexplode(acl) a
             UNION ALL SELECT false, a.* FROM aclexplode(standard) a) e
  ) single GROUP BY 1, 2
) compared WHERE granted IS DISTINCT FROM by_default
UNION ALL
SELECT 'default privileges', defaclrole::regrole::text || ' on ' || defaclobjtype::text
    || CASE WHEN defaclnamespace <> 0 THEN ' in schema ' || defaclnamespace::regnamespace::text ELSE '' END, '',
  ARRAY['privileges', (SELECT string_agg(a::text, ', ' ORDER BY a::text) FROM unnest(defaclacl) a)]
FROM pg_default_acl)SQL";

const std::string_view catalog_of_comments = R"SQL(
SELECT 'comment', 'on ' || o.kind || ' ' || o.name, o.kind || ' ' || o.name, ARRAY['text', description]
FROM object o JOIN pg_description d ON d.classoid = o.classid AND d.objoid = o.objid AND d.objsubid = o.objsubid
WHERE o.kind <> 'extension'
UNION ALL
SELECT 'comment', 'on column ' || r.name || '.' || quote_ident(attname), kind || ' ' || r.name, ARRAY['text', description]
FROM relation r JOIN pg_attribute ON attrelid = r.oid AND attnum > 0
JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = r.oid AND d.objsubid = attnum
WHERE relkind IN ('v', 'm', 'c'))SQL";

}  // namespace varve::postgresql
