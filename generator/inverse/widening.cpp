#include <inverse/widening.hpp>

#include <sql/quoted_name.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace varve::generator {
namespace {

/// Integers by their size; 0: none.
int integer_size(std::string_view name) {
    if (name == "int2" || name == "smallserial") return 2;
    if (name == "int4" || name == "serial") return 4;
    if (name == "int8" || name == "bigserial") return 8;
    return 0;
}

bool is_text(const type_name& type) { return type.name == "text" || type.name == "varchar"; }

/// The most characters, or none.
std::optional<std::int64_t> limit_of(const type_name& type) {
    if (type.modifiers.empty()) return std::nullopt;
    return type.modifiers.front();
}

/// No limit, or one that is not below the other.
bool holds(const type_name& wide, const type_name& narrow) {
    const auto limit = limit_of(wide);
    const auto other = limit_of(narrow);
    return !limit || (other && *other <= *limit);
}

std::optional<narrowing> to_integer(int size, const type_name& to) {
    const std::string out_of_range = "values out of the range of " + std::string(size == 2   ? "smallint"
                                                                                 : size == 4 ? "integer"
                                                                                             : "bigint");
    if (integer_size(to.name) >= size) {
        return narrowing{{}, integer_size(to.name) > size ? out_of_range : std::string()};
    }
    if (to.name == "numeric" && to.modifiers.empty()) return narrowing{"digits behind the point", out_of_range};
    return std::nullopt;
}

std::optional<narrowing> to_text(const type_name& from, const type_name& to) {
    if (!holds(to, from)) return std::nullopt;
    const auto limit = limit_of(from);
    if (!limit || limit == limit_of(to)) return narrowing{};
    return narrowing{{}, "texts longer than " + std::to_string(*limit) + " characters"};
}

std::optional<narrowing> to_numeric(const type_name& from, const type_name& to) {
    if (to.modifiers.empty() && from.modifiers.empty()) return narrowing{};
    if (from.modifiers.empty()) return std::nullopt;
    const auto scale_of = [](const type_name& type) { return type.modifiers.size() > 1 ? type.modifiers[1] : 0; };
    const std::int64_t whole = from.modifiers[0] - scale_of(from);
    if (!to.modifiers.empty() && (scale_of(to) < scale_of(from) || to.modifiers[0] - scale_of(to) < whole))
        return std::nullopt;
    const bool more_digits = to.modifiers.empty() || scale_of(to) > scale_of(from);
    return narrowing{more_digits ? "digits behind the point" : "",
                     "numbers that " + written_type(from) + " cannot hold"};
}

/// `timestamp(0)` to `timestamp(3)`
std::optional<narrowing> to_precision(const type_name& from, const type_name& to) {
    if (!holds(to, from)) return std::nullopt;
    return narrowing{limit_of(from) == limit_of(to) ? "" : "fractions of seconds", {}};
}

/// Key words that name a type: between quotes they would be right too, but nobody writes them so.
bool is_type_word(std::string_view name) {
    static constexpr std::array<std::string_view, 6> words{"bit",  "interval",  "numeric",
                                                           "time", "timestamp", "varchar"};
    return std::ranges::find(words, name) != words.end();
}

bool has_precision(std::string_view name) {
    static constexpr std::array<std::string_view, 4> names{"time", "timetz", "timestamp", "timestamptz"};
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::string written_type(const type_name& type) {
    std::string text;
    if (!type.schema.empty()) text = quoted_name(type.schema, engine_kind::postgresql) + ".";
    text +=
        type.schema.empty() && is_type_word(type.name) ? type.name : quoted_name(type.name, engine_kind::postgresql);
    for (std::size_t i = 0; i < type.modifiers.size(); ++i) {
        text += (i == 0 ? "(" : ",") + std::to_string(type.modifiers[i]);
    }
    if (!type.modifiers.empty()) text += ")";
    for (int i = 0; i < type.array_dimensions; ++i) text += "[]";
    return text;
}

std::optional<narrowing> narrowing_back(const type_name& from, const type_name& to) {
    // The modifiers of an interval are not what is written.
    if (from.name == "interval" && !from.modifiers.empty()) return std::nullopt;
    if (from == to) return narrowing{};
    if (!from.schema.empty() || !to.schema.empty() || from.array_dimensions > 0 || to.array_dimensions > 0)
        return std::nullopt;
    if (const int size = integer_size(from.name); size > 0) return to_integer(size, to);
    if (is_text(from) && is_text(to)) return to_text(from, to);
    if (from.name != to.name) {
        if (from.name == "float4" && to.name == "float8") return narrowing{"precision", "numbers too large for real"};
        if (from.name == "cidr" && to.name == "inet") return narrowing{"the bits of addresses behind the mask", {}};
        if (from.name == "date" && to.name == "timestamp") return narrowing{"times of day", {}};
        return std::nullopt;
    }
    if (from.name == "numeric") return to_numeric(from, to);
    if (has_precision(from.name)) return to_precision(from, to);
    return std::nullopt;
}

}  // namespace varve::generator
