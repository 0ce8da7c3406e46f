#include <sql/inside_transaction.hpp>

namespace varve::generator {
namespace {

bool declares_cursor_of_transaction(const token_reader& tokens) {
    if (!tokens.word(0, "declare")) return false;
    const auto cursor = tokens.find_word("cursor", 2);
    return cursor && !tokens.words(*cursor + 1, {"with", "hold"});
}

}  // namespace

std::optional<inside_transaction> why_inside_transaction(const token_reader& tokens) {
    constexpr std::string_view fails = "fails outside a transaction";
    constexpr std::string_view does_nothing = "does nothing outside a transaction";
    const auto needs = [](std::string_view what, std::string_view why) {
        return inside_transaction{.what = std::string(what), .why = std::string(why)};
    };
    if (tokens.word(0, "lock")) return needs("LOCK TABLE", fails);
    if (declares_cursor_of_transaction(tokens)) return needs("DECLARE .. CURSOR without WITH HOLD", fails);
    if (tokens.words(0, {"set", "local"})) return needs("SET LOCAL", does_nothing);
    if (tokens.words(0, {"set", "transaction"})) return needs("SET TRANSACTION", does_nothing);
    if (tokens.words(0, {"set", "constraints"})) return needs("SET CONSTRAINTS", does_nothing);
    return std::nullopt;
}

}  // namespace varve::generator
