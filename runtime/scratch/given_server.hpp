#pragma once

#include <varve/verify_program.hpp>

#include "postgresql/scratch_databases.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace varve::scratch {

using postgresql::scratch_databases;

/// What to do where VARVE_SCRATCH_URL names a server whose user may not create databases.
inline constexpr std::string_view where_to_create_databases =
    "VARVE_SCRATCH_URL names a server where the user may create databases (ALTER USER .. CREATEDB)";

/// Verifies in a database of its own, which is dropped again. Throws `varve::error`.
[[nodiscard]] verify_report verify_in_own_database(scratch_databases&, const std::vector<const history*>& first,
                                                   const history&);

/// Verifies in a database of its own on a server that exists, and drops it. `uri` names any database of it where the
/// user may create others. Databases that killed runs have left are recognised, because nobody holds their lock, and
/// dropped.
[[nodiscard]] verify_report verify_on_given_server(const verify_task&, const std::string& uri);

}  // namespace varve::scratch
