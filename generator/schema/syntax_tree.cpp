#include <schema/syntax_tree.hpp>

#include <algorithm>
#include <charconv>

namespace varve::generator {
namespace {

/// Walks JSON as a printer of parse trees writes it; what it cannot be is not looked for.
class json_reader {
public:
    explicit json_reader(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() const { return position_ >= text_.size(); }
    [[nodiscard]] char next() const { return at_end() ? '\0' : text_[position_]; }
    void skip() { ++position_; }
    void skip_separators() {
        while (!at_end() && std::string_view(" \t\r\n,:").find(text_[position_]) != std::string_view::npos) ++position_;
    }

    /// From a quote to the next one that is not escaped, without both.
    std::string_view string() {
        const std::size_t begin = ++position_;
        while (!at_end() && text_[position_] != '"') position_ += text_[position_] == '\\' ? 2 : 1;
        position_ = std::min(position_, text_.size());
        const std::string_view value = text_.substr(begin, position_ - begin);
        if (!at_end()) ++position_;
        return value;
    }

    std::string_view literal() {
        const std::size_t begin = position_;
        position_ = std::min(text_.find_first_of(",]} \t\r\n", begin), text_.size());
        return text_.substr(begin, position_ - begin);
    }

private:
    std::string_view text_;
    std::size_t position_ = 0;
};

void append_utf8(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

char unescaped(char c) {
    switch (c) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return c;
    }
}

}  // namespace

syntax_tree::syntax_tree(std::string_view json) {
    json_reader reader(json);
    std::vector<std::size_t> open;
    entries_.reserve(json.size() / 24);
    for (reader.skip_separators(); !reader.at_end(); reader.skip_separators()) {
        if (reader.next() == '}' || reader.next() == ']') {
            if (open.empty()) break;
            entries_[open.back()].end = entries_.size();
            open.pop_back();
            reader.skip();
            continue;
        }
        entry read;
        if (!open.empty() && entries_[open.back()].what == kind::object) {
            if (reader.next() != '"') break;
            read.key = reader.string();
            reader.skip_separators();
        }
        const std::size_t index = entries_.size();
        if (reader.next() == '{' || reader.next() == '[') {
            read.what = reader.next() == '{' ? kind::object : kind::array;
            open.push_back(index);
            reader.skip();
        } else if (reader.next() == '"') {
            read.what = kind::text;
            read.value = reader.string();
        } else {
            read.value = reader.literal();
            if (read.value.empty()) break;
        }
        read.end = index + 1;
        entries_.push_back(read);
    }
    if (!open.empty()) entries_.clear();
}

syntax_node syntax_tree::root() const { return entries_.empty() ? syntax_node() : syntax_node(this, 0); }

syntax_node syntax_node::operator[](std::string_view key) const {
    for (const syntax_node inside : *this) {
        if (inside.key() == key) return inside;
    }
    return {};
}

syntax_node syntax_node::first() const { return begin() != end() ? *begin() : syntax_node(); }

std::string_view syntax_node::key() const {
    return tree_ == nullptr ? std::string_view() : tree_->entries_[index_].key;
}

syntax_node syntax_node::as(std::string_view name) const {
    const syntax_node inside = first();
    return inside && inside.key() == name ? inside : syntax_node();
}

bool syntax_node::is(std::string_view value) const {
    return tree_ != nullptr && tree_->entries_[index_].value == value;
}

std::string syntax_node::text() const {
    std::string out;
    if (tree_ == nullptr || tree_->entries_[index_].what != syntax_tree::kind::text) return out;
    const std::string_view raw = tree_->entries_[index_].value;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\' || i + 1 == raw.size()) {
            out += raw[i];
        } else if (raw[++i] == 'u' && i + 4 < raw.size()) {
            // Only control characters and <, > come this way: what is not ASCII is written as it is.
            unsigned code = 0;
            std::from_chars(raw.data() + i + 1, raw.data() + i + 5, code, 16);
            append_utf8(out, code);
            i += 4;
        } else {
            out += unescaped(raw[i]);
        }
    }
    return out;
}

std::int64_t syntax_node::number(std::int64_t otherwise) const {
    if (tree_ == nullptr) return otherwise;
    const std::string_view raw = tree_->entries_[index_].value;
    std::int64_t value = otherwise;
    std::from_chars(raw.data(), raw.data() + raw.size(), value);
    return value;
}

syntax_node::iterator& syntax_node::iterator::operator++() {
    index_ = tree_->entries_[index_].end;
    return *this;
}

syntax_node::iterator syntax_node::begin() const {
    if (tree_ == nullptr) return {nullptr, 0};
    const syntax_tree::entry& own = tree_->entries_[index_];
    const bool holds = own.what == syntax_tree::kind::object || own.what == syntax_tree::kind::array;
    return {tree_, holds ? index_ + 1 : own.end};
}

syntax_node::iterator syntax_node::end() const {
    if (tree_ == nullptr) return {nullptr, 0};
    return {tree_, tree_->entries_[index_].end};
}

}  // namespace varve::generator
