#include <sql/classify.hpp>

#include <sql/character.hpp>
#include <sql/checksum.hpp>
#include <sql/grammar_findings.hpp>
#include <sql/lexical_errors.hpp>
#include <sql/mode_check.hpp>
#include <sql/outside_transaction.hpp>
#include <sql/plpgsql_words.hpp>
#include <sql/script_findings.hpp>
#include <sql/script_frame.hpp>
#include <sql/statement_checks.hpp>
#include <sql/statement_trees.hpp>
#include <sql/token_reader.hpp>
#include <sql/transaction_control.hpp>
#include <sql/tree_transaction.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::size_t no_offset = std::string_view::npos;

/// Performs one classify().
class classifying {
public:
    classifying(const text_file& file, const lexed& script, const classify_terms& terms, known_objects& known,
                diagnostics& out)
        : text_(file.text()), lexed_(script), terms_(terms), known_(known), found_(file, out) {
        for (const sql_statement& each : cut(text_, script.tokens, terms.dialect)) {
            statements_.push_back(each);
            readers_.emplace_back(text_, tokens_of(each));
        }
    }

    classified_script run() {
        result_.accepted = terms_.accepted;
        drop_unfinished_statement();
        check_statements();
        report_lexical_errors();
        frame_.end = statements_.size();
        if (understood_) {
            frame_ = take_frame_off(readers_, terms_.dialect, found_);
            check_control();
        }
        std::vector<parsed_statement> parsed = parse();
        result_.foreign_keys = frame_.foreign_keys;
        result_.statements.reserve(own_size());
        for (std::size_t i = 0; i < own_size(); ++i) add(frame_.first + i, parsed[i]);
        if (understood_) check_transactions();
        return std::move(result_);
    }

private:
    [[nodiscard]] std::span<const token> tokens_of(const sql_statement& cut) const {
        return std::span(lexed_.tokens).subspan(cut.first_token, cut.token_count);
    }

    /// Where the lexer stopped, what the last statement says is not known.
    void drop_unfinished_statement() {
        const bool stopped = std::any_of(lexed_.errors.begin(), lexed_.errors.end(), [](const lex_error& error) {
            return error.kind != lex_error_kind::backslash;
        });
        if (!stopped) return;
        understood_ = false;
        if (statements_.empty() || text_[lexed_.tokens.back().offset] == ';') return;
        statements_.pop_back();
        readers_.pop_back();
    }

    void check_statements() {
        flawed_.assign(statements_.size(), false);
        for (std::size_t i = 0; i < statements_.size(); ++i) {
            const token_reader& statement = readers_[i];
            for (finding& wrong : check_statement(statement, terms_.dialect)) {
                if (wrong.code == "M104") understood_ = false;
                found_.report(std::move(wrong));
                flawed_[i] = true;
            }
            if (!reads_from_client(statement, terms_.dialect)) continue;
            // What follows may be data, and messages about it would hide the one that helps.
            data_begins_ = statement[statement.size() - 1].end();
            understood_ = false;
            return;
        }
    }

    void report_lexical_errors() {
        for (const lex_error& error : lexed_.errors) {
            if (error.offset < data_begins_) found_.report(explain(error, text_, terms_.dialect));
        }
    }

    void check_control() {
        for (std::size_t i = frame_.first; i < frame_.end; ++i) {
            if (control_of(readers_[i], terms_.dialect) == transaction_control::none) continue;
            found_.report(explain_control(readers_[i]));
            flawed_[i] = true;
        }
        if (!frame_.wrapped || terms_.asked != transaction_mode::no_transaction) return;
        found_.report({.offset = lexed_.tokens.front().offset,
                       .code = "M105",
                       .message = "BEGIN and COMMIT are around a script that is to run without a transaction",
                       .hint = "remove the two, or `-- varve: no-transaction`"});
    }

    /// One result for each of the script's own statements; empty ones without a grammar.
    [[nodiscard]] std::vector<parsed_statement> parse() {
        const bool parses = terms_.dialect == engine_kind::postgresql && terms_.grammar.use == grammar_use::if_built_in;
        const std::optional<int> version = postgresql_parser_version();
        if (!parses || !version) return std::vector<parsed_statement>(own_size());
        const auto own = std::span(statements_).subspan(frame_.first, own_size());
        std::vector<parsed_statement> parsed = parse_statements(text_, lexed_, own);
        const grammar_terms terms{.grammar_version = *version, .options = terms_.grammar, .standing = terms_.standing};
        for (std::size_t i = 0; i < own_size(); ++i) {
            const std::size_t index = frame_.first + i;
            if (flawed_[index] || holds_lexical_error(readers_[index])) continue;
            for (finding& wrong : grammar_findings(parsed[i], readers_[index], terms))
                report_unless_accepted(index, wrong);
        }
        return parsed;
    }

