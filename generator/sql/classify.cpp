#include <sql/classify.hpp>

#include <sql/character.hpp>
#include <sql/checksum.hpp>
#include <sql/lexical_errors.hpp>
#include <sql/outside_transaction.hpp>
#include <sql/script_findings.hpp>
#include <sql/script_frame.hpp>
#include <sql/statement_checks.hpp>
#include <sql/statement_trees.hpp>
#include <sql/token_reader.hpp>
#include <sql/transaction_control.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

/// Performs one classify().
class classifying {
public:
    classifying(const text_file& file, const lexed& script, engine_kind dialect, std::optional<transaction_mode> asked,
                diagnostics& out)
        : text_(file.text()), lexed_(script), dialect_(dialect), asked_(asked), found_(file, out) {
        for (const sql_statement& each : cut(text_, script.tokens, dialect)) {
            statements_.push_back(each);
            readers_.emplace_back(text_, tokens_of(each));
        }
    }

    classified_script run() {
        drop_unfinished_statement();
        check_statements();
        report_lexical_errors();
        script_frame frame{.end = statements_.size()};
        if (understood_) {
            frame = take_frame_off(readers_, dialect_, found_);
            check_control(frame);
        }
        classified_script result{.statements = {}, .foreign_keys = frame.foreign_keys};
        result.statements.reserve(frame.end - frame.first);
        for (std::size_t i = frame.first; i < frame.end; ++i) result.statements.push_back(classified(i));
        if (dialect_ == engine_kind::postgresql) parse(frame, result);
        if (understood_) check_mode(frame, result);
        return result;
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
        for (const token_reader& statement : readers_) {
            for (finding& wrong : check_statement(statement, dialect_)) {
                if (wrong.code == "M104") understood_ = false;
                found_.report(std::move(wrong));
            }
            if (!reads_from_client(statement, dialect_)) continue;
            // What follows may be data, and messages about it would hide the one that helps.
            data_begins_ = statement[statement.size() - 1].end();
            understood_ = false;
            return;
        }
    }

    void report_lexical_errors() {
        for (const lex_error& error : lexed_.errors) {
            if (error.offset < data_begins_) found_.report(explain(error, text_, dialect_));
        }
    }

    void check_control(const script_frame& frame) {
        for (std::size_t i = frame.first; i < frame.end; ++i) {
            if (control_of(readers_[i], dialect_) == transaction_control::none) continue;
            found_.report(explain_control(readers_[i]));
        }
        if (!frame.wrapped || asked_ != transaction_mode::no_transaction) return;
        found_.report({.offset = lexed_.tokens.front().offset,
                       .code = "M105",
                       .message = "BEGIN and COMMIT are around a script that is to run without a transaction",
                       .hint = "remove the two, or `-- varve: no-transaction`"});
    }

    [[nodiscard]] classified_statement classified(std::size_t index) const {
        const std::span<const token> tokens = tokens_of(statements_[index]);
        const std::size_t begin = tokens.front().offset;
        return {.tokens = statements_[index],
                .offset = begin,
                .size = tokens.back().end() - begin,
                .transactional = !why_outside_transaction(readers_[index], dialect_),
                .checksum = token_checksum(text_, tokens, dialect_),
                .variables = variables_of(tokens),
                .tree = {}};
    }

    void parse(const script_frame& frame, classified_script& result) {
        const auto own = std::span(statements_).subspan(frame.first, frame.end - frame.first);
        std::vector<parsed_statement> parsed = parse_statements(text_, lexed_, own);
        for (std::size_t i = 0; i < parsed.size(); ++i) {
            result.statements[i].tree = std::move(parsed[i].tree);
        }
    }

    [[nodiscard]] std::vector<variable_use> variables_of(std::span<const token> tokens) const {
        std::vector<variable_use> variables;
        if (!has_variables_) return variables;
        for (const token& each : tokens) {
            if (each.kind != token_kind::word) continue;
            const std::string_view word = text_of(text_, each);
            for (std::size_t at = word.find("${"); at != nowhere; at = word.find("${", at + 1)) {
                const std::size_t size = word.find('}', at) + 1 - at;
                variables.push_back(
                    {.offset = each.offset + at, .size = size, .name = std::string(word.substr(at + 2, size - 3))});
            }
        }
        return variables;
    }

    void check_mode(const script_frame& frame, classified_script& result) {
        const auto outside = static_cast<std::size_t>(
            std::count_if(result.statements.begin(), result.statements.end(),
                          [](const classified_statement& each) { return !each.transactional; }));
        const bool all_outside = outside > 0 && outside == result.statements.size();
        result.needs_no_transaction = all_outside;
        if (outside == 0 || asked_ == transaction_mode::no_transaction) return;
        if (all_outside && !frame.wrapped && asked_ != transaction_mode::transaction) return;
        for (std::size_t i = frame.first; i < frame.end; ++i) report_outside(i, frame, all_outside ? all : some);
    }

    enum share : std::uint8_t { some, all };

    void report_outside(std::size_t index, const script_frame& frame, share outside) {
        const auto why = why_outside_transaction(readers_[index], dialect_);
        if (!why) return;
        found_.report({.offset = readers_[index][0].offset,
                       .code = "M106",
                       .message = why->what + ' ' + why->why,
                       .hint = hint_for(frame, outside)});
    }

    [[nodiscard]] std::string hint_for(const script_frame& frame, share outside) const {
        if (outside == some) {
            return "move it to a migration of its own; varve then runs it without one\n"
                   "or write `-- varve: no-transaction` at the top: each statement is then committed on its own";
        }
        if (frame.wrapped) return "remove BEGIN and COMMIT; varve then runs it without a transaction";
        return "remove `-- varve: transaction`; varve then runs it without one";
    }

    std::string_view text_;
    const lexed& lexed_;
    engine_kind dialect_;
    std::optional<transaction_mode> asked_;
    script_findings found_;
    std::vector<sql_statement> statements_;
    std::vector<token_reader> readers_;
    bool has_variables_ = text_.find("${") != nowhere;
    bool understood_ = true;  ///< false: what the statements are together cannot be told
    std::size_t data_begins_ = nowhere;
};

}  // namespace

classified_script classify(const text_file& file, const lexed& script, engine_kind dialect,
                           std::optional<transaction_mode> asked, diagnostics& out) {
    return classifying(file, script, dialect, asked, out).run();
}

}  // namespace varve::generator
