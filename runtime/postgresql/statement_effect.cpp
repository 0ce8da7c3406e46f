#include "statement_effect.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

namespace varve::postgresql {
namespace {

// A name as the server keeps it: cut to the bytes that a name has.
std::string name_of(std::string_view text, connection& db) { return filled("{}::pg_catalog.name", {db.quoted(text)}); }

/// That an object is the one which the statement means: in the schema it says, or else found by the search path.
/// Without to_regclass: that fails if the schema may not be used.
std::string is_meant(const statement_probe& probe, std::string_view schema, std::string_view visible, connection& db) {
    if (probe.schema.empty()) return std::string(visible);
    return filled("{} = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = {})",
                  {schema, name_of(probe.schema, db)});
}

std::string is_meant_relation(const statement_probe& probe, connection& db) {
    return is_meant(probe, "t.relnamespace", "pg_catalog.pg_table_is_visible(t.oid)", db);
}

// An index of a partitioned table has nothing to be invalid about: its parts have.
found_effect of_built_index(const statement_probe& probe, connection& db) {
    const auto rows =
        db.run(filled("SELECT (i.indisvalid AND i.indisready AND i.indislive) OR c.relkind = 'I', "
                      "pg_catalog.format('DROP INDEX CONCURRENTLY IF EXISTS %I.%I', n.nspname, c.relname) "
                      "FROM pg_catalog.pg_class t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid "
                      "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
                      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                      "WHERE t.relname = {} AND c.relname = {} AND {}",
                      {name_of(probe.object, db), name_of(probe.name, db), is_meant_relation(probe, db)}));
    if (count_of(rows) == 0) return {.is = statement_effect::none};
    if (is_true(rows, 0, 0)) return {.is = statement_effect::complete};
    return {.is = statement_effect::partial, .remedies = {std::string(text_in(rows, 0, 1))}};
}

// `object` is a table or one of its indexes. The server names what it builds beside an index `.._ccnew`.
found_effect of_rebuilt_index(const statement_probe& probe, connection& db) {
    const auto rows = db.run(
        filled("SELECT pg_catalog.format('DROP INDEX CONCURRENTLY IF EXISTS %I.%I', n.nspname, c.relname) "
               "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
               "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
               "WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indrelid = "
               "(SELECT coalesce(x.indrelid, t.oid) FROM pg_catalog.pg_class t "
               "LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = t.oid WHERE t.relname = {} AND {})",
               {name_of(probe.object, db), is_meant_relation(probe, db)}));
    found_effect found{.is = statement_effect::none};
    for (std::size_t row = 0; row < count_of(rows); ++row) found.remedies.emplace_back(text_in(rows, row, 0));
    if (!found.remedies.empty()) found.is = statement_effect::partial;
    return found;
}

// Found in a later schema of the search path, it may be another one, that came to light when the first was dropped.
found_effect of_dropped_relation(const statement_probe& probe, connection& db) {
    const auto rows = db.run(
        filled("SELECT {} OR n.nspname = (pg_catalog.current_schemas(false))[1] FROM pg_catalog.pg_class t "
               "JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace WHERE t.relname = {} AND {}",
               {probe.schema.empty() ? "false" : "true", name_of(probe.object, db), is_meant_relation(probe, db)}));
    if (count_of(rows) == 0) return {.is = statement_effect::complete};
    return {.is = is_true(rows, 0, 0) ? statement_effect::none : statement_effect::unknown};
}

bool is_any(const std::string& query, connection& db) { return count_of(db.run(query)) != 0; }

bool has_enum_value(const statement_probe& probe, connection& db) {
    return is_any(filled("SELECT FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid "
                         "WHERE t.typname = {} AND e.enumlabel = {} AND {}",
                         {name_of(probe.object, db), name_of(probe.name, db),
                          is_meant(probe, "t.typnamespace", "pg_catalog.pg_type_is_visible(t.oid)", db)}),
                  db);
}

bool has_database(const statement_probe& probe, connection& db) {
    return is_any(filled("SELECT FROM pg_catalog.pg_database WHERE datname = {}", {name_of(probe.object, db)}), db);
}

found_effect complete_if(bool is) { return {.is = is ? statement_effect::complete : statement_effect::none}; }

}  // namespace

found_effect effect_of(const statement_probe& probe, connection& db) {
    switch (probe.kind) {
        case probe_kind::repeatable:
        case probe_kind::setting:
            return {.is = statement_effect::none};
        case probe_kind::index_built:
            return of_built_index(probe, db);
        case probe_kind::index_rebuilt:
            return of_rebuilt_index(probe, db);
        case probe_kind::relation_dropped:
            return of_dropped_relation(probe, db);
        case probe_kind::enum_value_added:
            return complete_if(has_enum_value(probe, db));
        case probe_kind::database_created:
            return complete_if(has_database(probe, db));
        case probe_kind::database_dropped:
            return complete_if(!has_database(probe, db));
    }
    return {};
}

}  // namespace varve::postgresql
