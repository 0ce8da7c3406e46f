#pragma once

#include "actions.hpp"
#include "sqlite_handle.hpp"

#include <varve/error.hpp>
#include <varve/sqlite.hpp>

#include <gtest/gtest.h>
#include <support/temporary_directory.hpp>

#include <functional>
#include <string>

namespace varve::testing {

/// An action that runs statements and writes the row of a migration of `shop`.
[[nodiscard]] action migrating(std::int64_t id, std::vector<std::string_view> statements);

/// What `something` throws; an empty one with code `observer_failed` and a failed test if it throws nothing.
[[nodiscard]] error_details error_of(const std::function<void()>& something);

/// What `something` returns in another process, which has no rights beyond those of `nobody`.
[[nodiscard]] std::string without_rights(const std::function<std::string()>& something);

/// Runs something in another process and waits for its end; returns the signal that killed it, or 0.
int signal_that_ended(const std::function<void()>& something);

/// A file of its own for each test.
class sqlite_engine_test : public ::testing::Test {
protected:
    [[nodiscard]] std::string file(std::string_view name = "shop.db") const { return (place.path() / name).string(); }

    /// Creates the ledger in the file.
    void create_ledger() const;

    /// Whether a table is there, for somebody who has just opened the file.
    [[nodiscard]] bool has_table(std::string_view name) const { return sqlite_handle(file()).has_table(name); }

    temporary_directory place;
};

}  // namespace varve::testing
