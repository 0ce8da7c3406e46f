#include <schema/tree_changes.hpp>
#include <schema/tree_columns.hpp>
#include <schema/tree_names.hpp>

#include <array>
#include <utility>

namespace varve::generator {
namespace {

struct named_node {
    std::string_view node;
    std::string_view name;
};
/// Expressions whose result has a name of its own.
constexpr std::array named_nodes{
    named_node{"CoalesceExpr", "coalesce"},     named_node{"CaseExpr", "case"},
    named_node{"A_ArrayExpr", "array"},         named_node{"RowExpr", "row"},
    named_node{"XmlSerialize", "xmlserialize"},
};

std::string result_name(syntax_node expression);

std::string name_of_case(syntax_node expression) {
    const std::string otherwise = result_name(expression["defresult"]);
    return otherwise.empty() ? "case" : otherwise;
}

/// What PostgreSQL calls the result of an expression; empty if it has no name for it.
std::string result_name(syntax_node expression) {
    const std::string_view node = expression.name();
    const syntax_node inside = expression.first();
    const auto last_of = [](const std::vector<std::string>& parts) {
        return parts.empty() ? std::string() : parts.back();
    };
    if (node == "ColumnRef") return last_of(strings(inside["fields"]));
    if (node == "FuncCall") return last_of(strings(inside["funcname"]));
    if (node == "CollateClause") return result_name(inside["arg"]);
    if (node == "CaseExpr") return name_of_case(inside);
    if (node == "MinMaxExpr") return inside["op"].is("IS_LEAST") ? "least" : "greatest";
    if (node == "A_Expr" && inside["kind"].is("AEXPR_NULLIF")) return "nullif";
    if (node == "TypeCast") {
        std::string of_value = result_name(inside["arg"]);
        return of_value.empty() ? last_of(strings(inside["typeName"]["names"])) : of_value;
    }
    for (const named_node& each : named_nodes) {
        if (node == each.node) return std::string(each.name);
    }
    return {};
}

std::string name_part(syntax_node element) {
    std::string name = element["name"].text();
    if (name.empty()) name = result_name(element["expr"]);
    return name.empty() ? "expr" : name;
}

bool is_plain(syntax_node element) {
    return element["ordering"].is("SORTBY_DEFAULT") && element["nulls_ordering"].is("SORTBY_NULLS_DEFAULT") &&
           !element["opclass"] && !element["collation"];
}

}  // namespace

create_index index_from(syntax_node statement) {
    create_index made;
    made.table = relation_name(statement["relation"]);
    made.index = {made.table.schema, statement["idxname"].text()};
    made.method = statement["accessMethod"].text();
    made.unique = statement["unique"].flag();
    made.concurrently = statement["concurrent"].flag();
    made.if_not_exists = statement["if_not_exists"].flag();
    made.only = !statement["relation"]["inh"].flag();
    made.partial = static_cast<bool>(statement["whereClause"]);
    for (const syntax_node each : statement["indexParams"]) {
        const syntax_node element = each.as("IndexElem");
        made.columns.push_back(element["name"].text());
        collect_columns(element["expr"], made.used);
        if (!is_plain(element)) made.plain = false;
        if (made.index.name.empty()) made.name_parts.push_back(name_part(element));
    }
    for (const syntax_node each : statement["indexIncludingParams"]) {
        const syntax_node element = each.as("IndexElem");
        made.used.push_back(element["name"].text());
        if (made.index.name.empty()) made.name_parts.push_back(name_part(element));
    }
    collect_columns(statement["whereClause"], made.used);
    return made;
}

}  // namespace varve::generator
