#include "catalog_tables.hpp"

#include "filled_text.hpp"

#include <algorithm>
#include <array>

namespace varve::postgresql {
namespace {

struct modelled_table {
    std::string_view name;
    std::string_view relations = "NULL";
    std::string_view types = "NULL";
    std::string_view functions = "NULL";
    std::string_view relevant = "true";
};

// Those whose rows `catalog_text` reads as objects, and which objects.
constexpr std::string_view described_relation =
    "ARRAY[CASE t.classoid WHEN 'pg_class'::regclass THEN t.objoid"
    " WHEN 'pg_constraint'::regclass THEN (SELECT conrelid FROM pg_constraint c WHERE c.oid = t.objoid)"
    " WHEN 'pg_trigger'::regclass THEN (SELECT tgrelid FROM pg_trigger c WHERE c.oid = t.objoid)"
    " WHEN 'pg_policy'::regclass THEN (SELECT polrelid FROM pg_policy c WHERE c.oid = t.objoid)"
    " WHEN 'pg_rewrite'::regclass THEN (SELECT ev_class FROM pg_rewrite c WHERE c.oid = t.objoid) END]";
constexpr std::string_view described_type =
    "ARRAY[CASE t.classoid WHEN 'pg_type'::regclass THEN t.objoid"
    " WHEN 'pg_constraint'::regclass THEN (SELECT contypid FROM pg_constraint c WHERE c.oid = t.objoid) END]";
constexpr std::string_view dependent_relations =
    "ARRAY[CASE WHEN t.classid = 'pg_class'::regclass THEN t.objid END,"
    " CASE WHEN t.refclassid = 'pg_class'::regclass THEN t.refobjid END]";

constexpr std::array modelled{
    modelled_table{"pg_namespace"},
    modelled_table{"pg_extension"},
    modelled_table{"pg_default_acl"},
    modelled_table{.name = "pg_class", .relations = "ARRAY[t.oid]"},
    modelled_table{.name = "pg_attribute", .relations = "ARRAY[t.attrelid]", .relevant = "NOT t.attisdropped"},
    modelled_table{.name = "pg_attrdef", .relations = "ARRAY[t.adrelid]"},
    modelled_table{.name = "pg_constraint", .relations = "ARRAY[t.conrelid]", .types = "ARRAY[t.contypid]"},
    modelled_table{.name = "pg_index", .relations = "ARRAY[t.indexrelid, t.indrelid]"},
    modelled_table{.name = "pg_inherits", .relations = "ARRAY[t.inhrelid, t.inhparent]"},
    modelled_table{.name = "pg_partitioned_table", .relations = "ARRAY[t.partrelid]"},
    modelled_table{.name = "pg_foreign_table", .relations = "ARRAY[t.ftrelid]"},
    modelled_table{.name = "pg_sequence", .relations = "ARRAY[t.seqrelid]"},
    modelled_table{.name = "pg_trigger", .relations = "ARRAY[t.tgrelid]"},
    modelled_table{.name = "pg_policy", .relations = "ARRAY[t.polrelid]"},
    modelled_table{.name = "pg_rewrite", .relations = "ARRAY[t.ev_class]"},
    modelled_table{.name = "pg_depend", .relations = dependent_relations},
    modelled_table{.name = "pg_description",
                   .relations = described_relation,
                   .types = described_type,
                   .functions = "ARRAY[CASE WHEN t.classoid = 'pg_proc'::regclass THEN t.objoid END]"},
    modelled_table{.name = "pg_type", .relations = "ARRAY[t.typrelid]", .types = "ARRAY[t.oid]"},
    modelled_table{.name = "pg_enum", .types = "ARRAY[t.enumtypid]"},
    modelled_table{.name = "pg_range", .types = "ARRAY[t.rngtypid]"},
    modelled_table{.name = "pg_proc", .functions = "ARRAY[t.oid]"},
    modelled_table{.name = "pg_aggregate", .functions = "ARRAY[t.aggfnoid::oid]"},
};

// What the server keeps there for itself: a schema is the same whatever they say.
constexpr std::string_view kept_by_the_server =
    "'relfilenode','relpages','reltuples','relallvisible','relallfrozen','relnatts','relchecks','relhasindex','"
    "relhasrules',"
    "'relhastriggers','relhassubclass','relfrozenxid','relminmxid','reltoastrelid','relrewrite','attcacheoff',"
    "'atthasmissing','attmissingval','indcheckxmin','datfrozenxid','datminmxid','rolpassword'";

constexpr const char* text_to_list_tables =
    "SELECT relname, EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = c.oid AND attname = 'oid'), "
    "(SELECT string_agg(',''' || attname || '''', '') FROM pg_catalog.pg_attribute WHERE attrelid = c.oid "
    "AND attnum > 0 AND atttypid IN ('oid'::regtype, 'xid'::regtype, 'oidvector'::regtype, 'oid[]'::regtype)) "
    "FROM pg_catalog.pg_class c WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND relname NOT IN "
    "('pg_statistic', 'pg_statistic_ext_data', 'pg_shdepend', 'pg_largeobject', 'pg_subscription_rel', "
    "'pg_replication_origin', 'pg_init_privs') ORDER BY relname";

}  // namespace

std::string catalog_table::rows(std::string_view condition) const {
    const std::string row = filled("(to_jsonb(t) - ARRAY[{}])::text", {volatile_columns});
    if (modelled)
        return filled(
            "SELECT '{}', {}::oid[]::text, {}::oid[]::text, {}::oid[]::text, '', '', {} FROM pg_catalog.{} t "
            "WHERE {} AND {}",
            {name, relations, types, functions, row, name, relevant, condition});
    const std::string_view kind = has_oid ? "o.type" : "'row of ' || t.tableoid::regclass::text";
    const std::string identity = has_oid ? "COALESCE(o.identity, '')" : row;
    const std::string object =
        has_oid ? filled(", LATERAL pg_identify_object('pg_catalog.{}'::regclass, t.oid, 0) o", {name}) : "";
    const std::string is_own =
        has_oid ? filled(
                      "NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.{}'::regclass "
                      "AND e.objid = t.oid AND e.deptype IN ('e', 'i'))",
                      {name})
                : "true";
    return filled("SELECT '{}', NULL, NULL, NULL, {}, {}, {} FROM pg_catalog.{} t{} WHERE {} AND {}",
                  {name, kind, identity, row, name, object, is_own, condition});
}

std::vector<catalog_table> catalog_tables(connection& db) {
    std::vector<catalog_table> result;
    for (const auto& row : db.run(text_to_list_tables)) {
        catalog_table table{.name = row[0].c_str()};
        const auto* const known = std::find_if(modelled.begin(), modelled.end(),
                                               [&](const modelled_table& each) { return each.name == table.name; });
        table.volatile_columns = kept_by_the_server;
        table.has_oid = std::string_view(row[1].c_str()) == "t";
        table.modelled = known != modelled.end();
        if (table.modelled) {
            table.relations = known->relations;
            table.types = known->types;
            table.functions = known->functions;
            table.relevant = known->relevant;
        } else {
            table.volatile_columns += row[2].c_str();
        }
        result.push_back(std::move(table));
    }
    return result;
}

}  // namespace varve::postgresql
