#pragma once

#include "engine_contract.hpp"

#include <varve/migrate.hpp>

#include <support/history_builder.hpp>

#include <string>
#include <vector>

namespace varve::testing {

/// `7 t7`: creates the table t7, and drops it again. Released.
[[nodiscard]] migration_text table(std::int64_t version);

/// The same, not released.
[[nodiscard]] migration_text draft(std::int64_t version);

/// Creates t7a, t7b and t7c, each by itself, and drops them again in the opposite order.
[[nodiscard]] migration_text alone(std::int64_t version);

/// A history for an engine.
[[nodiscard]] built_history history_for(const engine&, const std::string& name,
                                        const std::vector<migration_text>& migrations);

/// Options of somebody who does not wait, on whose behalf `ann` runs.
[[nodiscard]] options by_ann();
/// The same; each migration has a transaction of its own.
[[nodiscard]] options one_by_one();

/// `apply 7`, of every step.
[[nodiscard]] std::vector<std::string> words(const std::vector<step>&);
/// `edited 7`, of every problem.
[[nodiscard]] std::vector<std::string> words(const std::vector<problem>&);
/// `shop 7 applied`, of every active row but the ledger's own.
[[nodiscard]] std::vector<std::string> active_rows(engine&);

/// What an observer saw: `started 7`, `statement_begun 7.1`. Throws when it has seen a number of events.
class recorded_events : public observer {
public:
    recorded_events() = default;
    explicit recorded_events(std::size_t limit) : limit_(limit) {}
    void on_event(const event&) override;
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

private:
    std::size_t limit_ = static_cast<std::size_t>(-1);
    std::vector<std::string> lines_;
};

/// What something throws; fails the test if that is nothing.
template <typename Something>
[[nodiscard]] error_details refusal_of(Something something) {
    try {
        something();
    } catch (const error& thrown) {
        return thrown.details();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
}

}  // namespace varve::testing
