#include <inverse/object_words.hpp>

#include <algorithm>
#include <array>

namespace varve::generator {

namespace {

struct object_word {
    object_kind kind;
    std::string_view keyword;
};

// Those that are missing have no DROP of their own, or none that undoes them.
constexpr std::array object_keywords{
    object_word{object_kind::table, "TABLE"},
    object_word{object_kind::index, "INDEX"},
    object_word{object_kind::view, "VIEW"},
    object_word{object_kind::materialized_view, "MATERIALIZED VIEW"},
    object_word{object_kind::sequence, "SEQUENCE"},
    object_word{object_kind::enum_type, "TYPE"},
    object_word{object_kind::composite_type, "TYPE"},
    object_word{object_kind::range_type, "TYPE"},
    object_word{object_kind::domain, "DOMAIN"},
    object_word{object_kind::function, "FUNCTION"},
    object_word{object_kind::procedure, "PROCEDURE"},
    object_word{object_kind::aggregate, "AGGREGATE"},
    object_word{object_kind::trigger, "TRIGGER"},
    object_word{object_kind::policy, "POLICY"},
    object_word{object_kind::rule, "RULE"},
    object_word{object_kind::schema, "SCHEMA"},
    object_word{object_kind::extension, "EXTENSION"},
    object_word{object_kind::role, "ROLE"},
    object_word{object_kind::foreign_table, "FOREIGN TABLE"},
};

}  // namespace

std::string_view keyword_of(object_kind kind) {
    const auto* const found = std::ranges::find(object_keywords, kind, &object_word::kind);
    return found == object_keywords.end() ? std::string_view() : found->keyword;
}

std::string text_literal(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'') quoted += '\'';
        quoted += c;
    }
    return quoted += '\'';
}

}  // namespace varve::generator
