#pragma once

#include "connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace varve::sqlite {

/// A statement, prepared. Throws `refusal`.
class prepared_statement {
public:
    /// Prepares the first statement in `sql`, waiting for locks. Nothing is prepared if there are comments only.
    prepared_statement(const connection&, std::string_view sql);
    prepared_statement(const prepared_statement&) = delete;
    prepared_statement& operator=(const prepared_statement&) = delete;
    ~prepared_statement();

    [[nodiscard]] bool empty() const noexcept { return statement_ == nullptr; }
    /// What follows the statement in `sql`.
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

    /// Parameters are counted from 1. Texts must live until the statement was run.
    void bind(int parameter, std::int64_t);
    void bind(int parameter, std::string_view);
    void bind(int parameter, double);
    void bind_null(int parameter);
    void bind_bytes(int parameter, std::string_view);
    void bind(int parameter, const std::optional<std::int64_t>&);
    void bind(int parameter, const std::optional<std::string>&);
    /// Binds NULL for an empty text.
    void bind_text_or_null(int parameter, std::string_view);

    [[nodiscard]] int parameter_count() const noexcept;
    /// The parameter of that name; 0 if there is none.
    [[nodiscard]] int parameter(const std::string& name) const noexcept;

    /// One row further; false at the end.
    bool step();
    /// The same; waits for locks before the first row. Only outside a transaction: inside one SQLite cannot go on.
    bool step_patiently();
    /// Runs it to its end, ready to be bound and run again.
    void run();

    /// Columns are counted from 0.
    [[nodiscard]] bool is_null(int column) const noexcept;
    [[nodiscard]] std::int64_t integer(int column) const noexcept;
    [[nodiscard]] std::string_view text(int column) const noexcept;
    [[nodiscard]] int column_count() const noexcept;
    [[nodiscard]] std::string column_name(int column) const;
    /// What is there, whatever its type: numbers as decimal text that gives the same number again, bytes as they are.
    [[nodiscard]] std::optional<std::string> value(int column) const;

private:
    [[nodiscard]] bool row_from(int result) const;
    void check(int result) const;

    const connection& connection_;
    sqlite3_stmt* statement_ = nullptr;
    std::string_view rest_;
};

}  // namespace varve::sqlite
