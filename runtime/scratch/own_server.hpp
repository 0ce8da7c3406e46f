#pragma once

#include <varve/verify_program.hpp>

namespace varve::scratch {

/// Verifies on a server that is started for it, beginning from what an earlier run has proven.
[[nodiscard]] verify_report verify_on_own_server(const verify_task&);

}  // namespace varve::scratch
