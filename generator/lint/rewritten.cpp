#include <lint/rewritten.hpp>

#include <algorithm>
#include <span>

namespace varve::generator {

std::string with_words_after(const reviewed_statement& statement, std::string_view word, std::string_view inserted) {
    const script_source& script = statement.script;
    const classified_statement& own = script.script.statements[statement.change.statement];
    const auto tokens = std::span(script.tokens.tokens).subspan(own.tokens.first_token, own.tokens.token_count);
    const auto is_it = [&](const token& each) { return is_word(script.file.text(), each, word); };
    std::string text(statement.text());
    if (const auto found = std::ranges::find_if(tokens, is_it); found != tokens.end()) {
        text.insert(found->end() - own.offset, " " + std::string(inserted));
    }
    return text + ";";
}

std::string on_one_line(const script_source& script, std::size_t begin, std::size_t end) {
    const auto& tokens = script.tokens.tokens;
    auto each = std::ranges::lower_bound(tokens, begin, {}, &token::offset);
    std::string text;
    std::size_t last = begin;
    for (; each != tokens.end() && each->offset < end; ++each) {
        if (!text.empty() && each->offset > last) text += ' ';
        text += text_of(script.file.text(), *each);
        last = each->end();
    }
    return text;
}

}  // namespace varve::generator
