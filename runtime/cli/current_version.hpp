#pragma once

#include "json.hpp"

#include <varve/migrate.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace varve::cli {

/// Where a database stands in one history.
struct current_version {
    std::string_view history;
    const migration_status* at = nullptr;  ///< the last applied one in the history's order; null: none
    std::size_t pending = 0;
};

/// One for each history, in their order. Refers to the report.
[[nodiscard]] std::vector<current_version> current_versions(const status_report&, const histories&);

[[nodiscard]] json_array json_of(const std::vector<current_version>&);

}  // namespace varve::cli
