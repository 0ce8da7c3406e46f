#pragma once

#include <varve/migrate.hpp>

#include <string>

namespace varve::cli {

/// Whether a step runs a script, rather than only noting something in the ledger.
[[nodiscard]] bool runs_script(const step&);

/// `7 add_email`, with the history's name in front if there is more than one.
[[nodiscard]] std::string title_of(const step&, const histories&);

}  // namespace varve::cli
