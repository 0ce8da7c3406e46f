#include <schema/token_columns.hpp>

#include <schema/default_functions.hpp>
#include <sql/character.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::array<std::string_view, 40> words_of_expressions{"all",
                                                                "and",
                                                                "any",
                                                                "array",
                                                                "as",
                                                                "between",
                                                                "case",
                                                                "cast",
                                                                "collate",
                                                                "cross",
                                                                "current_date",
                                                                "current_time",
                                                                "current_timestamp",
                                                                "current_user",
                                                                "distinct",
                                                                "else",
                                                                "end",
                                                                "escape",
                                                                "exists",
                                                                "false",
                                                                "from",
                                                                "glob",
                                                                "ilike",
                                                                "in",
                                                                "interval",
                                                                "is",
                                                                "isnull",
                                                                "like",
                                                                "match",
                                                                "not",
                                                                "notnull",
                                                                "null",
                                                                "or",
                                                                "regexp",
                                                                "select",
                                                                "similar",
                                                                "then",
                                                                "true",
                                                                "when",
                                                                "where"};

bool is_word_of_expressions(const token_cursor& at) {
    return std::any_of(words_of_expressions.begin(), words_of_expressions.end(),
                       [&](std::string_view each) { return at.at(each); });
}

struct spelling {
    std::string_view written;
    std::string_view name;
};
/// How PostgreSQL itself calls types that SQL calls otherwise.
constexpr std::array spellings{
    spelling{"int", "int4"},
    spelling{"integer", "int4"},
    spelling{"bigint", "int8"},
    spelling{"smallint", "int2"},
    spelling{"boolean", "bool"},
    spelling{"real", "float4"},
    spelling{"float", "float8"},
    spelling{"double precision", "float8"},
    spelling{"decimal", "numeric"},
    spelling{"dec", "numeric"},
    spelling{"char", "bpchar"},
    spelling{"character", "bpchar"},
    spelling{"character varying", "varchar"},
    spelling{"char varying", "varchar"},
    spelling{"national character varying", "varchar"},
    spelling{"bit varying", "varbit"},
    spelling{"timestamp with time zone", "timestamptz"},
    spelling{"timestamp without time zone", "timestamp"},
    spelling{"time with time zone", "timetz"},
    spelling{"time without time zone", "time"},
};

/// Where something of a column begins that is not its type.
bool begins_column_constraint(const token_cursor& column, std::size_t index) {
    const token_reader& tokens = column.text().tokens();
    const auto before = [&](std::string_view word) { return index > 0 && tokens.word(index - 1, word); };
    if (tokens.any_word(index, {"constraint", "primary", "unique", "check", "references", "generated", "collate"}))
        return true;
    if (tokens.word(index, "not")) return tokens.word(index + 1, "null");
    if (tokens.word(index, "null")) return !before("not") && !before("default") && !before("set");
    // ON DELETE SET DEFAULT, GENERATED BY DEFAULT
    if (tokens.word(index, "default")) return !before("set") && !before("by");
    if (tokens.word(index, "as")) return tokens.symbol(index + 1, "(") && !before("always");
    return false;
}

/// Where a column's constraints begin; `CONSTRAINT name` and what it names are one.
std::vector<std::size_t> begins_of_constraints(const token_cursor& column, std::size_t from) {
    std::vector<std::size_t> begins;
    token_cursor at = column.part(from, column.end());
    while (!at.at_end()) {
        if (!begins_column_constraint(column, at.index())) {
            if (!at.skip_parentheses()) at.skip();
            continue;
        }
        begins.push_back(at.index());
        // What follows DEFAULT is its value, whatever word it is.
        const std::size_t over = at.at("constraint") ? 3 : at.at("default") ? 2 : 1;
        for (std::size_t i = 0; i < over && !at.at_end(); ++i) {
            if (!at.skip_parentheses()) at.skip();
        }
    }
    return begins;
}

std::string not_null_column(token_cursor inside) {
    const std::string column = inside.at_name() ? inside.take_name() : std::string();
    const bool said = inside.take({"is", "not", "null"}) || inside.take({"not", "null"}) || inside.take("notnull");
    return said && inside.at_end() ? column : std::string();
}

