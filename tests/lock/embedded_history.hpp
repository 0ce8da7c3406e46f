#pragma once

#include <commands/checked_history.hpp>
#include <emit/unit_tables.hpp>
#include <varve/history.hpp>

#include <deque>
#include <string>
#include <vector>

namespace varve::testing {

/// A directory of migrations as the program that embeds it would see it: read, checked and flattened by the
/// generator's own code, only not printed and compiled. Throws std::runtime_error if the build would fail.
class embedded_history {
public:
    explicit embedded_history(const generator::load_request&);
    embedded_history(const embedded_history&) = delete;
    embedded_history& operator=(const embedded_history&) = delete;

    [[nodiscard]] const history& get() const { return history_; }

private:
    generator::checked_history checked_;
    std::deque<std::string> texts_;
    std::vector<migration_data> migrations_;
    std::vector<statement_probe> probes_;
    history history_;
};

}  // namespace varve::testing
