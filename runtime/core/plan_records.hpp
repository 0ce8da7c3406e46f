#pragma once

#include <varve/plan.hpp>

/// Plans that only change the ledger: nothing is run.
namespace varve::core {

[[nodiscard]] plan plan_renumber(const histories&, const ledger_snapshot&, std::int64_t from, std::int64_t to);
[[nodiscard]] plan plan_baseline(const histories&, const ledger_snapshot&, std::int64_t version);
[[nodiscard]] plan plan_skip(const histories&, const ledger_snapshot&, std::int64_t version);
[[nodiscard]] plan plan_repair(const histories&, const ledger_snapshot&, const repair_request&);

}  // namespace varve::core
