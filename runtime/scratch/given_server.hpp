#pragma once

#include <varve/verify_program.hpp>

#include <string>
#include <vector>

namespace varve::scratch {

class scratch_databases;

/// Verifies in a database of its own, which is dropped again. Throws `varve::error`.
[[nodiscard]] verify_report verify_in_own_database(scratch_databases&, const std::vector<const history*>& first,
                                                   const history&);

/// Verifies in a database of its own on a server that exists, and drops it. `uri` names any database of it where the
/// user may create others. Databases that killed runs have left are recognised, because nobody holds their lock, and
/// dropped.
[[nodiscard]] verify_report verify_on_given_server(const verify_task&, const std::string& uri);

}  // namespace varve::scratch
