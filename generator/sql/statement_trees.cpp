#include <sql/statement_trees.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::string_view variable_begin = "${";

/// Parses the statements of one text; the parts of parse_statements() share what they are given.
class parsing {
public:
    parsing(std::string_view text, const lexed& script, std::span<const sql_statement> statements)
        : text_(text),
          lexed_(script),
          statements_(statements),
          has_variables_(text.find(variable_begin) != std::string_view::npos) {}

    std::vector<parsed_statement> run() {
        std::vector<std::string> texts;
        texts.reserve(statements_.size());
        for (const sql_statement& each : statements_) texts.push_back(without_variables(each));
        std::vector<parsed_statement> parsed = parse_postgresql(texts);
        for (std::size_t i = 0; i < parsed.size(); ++i) {
            if (!parsed[i].failure) continue;
            retry_without_comments(statements_[i], texts[i], parsed[i]);
            if (parsed[i].failure) name_variables(statements_[i], texts[i], *parsed[i].failure);
        }
        return parsed;
    }

private:
    [[nodiscard]] std::span<const token> tokens_of(const sql_statement& cut) const {
        return std::span(lexed_.tokens).subspan(cut.first_token, cut.token_count);
    }

    [[nodiscard]] std::size_t begin_of(const sql_statement& cut) const { return tokens_of(cut).front().offset; }

    [[nodiscard]] std::string_view text_of_statement(const sql_statement& cut) const {
        const std::size_t begin = begin_of(cut);
        return text_.substr(begin, tokens_of(cut).back().end() - begin);
    }

    [[nodiscard]] std::string without_variables(const sql_statement& cut) const {
        std::string statement(text_of_statement(cut));
        if (!has_variables_) return statement;
        for (const token& each : tokens_of(cut)) {
            if (each.kind != token_kind::word) continue;
            const std::size_t offset = each.offset - begin_of(cut);
            const std::size_t end = offset + each.size;
            std::size_t at = statement.find(variable_begin, offset);
            for (; at < end; at = statement.find(variable_begin, at)) {
                std::fill_n(statement.begin() + static_cast<std::ptrdiff_t>(at), statement.find('}', at) + 1 - at, 'v');
            }
        }
        return statement;
    }

    /// libpg_query before 18 refuses a comment between two words it reads as one, and between the parts of a literal.
    void retry_without_comments(const sql_statement& cut, const std::string& statement, parsed_statement& to) const {
        const std::size_t begin = begin_of(cut);
        const std::size_t end = begin + statement.size();
        std::string blank = statement;
        for (const comment& each : lexed_.comments) {
            if (each.offset < begin || each.offset >= end) continue;
            std::fill_n(blank.begin() + static_cast<std::ptrdiff_t>(each.offset - begin), each.size, ' ');
        }
        if (blank == statement) return;
        parsed_statement again = std::move(parse_postgresql(std::span(&blank, 1)).front());
        if (!again.failure && again.crash.empty()) to = std::move(again);
    }

    /// The message quotes the word at its place as it was parsed, not as it was written.
    void name_variables(const sql_statement& cut, const std::string& parsed, syntax_failure& failure) const {
        if (!has_variables_ || !failure.exact) return;
        for (const token& each : tokens_of(cut)) {
            const std::size_t offset = each.offset - begin_of(cut);
            if (offset != failure.offset) continue;
            const std::string shown = parsed.substr(offset, each.size);
            const std::size_t quoted = failure.message.rfind('"' + shown + '"');
            if (quoted != std::string::npos) failure.message.replace(quoted + 1, each.size, text_of(text_, each));
            return;
        }
    }

    std::string_view text_;
    const lexed& lexed_;
    std::span<const sql_statement> statements_;
    bool has_variables_;
};

}  // namespace

std::vector<parsed_statement> parse_statements(std::string_view text, const lexed& script,
                                               std::span<const sql_statement> statements) {
    return parsing(text, script, statements).run();
}

}  // namespace varve::generator