void read_check(token_cursor& at, constraint_definition& read) {
    read.kind = constraint_kind::check;
    const std::size_t begin = at.index() + 1;
    if (!at.skip_parentheses()) return;
    const token_cursor inside = at.part(begin, at.index() - 1);
    read.columns = columns_in(inside);
    read.not_null_check = not_null_column(inside);
}

void read_reference(token_cursor& at, constraint_definition& read) {
    read.kind = constraint_kind::foreign_key;
    read.referenced = at.take_qualified_name();
    read.referenced_columns = at.take_names_in_parentheses();
}

/// Up to what follows its columns; false: this is no constraint.
bool read_kind(token_cursor& at, constraint_definition& read) {
    if (at.take({"primary", "key"})) {
        read.kind = constraint_kind::primary_key;
    } else if (at.take("unique")) {
        read.kind = constraint_kind::unique;
    } else if (at.take("check")) {
        read_check(at, read);
        return true;
    } else if (at.take("references")) {
        read_reference(at, read);
        return true;
    } else if (at.take({"foreign", "key"})) {
        read.columns = at.take_names_in_parentheses();
        if (at.take("references")) read_reference(at, read);
        read.kind = constraint_kind::foreign_key;
        return true;
    } else if (at.take("exclude")) {
        read.kind = constraint_kind::exclusion;
        if (at.take("using")) at.skip();
        for (token_cursor& element : at.take_elements()) read.columns.push_back(element.take_name());
        return true;
    } else {
        return false;
    }
    static_cast<void>(at.take({"nulls", "not", "distinct"}));
    if (at.take({"using", "index"})) {
        read.using_index = at.take_name();
    } else {
        read.columns = at.take_names_in_parentheses();
    }
    return true;
}

std::optional<constraint_definition> read_constraint(token_cursor at) {
    constraint_definition read;
    read.offset = at.text().offset_of(at.index());
    if (at.take("constraint")) read.name = at.take_name();
    read.text = at.text().text(at.index(), at.end());
    if (!read_kind(at, read)) return std::nullopt;
    while (!at.at_end()) {
        if (at.take({"not", "valid"})) {
            read.not_valid = true;
        } else {
            at.skip();
        }
    }
    return read;
}

/// Puts what one of a column's constraints says into the column.
void read_column_constraint(token_cursor at, column_definition& column) {
    token_cursor named = at;
    if (named.take("constraint")) named.skip();
    if (named.take({"not", "null"})) {
        column.not_null = true;
    } else if (named.take("default")) {
        column.default_value = default_from_tokens(named);
        column.default_text = named.text().text(named.index(), named.end());
    } else if (named.take({"generated", "always", "as", "identity"}) ||
               named.take({"generated", "by", "default", "as", "identity"})) {
        column.identity = true;
        column.not_null = true;
    } else if (named.at_any({"generated", "as"})) {
        // SQLite's are virtual unless they say otherwise, PostgreSQL's must say.
        column.generated = named.skip_to({"stored"}) ? generated_kind::stored : generated_kind::virtual_column;
    } else if (auto constraint = read_constraint(at)) {
        if (constraint->kind != constraint_kind::check) constraint->columns = {column.name};
        if (constraint->kind == constraint_kind::primary_key) {
            // SQLite allows NULL in a primary key.
            if (at.text().dialect() == engine_kind::postgresql) column.not_null = true;
            column.autoincrement = named.skip_to({"autoincrement"});
        }
        column.constraints.push_back(*std::move(constraint));
    }
}

std::optional<std::int64_t> number(const token_cursor& at) {
    const std::string_view digits = at.at_end() ? std::string_view() : at.text().tokens().text(at.index());
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool is_number = !digits.empty() && read.ptr == digits.data() + digits.size();
    return is_number ? std::optional(value) : std::nullopt;
}

