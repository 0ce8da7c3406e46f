#include <replay/foreign_key_check.hpp>

#include <replay/memory_database.hpp>
#include <replay/query.hpp>

#include <vector>

namespace varve::generator {

foreign_key_violations check_foreign_keys(const memory_database& database) {
    std::vector<std::string> tables;
    query rows_of_schema(database.handle(), "SELECT name FROM main.sqlite_master WHERE type = 'table'");
    while (rows_of_schema.step()) tables.emplace_back(rows_of_schema.text(0));
    foreign_key_violations result;
    for (const std::string& table : tables) {
        query rows(database.handle(), "PRAGMA main.foreign_key_check(" + quoted_name(table) + ")");
        while (rows.step()) {
            ++result["a row of table `" + table + "` refers to a row of `" + std::string(rows.text(2)) +
                     "` that does not exist"];
        }
        if (rows.failure()) {
            ++result["the foreign keys of table `" + table + "` cannot be checked: " + rows.failure()->message];
        }
    }
    return result;
}

std::string new_violation(const foreign_key_violations& before, const foreign_key_violations& after) {
    for (const auto& [what, count] : after) {
        const auto known = before.find(what);
        if (known == before.end() || known->second < count) return what;
    }
    return {};
}

}  // namespace varve::generator
