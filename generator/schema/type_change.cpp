#include <schema/type_change.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace varve::generator {
namespace {

using names = std::array<std::string_view, 6>;

bool is_any(std::string_view name, const names& of) { return std::ranges::find(of, name) != of.end(); }

// One modifier is a length or a number of digits; none is no limit.
bool not_narrower(const type_name& from, const type_name& to) {
    if (to.modifiers.empty()) return true;
    if (from.modifiers.empty()) return false;
    return to.modifiers.size() == 1 && from.modifiers.size() == 1 && to.modifiers[0] >= from.modifiers[0];
}

// numeric(10) is numeric(10,0).
std::int64_t scale_of(const type_name& type) { return type.modifiers.size() > 1 ? type.modifiers[1] : 0; }

bool wider_numeric(const type_name& from, const type_name& to) {
    if (to.modifiers.empty()) return true;
    if (from.modifiers.empty()) return false;
    return to.modifiers[0] >= from.modifiers[0] && scale_of(to) == scale_of(from);
}

bool keeps_rows_of_same_name(const type_name& from, const type_name& to) {
    static constexpr names with_limit = {"varchar", "varbit", "timestamp", "timestamptz", "time", "timetz"};
    if (from.modifiers == to.modifiers) return true;
    if (from.name == "numeric") return wider_numeric(from, to);
    if (from.name == "interval") return to.modifiers.empty();
    return is_any(from.name, with_limit) && not_narrower(from, to);
}

}  // namespace

bool keeps_rows(const type_name& from, const type_name& to) {
    if (from == to) return true;
    if (from.array_dimensions > 0 || to.array_dimensions > 0) return false;
    if (!from.schema.empty() || !to.schema.empty()) return false;
    if (from.name == to.name) return keeps_rows_of_same_name(from, to);
    if (from.name == "varchar") return to.name == "text";
    if (from.name == "text") return to.name == "varchar" && to.modifiers.empty();
    if (from.name == "bit") return to.name == "varbit" && to.modifiers.empty();
    return from.name == "cidr" && to.name == "inet";
}

}  // namespace varve::generator
