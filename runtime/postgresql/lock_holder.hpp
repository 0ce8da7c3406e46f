#pragma once

#include "acting_role.hpp"
#include "connection.hpp"
#include "ledger_names.hpp"

#include <string>

namespace varve::postgresql {

/// Who has the lock, and what he runs, for a person; empty if nobody has. What this session may not see is left out.
[[nodiscard]] std::string holder_of_lock(connection&, const ledger_names&, const acting_role&);

}  // namespace varve::postgresql
