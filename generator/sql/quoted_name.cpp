#include <sql/quoted_name.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <array>

namespace varve::generator {
namespace {

using namespace std::string_view_literals;

// What PostgreSQL (14 to 18) does not take for every name, as its quote_ident() knows it.
constexpr std::array postgresql_words = {
    "all"sv,
    "analyse"sv,
    "analyze"sv,
    "and"sv,
    "any"sv,
    "array"sv,
    "as"sv,
    "asc"sv,
    "asymmetric"sv,
    "authorization"sv,
    "between"sv,
    "bigint"sv,
    "binary"sv,
    "bit"sv,
    "boolean"sv,
    "both"sv,
    "case"sv,
    "cast"sv,
    "char"sv,
    "character"sv,
    "check"sv,
    "coalesce"sv,
    "collate"sv,
    "collation"sv,
    "column"sv,
    "concurrently"sv,
    "constraint"sv,
    "create"sv,
    "cross"sv,
    "current_catalog"sv,
    "current_date"sv,
    "current_role"sv,
    "current_schema"sv,
    "current_time"sv,
    "current_timestamp"sv,
    "current_user"sv,
    "dec"sv,
    "decimal"sv,
    "default"sv,
    "deferrable"sv,
    "desc"sv,
    "distinct"sv,
    "do"sv,
    "else"sv,
    "end"sv,
    "except"sv,
    "exists"sv,
    "extract"sv,
    "false"sv,
    "fetch"sv,
    "float"sv,
    "for"sv,
    "foreign"sv,
    "freeze"sv,
    "from"sv,
    "full"sv,
    "grant"sv,
    "greatest"sv,
    "group"sv,
    "grouping"sv,
    "having"sv,
    "ilike"sv,
    "in"sv,
    "initially"sv,
    "inner"sv,
    "inout"sv,
    "int"sv,
    "integer"sv,
    "intersect"sv,
    "interval"sv,
    "into"sv,
    "is"sv,
    "isnull"sv,
    "join"sv,
    "json"sv,
    "json_array"sv,
    "json_arrayagg"sv,
    "json_exists"sv,
    "json_object"sv,
    "json_objectagg"sv,
    "json_query"sv,
    "json_scalar"sv,
    "json_serialize"sv,
    "json_table"sv,
    "json_value"sv,
    "lateral"sv,
    "leading"sv,
    "least"sv,
    "left"sv,
    "like"sv,
    "limit"sv,
    "localtime"sv,
    "localtimestamp"sv,
    "merge_action"sv,
    "national"sv,
    "natural"sv,
    "nchar"sv,
    "none"sv,
    "normalize"sv,
    "not"sv,
    "notnull"sv,
    "null"sv,
    "nullif"sv,
    "numeric"sv,
    "offset"sv,
    "on"sv,
    "only"sv,
    "or"sv,
    "order"sv,
    "out"sv,
    "outer"sv,
    "overlaps"sv,
    "overlay"sv,
    "placing"sv,
    "position"sv,
    "precision"sv,
    "primary"sv,
    "real"sv,
    "references"sv,
    "returning"sv,
    "right"sv,
    "row"sv,
    "select"sv,
    "session_user"sv,
    "setof"sv,
    "similar"sv,
    "smallint"sv,
    "some"sv,
    "substring"sv,
    "symmetric"sv,
    "system_user"sv,
    "table"sv,
    "tablesample"sv,
    "then"sv,
    "time"sv,
    "timestamp"sv,
    "to"sv,
    "trailing"sv,
    "treat"sv,
    "trim"sv,
    "true"sv,
    "union"sv,
    "unique"sv,
    "user"sv,
    "using"sv,
    "values"sv,
    "varchar"sv,
    "variadic"sv,
    "verbose"sv,
    "when"sv,
    "where"sv,
    "window"sv,
    "with"sv,
    "xmlattributes"sv,
    "xmlconcat"sv,
    "xmlelement"sv,
    "xmlexists"sv,
    "xmlforest"sv,
    "xmlnamespaces"sv,
    "xmlparse"sv,
    "xmlpi"sv,
    "xmlroot"sv,
    "xmlserialize"sv,
    "xmltable"sv,
};

// What SQLite does not take for a name.
constexpr std::array sqlite_words = {
    "add"sv,     "all"sv,        "alter"sv,       "and"sv,     "as"sv,       "autoincrement"sv,
    "between"sv, "case"sv,       "check"sv,       "collate"sv, "commit"sv,   "constraint"sv,
    "create"sv,  "default"sv,    "deferrable"sv,  "delete"sv,  "distinct"sv, "drop"sv,
    "else"sv,    "escape"sv,     "except"sv,      "exists"sv,  "foreign"sv,  "from"sv,
    "group"sv,   "having"sv,     "in"sv,          "index"sv,   "insert"sv,   "intersect"sv,
    "into"sv,    "is"sv,         "isnull"sv,      "join"sv,    "limit"sv,    "not"sv,
    "nothing"sv, "notnull"sv,    "null"sv,        "on"sv,      "or"sv,       "order"sv,
    "primary"sv, "references"sv, "returning"sv,   "select"sv,  "set"sv,      "table"sv,
    "then"sv,    "to"sv,         "transaction"sv, "union"sv,   "unique"sv,   "update"sv,
    "using"sv,   "values"sv,     "when"sv,        "where"sv,
};

static_assert(std::ranges::is_sorted(postgresql_words) && std::ranges::is_sorted(sqlite_words));

bool is_small_or_digit(char c) { return is_name_byte(c) && !(c >= 'A' && c <= 'Z'); }

// SQLite takes capitals for what they are, PostgreSQL would fold them.
bool is_plain(std::string_view name, engine_kind engine) {
    const auto allowed = engine == engine_kind::sqlite ? is_name_byte : is_small_or_digit;
    return !name.empty() && !is_digit(name.front()) && std::ranges::all_of(name, allowed);
}

bool is_key_word(std::string_view name, engine_kind engine) {
    std::string small(name);
    std::ranges::transform(small, small.begin(), to_lower);
    if (engine == engine_kind::sqlite) return std::ranges::binary_search(sqlite_words, std::string_view(small));
    return std::ranges::binary_search(postgresql_words, std::string_view(small));
}

}  // namespace

std::string quoted_name(std::string_view name, engine_kind engine) {
    if (is_plain(name, engine) && !is_key_word(name, engine)) return std::string(name);
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted += '"';
}

}  // namespace varve::generator
