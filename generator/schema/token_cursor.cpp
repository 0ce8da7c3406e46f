#include <schema/token_cursor.hpp>

namespace varve::generator {

bool token_cursor::take(std::initializer_list<std::string_view> words) {
    if (index_ + words.size() > end_ || !text_->tokens().words(index_, words)) return false;
    index_ += words.size();
    return true;
}

bool token_cursor::take_any(std::initializer_list<std::string_view> words) {
    if (!at_any(words)) return false;
    skip();
    return true;
}

bool token_cursor::take_symbol(std::string_view symbol) {
    if (!at_symbol(symbol)) return false;
    skip();
    return true;
}

std::string token_cursor::take_name() { return at_name() ? text_->name(index_++) : std::string(); }

object_name token_cursor::take_qualified_name() { return at_name() ? text_->qualified_name(index_) : object_name(); }

std::vector<std::string> token_cursor::take_names_in_parentheses() {
    std::vector<std::string> names;
    for (token_cursor& element : take_elements()) names.push_back(element.take_name());
    return names;
}

bool token_cursor::skip_parentheses() {
    if (!at_symbol("(")) return false;
    index_ = std::min(text_->behind_parentheses(index_), end_);
    return true;
}

bool token_cursor::skip_to(std::initializer_list<std::string_view> words) {
    while (!at_end() && !at_any(words)) {
        if (!skip_parentheses()) skip();
    }
    return !at_end();
}

std::vector<token_cursor> token_cursor::take_elements() {
    std::vector<token_cursor> elements;
    if (!at_symbol("(")) return elements;
    const std::size_t behind = std::min(text_->behind_parentheses(index_), end_);
    token_cursor inside = part(index_ + 1, behind - 1);
    while (!inside.at_end()) elements.push_back(inside.take_element());
    index_ = behind;
    return elements;
}

token_cursor token_cursor::take_element() {
    const std::size_t begin = index_;
    while (!at_end() && !at_symbol(",")) {
        if (!skip_parentheses()) skip();
    }
    const token_cursor element = part(begin, index_);
    take_symbol(",");
    return element;
}

}  // namespace varve::generator
