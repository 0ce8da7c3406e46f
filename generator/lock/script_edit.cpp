#include <lock/script_edit.hpp>

#include <sql/checksum.hpp>
#include <sql/statement.hpp>
#include <sql/utf8.hpp>

#include <algorithm>
#include <span>
#include <vector>

namespace varve::generator {
namespace {

constexpr std::size_t most_shown = 3;
constexpr std::size_t shown_before_difference = 40;
constexpr std::size_t longest_shown = 120;
/// Finding what two long scripts have in common takes as many steps as the product of their statements.
constexpr std::size_t most_compared = 1'000'000;

/// A statement of one of the two scripts: what it means, where it is, and how it is shown.
struct compared_statement {
    digest meaning;
    std::size_t offset = 0;
    std::size_t end = 0;
    std::string shown;
};

/// In one line, without comments.
std::string in_one_line(std::string_view text, std::span<const token> tokens) {
    std::string line;
    std::size_t end = tokens.front().offset;
    for (const token& each : tokens) {
        if (each.offset > end) line += each.continues_literal ? "\\n" : " ";
        for (const char c : text_of(text, each)) line += c == '\n' ? std::string("\\n") : std::string(1, c);
        end = each.end();
    }
    return line;
}

std::vector<compared_statement> statements_of(std::string_view text, engine_kind dialect) {
    const lexed found = lex(text, dialect);
    std::vector<compared_statement> statements;
    for (const sql_statement& each : cut(text, found.tokens, dialect)) {
        const auto tokens = std::span(found.tokens).subspan(each.first_token, each.token_count);
        statements.push_back({.meaning = token_checksum(text, tokens, dialect),
                              .offset = tokens.front().offset,
                              .end = tokens.back().end(),
                              .shown = in_one_line(text, tokens)});
    }
    return statements;
}

/// The beginning of the character at or before `at`.
std::size_t character_begin(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    return at;
}

/// At most `longest_shown` bytes of a line, from shortly before the place where it differs.
std::string excerpt(std::string_view line, std::size_t difference) {
    std::size_t first = difference > shown_before_difference ? difference - shown_before_difference : 0;
    first = line.size() <= longest_shown ? 0 : character_begin(line, std::min(first, line.size()));
    const std::size_t last = character_begin(line, std::min(first + longest_shown, line.size()));
    return (first > 0 ? "..." : "") + std::string(line.substr(first, last - first)) + (last < line.size() ? "..." : "");
}

class comparing {
public:
    comparing(std::string_view before, std::string_view now, engine_kind dialect)
        : before_(statements_of(before, dialect)), now_(statements_of(now, dialect)) {}

    script_edit run() {
        std::size_t begin = 0;
        const std::size_t shorter = std::min(before_.size(), now_.size());
        while (begin < shorter && same(begin, begin)) ++begin;
        std::size_t same_at_end = 0;
        while (same_at_end < shorter - begin && same(before_.size() - same_at_end - 1, now_.size() - same_at_end - 1)) {
            ++same_at_end;
        }
        walk({begin, before_.size() - same_at_end}, {begin, now_.size() - same_at_end});
        if (changes_ > most_shown) {
            const std::size_t more = changes_ - most_shown;
            result_.lines += "and " + std::to_string(more) + (more == 1 ? " more statement\n" : " more statements\n");
        }
        if (!result_.lines.empty()) result_.lines.pop_back();
        return std::move(result_);
    }

private:
    struct range {
        std::size_t begin = 0;
        std::size_t end = 0;
        [[nodiscard]] std::size_t size() const { return end - begin; }
    };

    [[nodiscard]] bool same(std::size_t before, std::size_t now) const {
        return before_[before].meaning == now_[now].meaning;
    }

    /// Goes along the longest sequence of statements that both ranges have; what lies between is what changed.
    void walk(range before, range now) {
        const std::vector<std::size_t> common = longest_common(before, now);
        const auto length = [&](std::size_t i, std::size_t j) {
            return common[(i - before.begin) * (now.size() + 1) + (j - now.begin)];
        };
        std::size_t i = before.begin;
        std::size_t j = now.begin;
        range removed{i, i};
        range added{j, j};
        while (!common.empty() && i < before.end && j < now.end) {
            if (same(i, j)) {
                take_change(removed, added);
                ++i;
                ++j;
                removed = {i, i};
                added = {j, j};
            } else if (length(i + 1, j) >= length(i, j + 1)) {
                removed.end = ++i;
            } else {
                added.end = ++j;
            }
        }
        take_change({removed.begin, before.end}, {added.begin, now.end});
    }

    /// For each pair of places, how many statements both have from there on. Empty if there are too many places.
    [[nodiscard]] std::vector<std::size_t> longest_common(range before, range now) const {
        if ((before.size() + 1) * (now.size() + 1) > most_compared) return {};
        const std::size_t width = now.size() + 1;
        std::vector<std::size_t> common((before.size() + 1) * width, 0);
        for (std::size_t i = before.size(); i-- > 0;) {
            for (std::size_t j = now.size(); j-- > 0;) {
                common[i * width + j] = same(before.begin + i, now.begin + j)
                                            ? common[(i + 1) * width + j + 1] + 1
                                            : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
            }
        }
        return common;
    }

    void take_change(range removed, range added) {
        const std::size_t count = std::max(removed.size(), added.size());
        if (count == 0) return;
        if (changes_ == 0) result_.offset = place_of(added);
        for (std::size_t k = 0; k < count; ++k) {
            if (++changes_ > most_shown) continue;
            const bool was = k < removed.size();
            const bool is = k < added.size();
            const std::string_view before = was ? before_[removed.begin + k].shown : std::string_view();
            const std::string_view now = is ? now_[added.begin + k].shown : std::string_view();
            const auto [a, b] = std::mismatch(before.begin(), before.end(), now.begin(), now.end());
            const std::size_t difference = was && is ? static_cast<std::size_t>(a - before.begin()) : 0;
            if (was) result_.lines += "- " + excerpt(before, difference) + "\n";
            if (is) result_.lines += "+ " + excerpt(now, difference) + "\n";
        }
    }

    /// Where the added statements begin, or where the removed ones would be.
    [[nodiscard]] std::optional<std::size_t> place_of(range added) const {
        if (added.begin < now_.size()) return now_[added.begin].offset;
        return now_.empty() ? std::nullopt : std::optional(now_.back().end);
    }

    std::vector<compared_statement> before_;
    std::vector<compared_statement> now_;
    script_edit result_;
    std::size_t changes_ = 0;
};

std::string_view line_at(std::string_view text, std::size_t begin) {
    return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace

script_edit compare_lines(std::string_view before, std::string_view now) {
    const auto [was, is] = std::mismatch(before.begin(), before.end(), now.begin(), now.end());
    if (was == before.end() && is == now.end()) return {};
    const auto difference = static_cast<std::size_t>(is - now.begin());
    const std::size_t newline = difference == 0 ? std::string_view::npos : now.rfind('\n', difference - 1);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    script_edit result{.offset = begin, .lines = {}};
    if (was != before.end()) result.lines += "- " + excerpt(line_at(before, begin), difference - begin) + "\n";
    if (is != now.end()) result.lines += "+ " + excerpt(line_at(now, begin), difference - begin) + "\n";
    return result;
}

script_edit compare_scripts(std::string_view before, std::string_view now, engine_kind dialect) {
    return comparing(before, now, dialect).run();
}

}  // namespace varve::generator
