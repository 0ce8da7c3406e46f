#pragma once

#include "compare.hpp"

#include <span>
#include <utility>
#include <vector>

namespace varve::core {

/// Puts pending migrations in an order in which each comes after what it depends on: the given order of the histories,
/// with another history's migrations pulled forward where one depends on them.
class apply_order {
public:
    apply_order(std::span<const compared_history> all, const ledger_snapshot& ledger, plan& problems);

    /// Places the pending migrations of a history at positions before `limit`, and what they depend on.
    void place_until(std::size_t history, std::size_t limit);

    /// (history, position), in order.
    [[nodiscard]] const std::vector<std::pair<std::size_t, std::size_t>>& placed() const { return placed_; }

private:
    enum class progress : std::uint8_t { untouched, begun, placed };

    void place(std::size_t history, std::size_t position);
    void place_dependency(const migration& dependent, const dependency&);
    [[nodiscard]] bool is_applied(std::string_view history, std::int64_t version) const;
    [[nodiscard]] std::size_t index_of(std::string_view history) const;

    std::span<const compared_history> all_;
    const ledger_snapshot& ledger_;
    plan& problems_;
    std::vector<std::vector<progress>> progress_;
    std::vector<std::pair<std::size_t, std::size_t>> placed_;
};

}  // namespace varve::core
