#pragma once

#include <schema/changes.hpp>
#include <schema/schema.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace varve::generator {

/// A draft, and what the released migrations had made: what programs without it may use.
struct draft_in_history {
    const schema& released;
    const history_source& history;
    std::size_t migration = 0;  ///< index into the history
};

/// Performs the draft's changes on `now`, and says what programs without it miss afterwards: the first three things;
/// empty if there is none. What is taken away and made again in the same script (a table that is rebuilt, a view) is
/// compared with what it was.
[[nodiscard]] std::string breaking_changes(const draft_in_history&, std::span<const statement_change>, schema& now);

}  // namespace varve::generator
