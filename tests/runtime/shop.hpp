#pragma once

#include <support/failing_engine.hpp>
#include <support/fake_engine.hpp>

#include <varve/migrate.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

/// A small history to plan with, on a fake database.
namespace varve::testing {

/// `7 t7`: creates the table t7, and drops it again.
[[nodiscard]] migration_text table(std::int64_t version);
/// The same, not released.
[[nodiscard]] migration_text draft(std::int64_t version);
/// Creates t7a, t7b, t7c, each by itself, and drops them again in the opposite order.
[[nodiscard]] migration_text alone(std::int64_t version);

/// A database with an engine on it that counts its calls.
struct shop_database {
    fake_database data;
    fake_engine direct{data};
    failing_engine counted{direct};
};

/// An error that was expected; fails the test if there was none.
template <typename Call>
[[nodiscard]] error_details refused(Call call) {
    try {
        call();
    } catch (const error& failure) {
        return failure.details();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
}

/// `edited 7`, of every problem.
[[nodiscard]] std::vector<std::string> kinds(const std::vector<problem>&);

/// `apply 7`, of every step.
[[nodiscard]] std::vector<std::string> steps(const std::vector<step>&);

/// Does not wait for the lock.
[[nodiscard]] options impatient();

}  // namespace varve::testing
