#pragma once

#include <varve/verify.hpp>

#include <vector>

/// What verify says about a script, from what happened to it. Pure.
namespace varve::core {

/// Whether a migration has something to prove.
[[nodiscard]] bool can_be_undone(const migration&);

/// The down ran, and left differences.
[[nodiscard]] finding wrong_down(const migration&, const std::vector<difference>&);
/// The down was refused.
[[nodiscard]] finding failed_down(const migration&, const error&);
/// After the down, the up was refused.
[[nodiscard]] finding failed_again(const migration&, const error&);
/// The up was refused: nothing after it can be run.
[[nodiscard]] finding failed_up(const migration&, const error&, std::size_t not_run);

/// The master file makes another schema than the migrations, or was refused. `path`: of it.
[[nodiscard]] finding wrong_master(const std::string& path, const std::vector<difference>&);
[[nodiscard]] finding failed_master(const std::string& path, const error&);

/// Whether an error is about what a script does; if not, the database or the connection is to blame.
[[nodiscard]] bool is_about_a_script(const error&);

}  // namespace varve::core