    [[nodiscard]] std::size_t own_size() const { return frame_.end - frame_.first; }

    /// What is wrong with it was said, or it is data.
    [[nodiscard]] bool holds_lexical_error(const token_reader& statement) const {
        const std::size_t begin = statement[0].offset;
        const std::size_t end = statement[statement.size() - 1].end();
        if (begin >= data_begins_) return true;
        return std::any_of(lexed_.errors.begin(), lexed_.errors.end(),
                           [&](const lex_error& error) { return error.offset >= begin && error.offset < end; });
    }

    void report_unless_accepted(std::size_t index, finding& wrong) {
        const auto covers = [&](const accepted_code& each) {
            return each.code == wrong.code && (!each.offset || belongs_to(*each.offset, index));
        };
        const auto accepted = std::find_if(result_.accepted.begin(), result_.accepted.end(), covers);
        if (accepted == result_.accepted.end()) return found_.report(std::move(wrong));
        accepted->used = true;
    }

    /// A comment is about the statement it stands in, or on whose last line it stands, or the next.
    [[nodiscard]] bool belongs_to(std::size_t offset, std::size_t index) const {
        return offset < end_of_lines(index) && (index == 0 || offset >= end_of_lines(index - 1));
    }

    [[nodiscard]] std::size_t end_of_lines(std::size_t index) const {
        const std::size_t end = readers_[index][readers_[index].size() - 1].end();
        const std::size_t line_end = std::min(text_.find('\n', end), text_.size());
        const bool shares_line = index + 1 < readers_.size() && readers_[index + 1][0].offset < line_end;
        return shares_line ? end : line_end;
    }

    void add(std::size_t index, parsed_statement& parsed) {
        const std::span<const token> tokens = tokens_of(statements_[index]);
        const std::size_t begin = tokens.front().offset;
        outside_.push_back(why_outside(index, parsed));
        result_.statements.push_back({.tokens = statements_[index],
                                      .offset = begin,
                                      .size = tokens.back().end() - begin,
                                      .transactional = !outside_.back(),
                                      .checksum = token_checksum(text_, tokens, terms_.dialect),
                                      .variables = variables_of(tokens),
                                      .tree = std::move(parsed.tree)});
    }

    /// The tree says more than the words do.
    [[nodiscard]] std::optional<outside_transaction> why_outside(std::size_t index, parsed_statement& parsed) {
        const token_reader& statement = readers_[index];
        if (parsed.tree.empty()) return why_outside_transaction(statement, terms_.dialect);
        if (!parsed.body_ends_transactions) parsed.body_ends_transactions = body_words_end_transaction(statement);
        auto why = why_outside_by_tree(parsed, known_);
        note_objects(parsed, known_);
        return why;
    }

    void check_transactions() {
        const auto own = std::span(readers_).subspan(frame_.first, own_size());
        const script_mode mode{.asked = terms_.asked,
                               .wrapper = frame_.wrapped ? script_wrapper::begin_and_commit : script_wrapper::none,
                               .standing = terms_.standing,
                               .dialect = terms_.dialect};
        result_.needs_no_transaction = check_mode(own, outside_, mode, found_);
    }

    [[nodiscard]] std::vector<variable_use> variables_of(std::span<const token> tokens) const {
        std::vector<variable_use> variables;
        if (!has_variables_) return variables;
        for (const token& each : tokens) {
            if (each.kind != token_kind::word) continue;
            const std::string_view word = text_of(text_, each);
            for (std::size_t at = word.find("${"); at != no_offset; at = word.find("${", at + 1)) {
                const std::size_t size = word.find('}', at) + 1 - at;
                variables.push_back(
                    {.offset = each.offset + at, .size = size, .name = std::string(word.substr(at + 2, size - 3))});
            }
        }
        return variables;
    }

    std::string_view text_;
    const lexed& lexed_;
    const classify_terms& terms_;
    known_objects& known_;
    script_findings found_;
    std::vector<sql_statement> statements_;
    std::vector<token_reader> readers_;
    std::vector<bool> flawed_;  ///< of each statement: something was reported about it
    script_frame frame_;
    std::vector<std::optional<outside_transaction>> outside_;  ///< of each statement within the frame
    classified_script result_;
    bool has_variables_ = text_.find("${") != no_offset;
    bool understood_ = true;  ///< false: what the statements are together cannot be told
    std::size_t data_begins_ = no_offset;
};

}  // namespace

classified_script classify(const text_file& file, const lexed& script, const classify_terms& terms,
                           known_objects& known, diagnostics& out) {
    return classifying(file, script, terms, known, out).run();
}

}  // namespace varve::generator
