#pragma once

#include "connection.hpp"

#include <varve/engine.hpp>

namespace varve::postgresql {

/// Runs C++ in the transaction that is open. Throws what it threw, unless something happened that it cannot settle: the
/// connection was lost, or a statement was refused, which ends a transaction here, whatever the code made of it.
void run_with_access(connection&, const transaction_code&);

}  // namespace varve::postgresql
