#pragma once

#include "connection.hpp"

#include <varve/history.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace varve::sqlite {

/// Makes SQLite enforce foreign keys, or not, as a script asked for; puts back what was. Outside a transaction only.
class foreign_keys_guard {
public:
    foreign_keys_guard(const connection&, foreign_keys_setting);
    foreign_keys_guard(const foreign_keys_guard&) = delete;
    foreign_keys_guard& operator=(const foreign_keys_guard&) = delete;
    ~foreign_keys_guard();

private:
    const connection& connection_;
    int before_ = -1;  ///< -1: nothing to put back
};

/// A row whose foreign key refers to nothing, or a foreign key that cannot be checked.
struct foreign_key_violation {
    std::string table{};
    std::optional<std::int64_t> row{};  ///< not in a table WITHOUT ROWID
    std::string parent{};
    std::string key{};      ///< the values that refer to nothing, quoted
    std::string trouble{};  ///< why the table's keys cannot be checked; then there is no row

    /// "row 3 of orders refers to a row of users that does not exist (7)"
    [[nodiscard]] std::string description() const;
};

/// All of the main database. Throws `refusal`.
[[nodiscard]] std::vector<foreign_key_violation> foreign_key_violations(const connection&);

/// Those of `after` that are not in `before`. Rows are told apart by what they refer to, not by their row id:
/// rebuilding a table may give it new ones.
[[nodiscard]] std::vector<foreign_key_violation> new_violations(const std::vector<foreign_key_violation>& before,
                                                                const std::vector<foreign_key_violation>& after);

}  // namespace varve::sqlite
