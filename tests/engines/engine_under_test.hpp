#pragma once

#include <varve/engine.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace varve::testing {

/// A statement that the database refuses, and where in its text it says the error is.
struct refused_statement {
    std::string sql{};
    std::uint32_t line = 1;    ///< 1-based, in the statement
    std::uint32_t column = 1;  ///< 1-based, in code points
    std::string sqlstate{};
};

/// What the contract suite needs from an engine to be tested: an empty database of its own for each test, and a way to
/// look at it without varve. A new engine takes part by implementing this and instantiating the suite, see
/// sqlite_contract_test.cpp.
class engine_under_test {
public:
    engine_under_test() = default;
    engine_under_test(const engine_under_test&) = delete;
    engine_under_test& operator=(const engine_under_test&) = delete;
    virtual ~engine_under_test() = default;

    /// An engine on this database with a connection of its own, as another process would have. It must not outlive
    /// this object.
    [[nodiscard]] virtual std::unique_ptr<engine> connect() = 0;

    /// An engine on a connection of the test's that is inside a transaction in which the table `of_the_caller` was
    /// created.
    [[nodiscard]] virtual std::unique_ptr<engine> connect_inside_transaction() = 0;

    /// Commits the transaction of `connect_inside_transaction`: false if somebody else ended it.
    [[nodiscard]] virtual bool commit_transaction_of_the_caller() = 0;

    /// An engine on a database that does not exist.
    [[nodiscard]] virtual std::unique_ptr<engine> connect_to_missing_database() = 0;

    /// True if reading from the missing database has brought it into existence.
    [[nodiscard]] virtual bool missing_database_was_created() = 0;

    /// Whether a committed table of this name is there, asked without varve.
    [[nodiscard]] virtual bool has_table(std::string_view name) = 0;

    /// When an engine tells about the statements of a batch. One that sends a batch in one string tells when the whole
    /// has been answered, and then it is committed: an observer that throws cannot undo it any more.
    enum class telling : std::uint8_t { before_commit, after_commit };
    [[nodiscard]] virtual telling when_told() const { return telling::before_commit; }

    /// A statement that fails in the middle of its text, in its second line, after characters outside ASCII.
    [[nodiscard]] virtual refused_statement refused() = 0;
};

using engine_factory = std::unique_ptr<engine_under_test> (*)();

}  // namespace varve::testing
