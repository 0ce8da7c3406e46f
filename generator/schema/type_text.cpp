#include <schema/type_text.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace varve::generator {

std::string type_text(const type_name& type) {
    std::string text = type.schema.empty() ? type.name : type.schema + "." + type.name;
    for (std::size_t i = 0; i < type.modifiers.size(); ++i) {
        text += (i == 0 ? "(" : ",") + std::to_string(type.modifiers[i]);
    }
    if (!type.modifiers.empty()) text += ")";
    for (int i = 0; i < type.array_dimensions; ++i) text += "[]";
    return text;
}

std::string integer_text(const type_name& type) {
    if (!is_serial(type)) return type_text(type);
    if (type.name.starts_with("big") || type.name.ends_with("8")) return "bigint";
    return type.name.starts_with("small") || type.name.ends_with("2") ? "smallint" : "integer";
}

bool is_serial(const type_name& type) {
    static constexpr std::array<std::string_view, 6> names = {"serial",  "serial4",     "bigserial",
                                                              "serial8", "smallserial", "serial2"};
    return type.schema.empty() && std::ranges::find(names, type.name) != names.end();
}

}  // namespace varve::generator
