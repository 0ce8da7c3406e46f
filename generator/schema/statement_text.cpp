#include <schema/statement_text.hpp>

#include <schema/implied_names.hpp>
#include <sql/character.hpp>

#include <algorithm>

namespace varve::generator {
namespace {

/// What is between the quotes, a doubled closing one once.
std::string without_quotes(std::string_view quoted) {
    const char closing = quoted.front() == '[' ? ']' : quoted.front();
    std::string inside;
    for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
        inside += quoted[i];
        if (quoted[i] == closing && quoted[i + 1] == closing) ++i;
    }
    return inside;
}

/// Behind a prefix that touches its quote: U&"..", E'..'.
std::string_view from_quote(std::string_view token) {
    const std::size_t quote = token.find_first_of("\"'`[");
    return quote == std::string_view::npos ? token : token.substr(quote);
}

}  // namespace

std::size_t statement_text::offset_of(std::size_t index) const {
    return index < size() ? tokens_[index].offset : tokens_[size() - 1].end();
}

std::size_t statement_text::index_at(std::size_t offset) const {
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (tokens_[middle].offset < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

std::size_t statement_text::behind_parentheses(std::size_t index) const {
    std::size_t depth = 0;
    for (; index < size(); ++index) {
        if (tokens_.symbol(index, "(")) ++depth;
        if (tokens_.symbol(index, ")") && --depth == 0) return index + 1;
    }
    return size();
}

std::size_t statement_text::end_of_element(std::size_t index) const {
    while (index < size() && !tokens_.symbol(index, ",") && !tokens_.symbol(index, ")")) {
        index = tokens_.symbol(index, "(") ? behind_parentheses(index) : index + 1;
    }
    return index;
}

std::string statement_text::text(std::size_t begin, std::size_t end) const {
    end = std::min(end, size());
    if (begin >= end) return {};
    return std::string(file_text_.substr(tokens_[begin].offset, tokens_[end - 1].end() - tokens_[begin].offset));
}

bool statement_text::is_name(std::size_t index) const {
    if (index >= size()) return false;
    if (tokens_[index].kind == token_kind::word) return true;
    // SQLite takes 'text' for a name where only a name can be.
    return tokens_.quoted(index) && (dialect_ == engine_kind::sqlite || tokens_.text(index).back() == '"');
}

std::string statement_text::name(std::size_t index) const {
    if (index >= size()) return {};
    const std::string_view written = tokens_.text(index);
    const bool quoted = tokens_.quoted(index);
    std::string name = quoted ? without_quotes(from_quote(written)) : std::string(written);
    if (dialect_ == engine_kind::sqlite) return name;
    if (!quoted) std::transform(name.begin(), name.end(), name.begin(), to_lower);
    return std::string(cut_to(name, longest_name));
}

std::string statement_text::literal(std::size_t index) const {
    const bool text = tokens_.quoted(index) && tokens_.text(index).back() == '\'';
    return text ? without_quotes(from_quote(tokens_.text(index))) : std::string();
}

object_name statement_text::qualified_name(std::size_t& index) const {
    object_name read;
    if (!is_name(index)) return read;
    read.name = name(index++);
    while (tokens_.symbol(index, ".") && is_name(index + 1)) {
        read.schema = std::move(read.name);
        read.name = name(index + 1);
        index += 2;
    }
    return read;
}

}  // namespace varve::generator
