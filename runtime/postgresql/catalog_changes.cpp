#include "catalog_changes.hpp"

#include "filled_text.hpp"

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

catalog_rows rows_with(connection& on, const std::vector<catalog_table>& tables, const std::vector<std::string>& names,
                       std::string_view condition) {
    std::string text;
    for (const auto& each : tables)
        if (std::find(names.begin(), names.end(), each.name) != names.end())
            append_to_list(text, " UNION ALL ", each.rows(condition));
    catalog_rows result;
    if (text.empty()) return result;
    for (const auto& row : on.run(text)) add_row(result, row);
    std::sort(result.rows.begin(), result.rows.end());
    return result;
}

}  // namespace

open_transaction open_transaction_of(connection& db) {
    const auto answer = db.run(
        "SELECT txid_current() % 4294967296, string_agg(relname, ',') FROM pg_catalog.pg_stat_xact_sys_tables "
        "WHERE schemaname = 'pg_catalog' AND n_tup_ins + n_tup_upd + n_tup_del > 0");
    return {answer[0][0].c_str(), split(answer[0][1].c_str())};
}

catalog_rows rows_made(connection& by, const std::vector<catalog_table>& tables, const open_transaction& what) {
    return rows_with(by, tables, what.written, "age(t.xmin) <= 0");
}

catalog_rows rows_removed(connection& other, const std::vector<catalog_table>& tables, const open_transaction& what) {
    return rows_with(other, tables, what.written, filled("age(t.xmax) <= age('{}'::xid)", {what.id}));
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
