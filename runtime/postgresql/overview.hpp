#pragma once

#include "connection.hpp"
#include "ledger_names.hpp"

#include <varve/engine.hpp>

namespace varve::postgresql {

/// One query.
[[nodiscard]] database_overview overview_of(connection&, const ledger_names&);

}  // namespace varve::postgresql
