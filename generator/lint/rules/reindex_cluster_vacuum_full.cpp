#include <lint/rewritten.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

// `object` is a table, an index, a materialized view, or empty: everything there is.
bool is_in_use(const reviewed_statement& statement, const object_name& object) {
    if (object.name.empty()) return true;
    if (const known_table* table = statement.before.table_of_index(object)) {
        return statement.exists_in_production(table->name);
    }
    if (const known_object* view = statement.before.find_object(object_kind::materialized_view, object)) {
        return statement.history.migrations[view->origin.migration].released;
    }
    return statement.exists_in_production(object);
}

// REINDEX (VERBOSE) TABLE users: behind the word that says of what.
std::string concurrently(const reviewed_statement& statement) {
    for (const char* word : {"table", "index", "schema", "database", "system"}) {
        std::string text = with_words_after(statement, word, "CONCURRENTLY");
        if (text.size() > statement.text().size() + 1) return text;
    }
    return "REINDEX TABLE CONCURRENTLY ...;";
}

lint_finding finding_for(const reviewed_statement& statement, const maintenance& done) {
    const std::string object = done.object.name.empty() ? "every table" : statement.quoted(done.object);
    const std::string exclusive =
        " takes an ACCESS EXCLUSIVE lock: nobody can read or write " + object + " until everything is written anew";
    const std::size_t offset = statement.change.offset;
    switch (done.kind) {
        case maintenance_kind::reindex:
            return {
                offset,
                "REINDEX takes a SHARE lock on the table and ACCESS EXCLUSIVE locks on its indexes: nobody can write "
                "until they are built, and who reads waits, too",
                "make it a migration of its own, which varve then runs without a transaction:\n" +
                    concurrently(statement),
                {}};
        case maintenance_kind::cluster:
            return {offset, "CLUSTER" + exclusive, "do it with pg_repack, outside of the migrations", {}};
        case maintenance_kind::vacuum_full:
            return {offset, "VACUUM FULL" + exclusive, "do it with pg_repack, outside of the migrations", {}};
        case maintenance_kind::refresh_materialized_view:
            break;
    }
    return {offset,
            "REFRESH MATERIALIZED VIEW takes an ACCESS EXCLUSIVE lock: nobody can read " + object +
                " until it is written anew",
            "with a unique index on the view, readers are not blocked:\n" +
                with_words_after(statement, "view", "CONCURRENTLY"),
            {}};
}

}  // namespace

void reindex_cluster_vacuum_full(const reviewed_statement& statement, lint_findings& found) {
    const auto* done = std::get_if<maintenance>(&statement.change.what);
    if (done == nullptr || done->concurrently || !is_in_use(statement, done->object)) return;
    found.push_back(finding_for(statement, *done));
}

}  // namespace varve::generator::rules
