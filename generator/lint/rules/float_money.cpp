#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>
#include <array>

namespace varve::generator::rules {
namespace {

/// A word of its name says that the column holds money.
bool sounds_like_money(std::string_view column) {
    constexpr std::array<std::string_view, 14> words{"amount", "balance", "cost",   "costs", "discount", "fee", "fees",
                                                     "price",  "prices",  "salary", "tax",   "total",    "vat", "wage"};
    for (std::size_t begin = 0; begin < column.size();) {
        const std::size_t end = std::min(column.find('_', begin), column.size());
        if (std::ranges::find(words, column.substr(begin, end - begin)) != words.end()) return true;
        begin = end + 1;
    }
    return false;
}

}  // namespace

void float_money(const reviewed_statement& statement, lint_findings& found) {
    for (const new_column& each : new_columns(statement)) {
        const bool is_float = each.type.schema.empty() && (each.type.name == "float4" || each.type.name == "float8");
        if (!is_float || !sounds_like_money(each.name)) continue;
        found.push_back({each.offset,
                         statement.quoted(each.name) + " sounds like money, and a float cannot hold 0.10: sums drift",
                         statement.quoted(each.name) + " numeric(12,2), or bigint for the smallest coin",
                         {}});
    }
}

}  // namespace varve::generator::rules
