#include "table_rows.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

#include <cstddef>
#include <map>

namespace varve::postgresql {
namespace {

// A table with more rows is compared by their number and a sum of digests.
constexpr std::size_t most_rows_told_apart = 1000;

// What a script sets, and a value's text depends on.
constexpr const char* settings_of_values =
    "SET LOCAL timezone TO 'UTC'; SET LOCAL intervalstyle TO 'postgres'; SET LOCAL bytea_output TO 'hex'; "
    "SET LOCAL extra_float_digits TO 1; SET LOCAL jit TO off; ";

// Those of temporary tables are gone with their session.
constexpr std::string_view text_to_name_tables =
    "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_catalog.pg_class c "
    "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.relpersistence <> 't' "
    "AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
    "AND NOT (n.nspname = {} AND c.relname IN ('varve_ledger', 'varve_statement')) AND {} ORDER BY 1";

catalog_object described(const std::string& table, std::string kind, std::string name, std::string number) {
    return {std::move(kind), std::move(name), "table " + table, {{"number", std::move(number)}}};
}

}  // namespace

std::vector<std::string> row_reader::names_of(const std::string& condition) {
    const auto rows =
        db_.run(settings_of_values + filled(text_to_name_tables, {db_.quoted(ledger_schema_), condition}));
    std::vector<std::string> names;
    for (std::size_t row = 0; row < count_of(rows); ++row) names.emplace_back(text_in(rows, row, 0));
    return names;
}

catalog row_reader::read(const std::vector<std::string>& oids) {
    if (oids.empty()) return {};
    std::string list;
    for (const auto& each : oids) append_to_list(list, ",", each);
    return read_tables(names_of(filled("c.oid IN ({})", {list})));
}

catalog row_reader::read_all() {
    db_.run("BEGIN");
    catalog result = read_tables(names_of("true"));
    db_.run("ROLLBACK");
    return result;
}

catalog row_reader::read_tables(const std::vector<std::string>& names) {
    catalog result;
    if (names.empty()) return result;
    const std::string limit = std::to_string(most_rows_told_apart + 1);
    std::string text;
    for (std::size_t index = 0; index < names.size(); ++index)
        append_to_list(text, " UNION ALL ",
                       filled("(SELECT {}, pg_catalog.to_jsonb(t)::text FROM ONLY {} t LIMIT {})",
                              {std::to_string(index), names[index], limit}));
    std::vector<std::map<std::string, std::size_t>> rows(names.size());
    std::vector<std::size_t> counts(names.size());
    const auto answer = db_.run(text);
    for (std::size_t row = 0; row < count_of(answer); ++row) {
        const auto table = static_cast<std::size_t>(number_in(answer, row, 0));
        ++counts[table];
        ++rows[table][std::string(text_in(answer, row, 1))];
    }
    for (std::size_t index = 0; index < names.size(); ++index) {
        const std::string& table = names[index];
        if (counts[index] > most_rows_told_apart) {
            add_sum(result, table);
            continue;
        }
        for (const auto& [row, times] : rows[index])
            result.objects.push_back(
                described(table, "row", core::joined({"of ", table, " (", row, ")"}), std::to_string(times)));
    }
    return result;
}

void row_reader::add_sum(catalog& to, const std::string& name) {
    const auto answer =
        db_.run(filled("SELECT pg_catalog.count(*) || ' with the sum ' || pg_catalog.sum("
                       "pg_catalog.hashtextextended(pg_catalog.to_jsonb(t)::text, 0)) FROM ONLY {} t",
                       {name}));
    to.objects.push_back(described(name, "rows", "of " + name, std::string(text_in(answer, 0, 0))));
}

}  // namespace varve::postgresql
