#pragma once

#include "page.hpp"

#include <support/history_builder.hpp>

#include <varve/error.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace varve::testing {

/// How a code comes about: what the program prints then.
struct scenario {
    part where;
    std::string code;
    std::function<std::string()> happens;
};

/// For the name of a test that fails.
inline void PrintTo(const scenario& of, std::ostream* to) { *to << of.code; }

[[nodiscard]] std::vector<scenario> sqlite_scenarios();
[[nodiscard]] std::vector<scenario> sqlite_problems();
[[nodiscard]] std::vector<scenario> postgresql_scenarios();

/// What an operation throws, as it is printed; fails the test if it does not.
template <typename Operation>
std::string printed(Operation operation) {
    try {
        operation();
    } catch (const error& thrown) {
        return thrown.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return {};
}

/// A released migration that creates a table and can be reverted.
inline migration_text table(std::int64_t version, const std::string& name) {
    return {.version = version,
            .name = name,
            .up = {"CREATE TABLE " + name + " (id INTEGER PRIMARY KEY)"},
            .down = {"DROP TABLE " + name}};
}

}  // namespace varve::testing
