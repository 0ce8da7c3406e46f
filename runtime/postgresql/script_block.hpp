#pragma once

#include "ledger_names.hpp"

#include <varve/engine.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace varve::postgresql {

/// A statement of a batch.
struct statement_position {
    std::size_t action = 0;
    std::size_t statement = 0;
};

/// A statement's text with the ledger's schema where it has a place for it.
[[nodiscard]] std::string text_of(const statement&, const ledger_names&);

/// Text as a literal that needs no escaping and no setting: between two tags that it does not contain.
[[nodiscard]] std::string dollar_quoted(std::string_view text);

/// Statements as one anonymous block, an EXECUTE for each: the server refuses COMMIT and COPY in it before any damage,
/// and the context of an error tells the line of the block, so that the failing statement is known.
class script_block {
public:
    /// The line of the block where the first statement may stand: guards are blocks of one line.
    static constexpr std::size_t first_line = 2;

    /// `each_alone`: a block for each statement, so that the server's timeout counts them one by one. Each stands on
    /// its line all the same.
    enum class form : std::uint8_t { together, each_alone };
    explicit script_block(form how = form::together) : form_(how) {}

    /// `before`: an expression to be evaluated first; may be empty.
    void add(statement_position, std::string_view sql, std::string_view before = {});
    /// Sets a setting for the statements after it, until the transaction ends.
    void add_setting(std::string_view name, std::int64_t value);
    /// Notes the time under a number, for `clock_setting`.
    void add_clock(std::size_t number);

    [[nodiscard]] bool empty() const { return placed_.empty(); }
    [[nodiscard]] std::size_t size() const { return placed_.size(); }
    [[nodiscard]] const std::vector<statement_position>& statements() const { return statements_; }

    /// `DO $..$..$..$;`, or several.
    [[nodiscard]] std::string text() const;
    /// The index of the statement at a line of the block, as the server counts them.
    [[nodiscard]] std::size_t index_at(std::size_t line) const;

private:
    void add_lines(const std::string& text);

    form form_;
    std::vector<statement_position> statements_;
    std::vector<std::size_t> placed_;  // the line of each statement
    std::string text_;                 // of one block its body
    std::size_t next_line_ = first_line;
};

/// The seconds noted under a number, as an SQL number.
[[nodiscard]] std::string clock_setting(std::size_t number);

}  // namespace varve::postgresql
