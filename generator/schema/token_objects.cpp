#include <schema/token_changes.hpp>
#include <schema/token_columns.hpp>

#include <array>
#include <utility>

namespace varve::generator {
namespace {

/// The kind of object whose words begin here, and over them.
std::optional<std::pair<object_kind, std::string_view>> take_kind(token_cursor& at) {
    static constexpr std::array<std::pair<std::string_view, object_kind>, 17> kinds{{
        {"TABLE", object_kind::table},
        {"VIEW", object_kind::view},
        {"INDEX", object_kind::index},
        {"TRIGGER", object_kind::trigger},
        {"SEQUENCE", object_kind::sequence},
        {"TYPE", object_kind::composite_type},
        {"DOMAIN", object_kind::domain},
        {"FUNCTION", object_kind::function},
        {"PROCEDURE", object_kind::procedure},
        {"AGGREGATE", object_kind::aggregate},
        {"POLICY", object_kind::policy},
        {"RULE", object_kind::rule},
        {"SCHEMA", object_kind::schema},
        {"EXTENSION", object_kind::extension},
        {"ROLE", object_kind::role},
        {"DATABASE", object_kind::database},
        {"STATISTICS", object_kind::other},
    }};
    if (at.take({"materialized", "view"})) return {{object_kind::materialized_view, "MATERIALIZED VIEW"}};
    if (at.take({"foreign", "table"})) return {{object_kind::foreign_table, "FOREIGN TABLE"}};
    for (const auto& [keyword, kind] : kinds) {
        std::string word(keyword);
        for (char& each : word) each = static_cast<char>(each - 'A' + 'a');
        if (at.take(word)) return {{kind, keyword}};
    }
    return std::nullopt;
}

/// The name behind the first ON (of a rule: TO), wherever it stands.
object_name table_of(token_cursor at, object_kind kind) {
    if (kind == object_kind::rule) {
        if (!at.skip_to({"on"}) || !at.skip_to({"to"})) return {};
    } else if (!at.skip_to({"on"})) {
        return {};
    }
    at.skip();
    return at.take_qualified_name();
}

bool belongs_to_table(object_kind kind) {
    return kind == object_kind::trigger || kind == object_kind::policy || kind == object_kind::rule;
}

void read_index_column(token_cursor element, create_index& made) {
    const token_reader& tokens = element.text().tokens();
    token_cursor after = element;
    std::string name = after.take_name();
    const bool is_column = !name.empty() && (after.at_end() || tokens[after.index()].kind == token_kind::word ||
                                             tokens.quoted(after.index()));
    made.columns.push_back(is_column ? std::move(name) : std::string());
    if (is_column && !after.at_end()) made.plain = false;
    if (!is_column) {
        for (std::string& column : columns_in(element)) made.used.push_back(std::move(column));
    }
}

create_index index_from_tokens(token_cursor at) {
    create_index made;
    made.concurrently = at.take("concurrently");
    made.if_not_exists = at.take({"if", "not", "exists"});
    if (!at.at("on")) made.index = at.take_qualified_name();
    at.take("on");
    made.only = at.take("only");
    made.table = at.take_qualified_name();
    // PostgreSQL's index is where its table is, SQLite's table where its index is.
    if (at.text().dialect() == engine_kind::postgresql) made.index.schema = made.table.schema;
    if (at.text().dialect() == engine_kind::sqlite) made.table.schema = made.index.schema;
    made.method = at.take("using") ? at.take_name() : "btree";
    for (const token_cursor& element : at.take_elements()) read_index_column(element, made);
    if (at.take("include")) {
        for (std::string& column : at.take_names_in_parentheses()) made.used.push_back(std::move(column));
    }
    if (at.skip_to({"where"})) {
        made.partial = true;
        at.skip();
        for (std::string& column : columns_in(at)) made.used.push_back(std::move(column));
    }
    return made;
}

std::vector<std::string> enum_values(token_cursor at) {
    std::vector<std::string> values;
    for (const token_cursor& each : at.take_elements()) values.push_back(each.text().literal(each.index()));
    return values;
}

create_object object_from_tokens(token_cursor at, object_kind kind, std::string_view keyword) {
    create_object made;
    made.kind = kind;
    made.keyword = keyword;
    made.if_not_exists = at.take({"if", "not", "exists"});
    made.name = at.take_qualified_name();
    if (belongs_to_table(kind)) made.of = table_of(at, kind);
    if (kind != object_kind::composite_type) return made;
    if (at.take({"as", "enum"})) {
        made.kind = object_kind::enum_type;
        made.enum_values = enum_values(at);
    } else if (at.take({"as", "range"})) {
        made.kind = object_kind::range_type;
    } else if (!at.at("as")) {
        made.kind = object_kind::other;
    }
    return made;
}

change altered_type(token_cursor at, const object_name& type) {
    if (at.take({"add", "value"})) {
        const bool if_not_exists = at.take({"if", "not", "exists"});
        return add_enum_value{.type = type, .value = at.text().literal(at.index()), .if_not_exists = if_not_exists};
    }
    if (at.take({"rename", "value"})) {
        std::string old_value = at.text().literal(at.index());
        at.skip();
        at.take("to");
        return rename{.kind = object_kind::enum_type,
                      .object = type,
                      .part = std::move(old_value),
                      .new_name = at.text().literal(at.index()),
                      .signature = {}};
    }
    return other_statement{"ALTER TYPE"};
}

}  // namespace

std::optional<change> created_from_tokens(token_cursor at) {
    const bool or_replace = at.take({"or", "replace"});
    const bool temporary = at.take_any({"temp", "temporary"});
    at.take_any({"unlogged", "recursive", "constraint"});
    const bool unique = at.take("unique");
    if (at.take({"virtual", "table"})) {
        create_table made;
        made.if_not_exists = at.take({"if", "not", "exists"});
        made.table = at.take_qualified_name();
        made.like_others = true;
        return made;
    }
    const auto kind = take_kind(at);
    if (!kind) return std::nullopt;
    if (kind->first == object_kind::table) {
        create_table made = table_from_tokens(at);
        made.temporary = temporary;
        return made;
    }
    if (kind->first == object_kind::index) {
        create_index made = index_from_tokens(at);
        made.unique = unique;
        return made;
    }
    create_object made = object_from_tokens(at, kind->first, kind->second);
    made.or_replace = or_replace;
    return made;
}

std::optional<change> altered_from_tokens(token_cursor at) {
    const auto kind = take_kind(at);
    if (!kind) return std::nullopt;
    if (kind->first == object_kind::table) return altered_table_from_tokens(at);
    at.take({"if", "exists"});
    const object_name name = at.take_qualified_name();
    if (at.take({"rename", "to"}))
        return rename{.kind = kind->first, .object = name, .part = {}, .new_name = at.take_name(), .signature = {}};
    if (at.take({"set", "schema"}))
        return move_to_schema{.kind = kind->first, .object = name, .new_schema = at.take_name(), .signature = {}};
    if (kind->first == object_kind::composite_type) return altered_type(at, name);
    return other_statement{"ALTER " + std::string(kind->second)};
}

std::optional<change> dropped_from_tokens(token_cursor at) {
    const auto kind = take_kind(at);
    if (!kind) return std::nullopt;
    drop_objects dropped;
    dropped.kind = kind->first;
    dropped.concurrently = at.take("concurrently");
    dropped.if_exists = at.take({"if", "exists"});
    while (!at.at_end()) {
        token_cursor each = at.take_element();
        drop_objects::object object{.name = each.take_qualified_name(), .of = {}, .signature = {}};
        if (object.name.name.empty()) break;
        if (each.take("on")) object.of = each.take_qualified_name();
        each.skip_parentheses();
        dropped.cascade = each.at("cascade");
        dropped.objects.push_back(std::move(object));
    }
    return dropped;
}

}  // namespace varve::generator