/// One word of a type, its `(10, 2)` or its `[]`; false: the type ends here.
bool take_part(token_cursor& at, type_name& type) {
    if (at.at_symbol("(")) {
        for (const token_cursor& element : at.take_elements()) {
            if (const auto modifier = number(element)) type.modifiers.push_back(*modifier);
        }
        return true;
    }
    if (at.take_symbol("[")) {
        ++type.array_dimensions;
        while (!at.at_end() && !at.take_symbol("]")) at.skip();
        return true;
    }
    if (!at.at_name() || at.at("using")) return false;
    const bool as_written = at.text().dialect() == engine_kind::sqlite;
    type.name.append(type.name.empty() ? "" : " ");
    type.name.append(as_written ? std::string(at.text().tokens().text(at.index())) : at.text().name(at.index()));
    at.skip();
    return true;
}

std::string postgresql_name(const std::string& written) {
    for (const spelling& each : spellings) {
        if (written == each.written) return std::string(each.name);
    }
    return written;
}

}  // namespace

std::vector<std::string> columns_in(token_cursor at) {
    std::vector<std::string> columns;
    while (!at.at_end()) {
        const bool may_be_text =
            at.text().tokens().quoted(at.index()) && at.text().tokens().text(at.index()).back() == '\'';
        const bool of_cast = at.index() > 0 && at.text().tokens().symbol(at.index() - 1, "::");
        if (!at.at_name() || may_be_text || of_cast || is_word_of_expressions(at)) {
            at.skip();
            continue;
        }
        const std::string name = at.take_qualified_name().name;
        const bool is_call = at.at_symbol("(");
        if (is_call || name.empty() || is_digit(name.front())) continue;
        if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
    }
    return columns;
}

default_kind default_from_tokens(token_cursor at) {
    const bool null = at.at("null") && at.index() + 1 == at.end();
    if (at.at_end() || null) return default_kind::none;
    if (at.text().dialect() == engine_kind::sqlite)
        return at.at_symbol("(") ? default_kind::volatile_expression : default_kind::constant;
    for (; !at.at_end(); at.skip()) {
        const bool is_call = at.at_name() && at.text().tokens().symbol(at.index() + 1, "(");
        const bool is_type = at.index() > 0 && at.text().tokens().symbol(at.index() - 1, "::");
        const bool of_schema = at.index() > 1 && at.text().tokens().symbol(at.index() - 1, ".") &&
                               !at.text().tokens().word(at.index() - 2, "pg_catalog");
        const bool is_stable = !of_schema && is_stable_function(at.text().name(at.index()));
        if (is_call && !is_type && !is_word_of_expressions(at) && !is_stable) return default_kind::volatile_expression;
    }
    return default_kind::constant;
}

type_name take_type(token_cursor& at) {
    type_name type;
    const bool is_postgresql = at.text().dialect() == engine_kind::postgresql;
    const bool quoted = at.text().tokens().quoted(at.index());
    if (is_postgresql && at.text().tokens().symbol(at.index() + 1, ".")) {
        const object_name name = at.take_qualified_name();
        type.schema = name.schema == "pg_catalog" ? std::string() : name.schema;
        type.name = name.name;
    }
    while (!at.at_end() && !begins_column_constraint(at, at.index()) && take_part(at, type)) {
    }
    // "char" is another type than char.
    if (is_postgresql && !quoted && type.schema.empty()) type.name = postgresql_name(type.name);
    return type;
}

column_definition column_from_tokens(token_cursor at) {
    column_definition column;
    column.offset = at.text().offset_of(at.index());
    column.text = at.text().text(at.index(), at.end());
    column.name = at.take_name();
    column.type = take_type(at);
    const std::vector<std::size_t> begins = begins_of_constraints(at, at.index());
    for (std::size_t i = 0; i < begins.size(); ++i) {
        const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : at.end();
        read_column_constraint(at.part(begins[i], end), column);
    }
    return column;
}

std::optional<constraint_definition> constraint_from_tokens(token_cursor at) {
    if (!at.at_any({"constraint", "primary", "unique", "check", "foreign", "exclude"})) return std::nullopt;
    return read_constraint(at);
}

}  // namespace varve::generator
