#pragma once

#include <replay/refusal.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace varve::generator {

/// A prepared statement: one of a script, or a question of the replay's own.
class query {
public:
    query(sqlite3*, std::string_view sql);

    /// Set if it could not be prepared, or the last step failed.
    [[nodiscard]] const std::optional<refusal>& failure() const { return failure_; }
    /// True: there is a row. False: there is none, or failure().
    bool step();
    /// Steps to the end.
    void run();
    void reset();
    void bind(int parameter, std::int64_t);

    [[nodiscard]] std::int64_t integer(int column) const;
    /// Valid until the next step.
    [[nodiscard]] std::string_view text(int column) const;
    /// The value's type and bytes: equal for equal values only.
    void append_value(int column, std::string& to) const;
    [[nodiscard]] int columns() const;

private:
    struct finalizing {
        void operator()(sqlite3_stmt*) const noexcept;
    };

    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, finalizing> statement_;
    std::optional<refusal> failure_;
};

/// `user_version` of the main database.
[[nodiscard]] std::int64_t pragma_value(sqlite3*, std::string_view name);

/// `"a name"`, whatever is in it.
[[nodiscard]] std::string quoted_name(std::string_view);

}  // namespace varve::generator
