#include <lint/rules/rules.hpp>

#include <span>

namespace varve::generator::rules {
namespace {

constexpr std::size_t longest = 63;

/// Without quotes; something that is no name has no size.
std::size_t size_of_name(std::string_view token, token_kind kind) {
    if (kind == token_kind::word) return token.size();
    const bool quoted = kind == token_kind::quoted && token.front() == '"';
    return quoted ? token.size() - 2 : 0;
}

}  // namespace

// Tokens, because the parser has cut the names already.
void identifier_over_63(const reviewed_statement& statement, lint_findings& found) {
    const classified_statement& own = statement.script.script.statements[statement.change.statement];
    const std::string_view text = statement.script.file.text();
    const std::span<const token> tokens = statement.script.tokens.tokens;
    for (const token& each : tokens.subspan(own.tokens.first_token, own.tokens.token_count)) {
        const std::size_t size = size_of_name(text_of(text, each), each.kind);
        if (size <= longest) continue;
        found.push_back({each.offset,
                         "this name has " + std::to_string(size) + " bytes, and PostgreSQL keeps the first 63 of them",
                         "choose a shorter one: another name that differs only at its end would be the same",
                         {}});
    }
}

}  // namespace varve::generator::rules
