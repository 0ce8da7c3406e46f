#include "overview.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

namespace varve::postgresql {

database_overview overview_of(connection& db, const ledger_names& names) {
    // A table of an extension belongs to that. Partitions are tables that somebody made.
    const auto answer =
        db.run(filled("SELECT 'PostgreSQL ' || pg_catalog.current_setting('server_version'), pg_catalog.count(*) "
                      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                      "WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' "
                      "AND n.nspname <> 'information_schema' "
                      "AND c.oid IS DISTINCT FROM pg_catalog.to_regclass({}) "
                      "AND NOT (c.relname = 'varve_statement' AND n.oid = pg_catalog.to_regnamespace({})) "
                      "AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.deptype = 'e' AND d.objid = c.oid "
                      "AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)",
                      {names.ledger_literal, names.schema_literal}));
    return {.exists = true,
            .server = std::string(text_in(answer, 0, 0)),
            .tables = static_cast<std::size_t>(number_in(answer, 0, 1))};
}

}  // namespace varve::postgresql
