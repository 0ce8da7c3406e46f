#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace varve::testing {

/// A connection of the test's own, to look at a database without varve and to be borrowed. Throws std::runtime_error.
class sqlite_handle {
public:
    explicit sqlite_handle(const std::string& file);

    [[nodiscard]] sqlite3* get() const { return handle_.get(); }
    void execute(const std::string& sql) const;
    /// The first column of every row, as text; `NULL` for NULL.
    [[nodiscard]] std::vector<std::string> column(const std::string& sql) const;
    /// The first column of the only row.
    [[nodiscard]] std::string value(const std::string& sql) const;
    [[nodiscard]] bool has_table(std::string_view name) const;

private:
    struct closing {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, closing> handle_;
};

}  // namespace varve::testing
