#pragma once

#include "actions.hpp"
#include "support/history_builder.hpp"
#include "support/postgresql_server.hpp"

#include <varve/error.hpp>
#include <varve/migrate.hpp>
#include <varve/postgresql.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace varve::testing {

/// A database of its own for each test, and a way to look at it without varve.
class postgresql_test : public ::testing::Test {
protected:
    /// A new engine with a connection of its own.
    [[nodiscard]] std::unique_ptr<postgresql_engine> connect(postgresql_options = {}) const;
    [[nodiscard]] std::unique_ptr<postgresql_engine> connect_as(const std::string& user) const;

    /// Runs SQL on a connection of the test's, as the superuser; the first column of all rows, separated by commas.
    std::string ask(const std::string& sql) const;

    [[nodiscard]] bool has_table(const std::string& name) const;

    /// From now on new sessions log their statements.
    void log_statements() const;
    [[nodiscard]] std::vector<std::string> logged_statements() const;

    postgresql_server& server = shared_postgresql_server();
    std::string database = server.create_database();
    std::string uri = server.uri(database);
};

/// A history that was built for a test, to be given to `migrate`.
class test_history {
public:
    explicit test_history(const std::vector<migration_text>& migrations)
        : built_(std::make_unique<built_history>("shop", engine_kind::postgresql, migrations)) {}
    operator histories() const { return {built_->get()}; }  // NOLINT: so that a test reads like a program

private:
    std::unique_ptr<built_history> built_;
};

/// `shop` with one migration a list of statements, versions from 1.
[[nodiscard]] test_history shop(std::vector<std::vector<std::string>> ups);

/// What an operation throws; fails the test if it does not.
template <typename Operation>
error_details failure_of(Operation operation) {
    try {
        operation();
    } catch (const error& thrown) {
        return thrown.details();
    }
    ADD_FAILURE() << "nothing was thrown";
    return {};
}

}  // namespace varve::testing
