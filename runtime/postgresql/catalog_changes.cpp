#include "catalog_changes.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

#include "core/raise.hpp"

#include <algorithm>
#include <string_view>

namespace varve::postgresql {
namespace {

constexpr std::string_view oids_of_users_begin = "16384";

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        result.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

// `{16390,NULL,0}`
void add_oids(std::vector<std::string>& to, std::string_view array) {
    if (array.size() < 2) return;
    for (auto& each : split(array.substr(1, array.size() - 2)))
        if (each != "NULL" && each != "0") to.push_back(std::move(each));
}

void remove_duplicates(std::vector<std::string>& of) {
    std::sort(of.begin(), of.end());
    of.erase(std::unique(of.begin(), of.end()), of.end());
}

void add_row(catalog_rows& to, const pqxx::row& row) {
    if (*row[4].c_str() != '\0')
        to.unmodelled.objects.push_back({row[4].c_str(), row[5].c_str(), {}, {{"definition", row[6].c_str()}}});
    to.rows.push_back(filled("{} {}", {row[0].c_str(), row[6].c_str()}));
    add_oids(to.of.relations, row[1].c_str());
    add_oids(to.of.types, row[2].c_str());
    add_oids(to.of.functions, row[3].c_str());
}

// Which tables the transaction wrote to, those of the catalog and others, and whether as many rows were added to the
// catalog as removed. The server counts what was undone too; but each part that was undone has an id that is completed,
// and greater than the first.
constexpr const char* text_to_count =
    "SET jit = off; PREPARE varve_written AS SELECT first % 4294967296, written, "
    "balanced AND txid_snapshot_xmax(txid_current_snapshot()) <= first, tables FROM ("
    "SELECT txid_current() AS first, string_agg(relname, ',') FILTER (WHERE is_catalog) AS written, "
    "bool_and(inserted = deleted) FILTER (WHERE is_catalog) AS balanced, "
    "string_agg(oid::text, ',') FILTER (WHERE NOT is_catalog) AS tables FROM ("
    "SELECT oid, relname, relnamespace = 'pg_catalog'::regnamespace AS is_catalog, "
    "pg_stat_get_xact_tuples_inserted(oid) AS inserted, pg_stat_get_xact_tuples_updated(oid) AS updated, "
    "pg_stat_get_xact_tuples_deleted(oid) AS deleted FROM pg_catalog.pg_class "
    "WHERE relkind = 'r' OFFSET 0"
    ") counted WHERE inserted + updated + deleted > 0) summed";

// Of the transaction's own rows, and of those that others still see.
constexpr std::string_view is_made = "age(t.xmin) <= 0";
constexpr std::string_view is_removed = "t.xmax <> '0'::xid AND age(t.xmax) <= age($1)";

}  // namespace

void catalog_changes::require_counts() {
    if (is_true(by_.run("SELECT pg_catalog.current_setting('track_counts') = 'on'"), 0, 0)) return;
    try {
        by_.run("SET track_counts TO on");
    } catch (const server_error&) {
        core::raise(error_code::database_unusable,
                    {"track_counts is off on ", by_.location(),
                     ": the server does not say what a transaction wrote to, "
                     "and no down script can be proven"},
                    "ALTER SYSTEM SET track_counts = on, or verify as a user who may set it, or on another server");
    }
}

void catalog_changes::prepare() {
    if (!tables_.empty()) return;
    tables_ = catalog_tables(by_);
    by_.run(text_to_count);
    other_.run("SET jit = off");
}

open_transaction catalog_changes::answer(const pqxx::result& rows) {
    const auto column = [&](int index) {
        return std::string(rows[0][static_cast<pqxx::row::size_type>(index)].c_str());
    };
    return {.id = column(0), .written = column(1), .keeps_numbers = column(2) == "t", .tables = split(column(3))};
}

// A statement for each set of tables: there are few, and to plan one takes longer than to run it.
catalog_rows catalog_changes::rows(connection& on, statements& known, std::string_view condition,
                                   const open_transaction& what) {
    catalog_rows result;
    auto statement = known.find(what.written);
    if (statement == known.end()) {
        const std::string name = filled("varve_rows_{}", {std::to_string(known.size())});
        const auto names = split(what.written);
        std::string text;
        for (const auto& each : tables_)
            if (std::find(names.begin(), names.end(), each.name) != names.end())
                append_to_list(text, " UNION ALL ", each.rows(condition));
        if (text.empty()) return result;
        on.run(filled("PREPARE {}(xid) AS {}", {name, text}));
        statement = known.emplace(what.written, name).first;
    }
    for (const auto& row : on.run(filled("EXECUTE {}('{}')", {statement->second, what.id}))) add_row(result, row);
    std::sort(result.rows.begin(), result.rows.end());
    return result;
}

catalog_rows catalog_changes::made(const open_transaction& what) { return rows(by_, of_made_, is_made, what); }

catalog_rows catalog_changes::removed(const open_transaction& what) {
    return rows(other_, of_removed_, is_removed, what);
}

catalog_selection merged(catalog_selection one, const catalog_selection& other) {
    const auto merge = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
        to.insert(to.end(), from.begin(), from.end());
        remove_duplicates(to);
    };
    merge(one.relations, other.relations);
    merge(one.types, other.types);
    merge(one.functions, other.functions);
    return one;
}

void add_unmodelled(catalog& to, connection& db) {
    std::string text;
    for (const auto& each : catalog_tables(db)) {
        if (each.modelled) continue;
        const std::string of_users = filled("t.oid >= {}", {oids_of_users_begin});
        append_to_list(text, " UNION ALL ", each.rows(each.has_oid ? of_users : "true"));
    }
    for (const auto& row : db.run(text))
        to.objects.push_back({row[4].c_str(), row[5].c_str(), {}, {{"definition", row[6].c_str()}}});
}

}  // namespace varve::postgresql
