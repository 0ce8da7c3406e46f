#include <compatibility/table_comparison.hpp>

#include <schema/type_change.hpp>
#include <schema/type_text.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace varve::generator {
namespace {

using names = std::array<std::string_view, 4>;

// Of a row of types that are wider and wider: where one stands; nowhere if it is not among them.
std::size_t rank(std::string_view name, const names& row) {
    return static_cast<std::size_t>(std::ranges::find(row, name) - row.begin()) % row.size();
}

bool is_wider_in(const names& row, std::string_view from, std::string_view to) {
    const auto is_there = [&](std::string_view name) { return std::ranges::find(row, name) != row.end(); };
    return is_there(from) && is_there(to) && rank(from, row) <= rank(to, row);
}

std::string stored_name(const type_name& type) {
    if (!is_serial(type)) return type.name;
    const std::string text = integer_text(type);
    return text == "bigint" ? "int8" : text == "smallint" ? "int2" : "int4";
}

/// Whatever a program writes and reads goes on to fit.
bool takes_as_much(const type_name& from, const type_name& to) {
    static constexpr names integers = {"int2", "int4", "int8", "numeric"};
    static constexpr names floats = {"float4", "float8", "float8", "float8"};
    static constexpr names texts = {"bpchar", "varchar", "text", "text"};
    if (keeps_rows(from, to)) return true;
    if (from.array_dimensions > 0 || to.array_dimensions > 0 || !to.modifiers.empty()) return false;
    const std::string was = stored_name(from);
    const std::string is = stored_name(to);
    return is_wider_in(integers, was, is) || is_wider_in(floats, was, is) || is_wider_in(texts, was, is);
}

/// SQLite's rules for the affinity of a declared type.
std::string_view affinity(std::string name) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const auto says = [&](std::string_view word) { return name.find(word) != std::string::npos; };
    if (says("INT")) return "integer";
    if (says("CHAR") || says("CLOB") || says("TEXT")) return "text";
    if (name.empty() || says("BLOB")) return "blob";
    return says("REAL") || says("FLOA") || says("DOUB") ? "real" : "numeric";
}

bool is_tightened(const type_name& from, const type_name& to, engine_kind engine) {
    if (engine == engine_kind::sqlite) return affinity(from.name) != affinity(to.name);
    return !takes_as_much(from, to);
}

std::string title_of(const table_change& both, const column_definition& column) {
    return both.released.name.name + "." + column.name;
}

void compare_columns(const table_change& both, const column_definition& was, const column_definition& is,
                     const std::function<void(std::string)>& tell) {
    const std::string title = title_of(both, was);
    if (is_tightened(was.type, is.type, both.engine)) {
        tell("the type of " + title + " is " + type_text(is.type) + " instead of " + type_text(was.type));
    }
    if (is.not_null && !was.not_null) {
        tell(title + " takes no NULL any more");
    } else if (is_required(is) && !is_required(was)) {
        tell(title + " has no default any more");
    }
    if (is.generated != generated_kind::none && was.generated == generated_kind::none) {
        tell(title + " is generated from now on");
    }
}

}  // namespace

bool is_required(const column_definition& column) {
    return column.not_null && column.default_value == default_kind::none && !column.identity &&
           column.generated == generated_kind::none && !is_serial(column.type);
}

void compare_tables(const table_change& both, const std::function<void(std::string)>& tell) {
    for (const known_column& each : both.before.columns) {
        if (both.released.find_column(each.definition.name) == nullptr) continue;
        const known_column* const is = both.after.find_column(each.definition.name);
        if (is != nullptr) {
            compare_columns(both, each.definition, is->definition, tell);
        } else if (both.after.columns_are_known) {
            tell("the column " + title_of(both, each.definition) + " is dropped or renamed");
        }
    }
    for (const known_column& each : both.after.columns) {
        if (!is_required(each.definition) || both.released.find_column(each.definition.name) != nullptr) continue;
        const known_column* const was = both.before.find_column(each.definition.name);
        if (was != nullptr && is_required(was->definition)) continue;
        tell("a value for the new column " + title_of(both, each.definition) + " must be given");
    }
}

}  // namespace varve::generator
