#include <inverse/object_words.hpp>

namespace varve::generator {

std::string_view keyword_of(object_kind kind) {
    switch (kind) {
        case object_kind::table:
            return "TABLE";
        case object_kind::index:
            return "INDEX";
        case object_kind::view:
            return "VIEW";
        case object_kind::materialized_view:
            return "MATERIALIZED VIEW";
        case object_kind::sequence:
            return "SEQUENCE";
        case object_kind::enum_type:
        case object_kind::composite_type:
        case object_kind::range_type:
            return "TYPE";
        case object_kind::domain:
            return "DOMAIN";
        case object_kind::function:
            return "FUNCTION";
        case object_kind::procedure:
            return "PROCEDURE";
        case object_kind::aggregate:
            return "AGGREGATE";
        case object_kind::trigger:
            return "TRIGGER";
        case object_kind::policy:
            return "POLICY";
        case object_kind::rule:
            return "RULE";
        case object_kind::schema:
            return "SCHEMA";
        case object_kind::extension:
            return "EXTENSION";
        case object_kind::role:
            return "ROLE";
        case object_kind::foreign_table:
            return "FOREIGN TABLE";
        case object_kind::column:
        case object_kind::constraint:
        case object_kind::database:
        case object_kind::other:
            break;
    }
    return {};
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
