#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>
#include <vector>

namespace varve::generator::rules {
namespace {

/// CASCADE empties the tables that refer to these, and those that refer to them.
std::vector<object_name> also_emptied(const schema& before, const std::vector<object_name>& tables) {
    std::vector<object_name> all = tables;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const lost_dependent& each : before.references_to(all[i])) {
            if (std::ranges::find(all, each.table) == all.end()) all.push_back(each.table);
        }
    }
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(tables.size()));
    return all;
}

std::string cascade_text(const reviewed_statement& statement, const truncate& emptied) {
    if (!emptied.cascade) return {};
    std::string text;
    for (const object_name& each : also_emptied(statement.before, emptied.tables)) {
        text += (text.empty() ? ", and CASCADE empties " : ", ") + statement.quoted(each);
    }
    return text.empty() ? ", and those of every table that refers to it" : text;
}

}  // namespace

void truncated_table(const reviewed_statement& statement, lint_findings& found) {
    const auto* emptied = std::get_if<truncate>(&statement.change.what);
    if (emptied == nullptr) return;
    for (const object_name& each : emptied->tables) {
        if (!statement.exists_in_production(each)) continue;
        const std::string table = statement.quoted(each);
        found.push_back({statement.change.offset,
                         "all rows of " + table + " are lost" + cascade_text(statement, *emptied),
                         "say which rows are meant:\nDELETE FROM " + table + " WHERE ...;\n" +
                             how_to_allow("M303", "it only caches what is elsewhere"),
                         made_in(statement, each)});
    }
}

}  // namespace varve::generator::rules
