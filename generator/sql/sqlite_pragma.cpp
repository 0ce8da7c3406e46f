#include <sql/sqlite_pragma.hpp>

namespace varve::generator {
namespace {

/// `= value` or `( value )` from this index to the end.
std::string value_at(const token_reader& tokens, std::size_t index) {
    const bool call = tokens.symbol(index, "(");
    const std::size_t end = call && tokens.symbol(tokens.size() - 1, ")") ? tokens.size() - 1 : tokens.size();
    const bool one_token = index + 2 == end && (call || tokens.text(index) == "=");
    return one_token ? tokens.plain(index + 1) : "?";
}

}  // namespace

std::optional<sqlite_pragma> read_pragma(const token_reader& tokens) {
    if (!tokens.word(0, "pragma") || tokens.size() < 2) return std::nullopt;
    const std::size_t name = tokens.symbol(2, ".") ? 3 : 1;
    sqlite_pragma pragma{.name = tokens.plain(name), .value = {}, .has_value = tokens.size() > name + 1};
    if (pragma.has_value) pragma.value = value_at(tokens, name + 1);
    return pragma;
}

std::optional<foreign_keys_value> foreign_keys_of(const token_reader& tokens) {
    const std::optional<sqlite_pragma> pragma = read_pragma(tokens);
    if (!pragma || pragma->name != "foreign_keys" || !pragma->has_value) return std::nullopt;
    const std::string& value = pragma->value;
    if (value == "on" || value == "yes" || value == "true" || value == "1") return foreign_keys_value::on;
    if (value == "off" || value == "no" || value == "false" || value == "0") return foreign_keys_value::off;
    return foreign_keys_value::unknown;
}

}  // namespace varve::generator
