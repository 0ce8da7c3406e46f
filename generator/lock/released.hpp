#pragma once

#include <lock/lock_file.hpp>
#include <source/diagnostic.hpp>
#include <source/directory.hpp>
#include <source/migration_source.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace varve::generator {

/// The text of a script when it had the checksum that was locked, if that can be found (released_text.hpp).
using find_released_text = std::function<std::optional<std::string>(const script_source&, const checksum& locked)>;

/// What the comparison has to know beside the lock file.
struct comparison_terms {
    engine_kind engine = engine_kind::sqlite;
    std::span<const std::int64_t> corrected_downs;    ///< released downs that may differ
    std::span<const std::int64_t> accepted;           ///< released migrations that may differ in everything
    std::string lock_command;                         ///< `varve lock ...` as hints name it
    listing_state listing = listing_state::complete;  ///< incomplete: a line's file may be there all the same
    find_released_text released_text{};               ///< asked about scripts that were edited
};

/// Compares the migrations of a directory with the lock file, marks the released ones and puts them in history order:
/// released in lock-file order, then drafts by version. Reports lines without a file (M037), renamed (M038) and edited
/// ups (M040), edited (M041), removed (M042) and added downs (M043), and a transaction directive that contradicts the
/// lock line (M044). A draft that comes before a released one is a note (M045).
void compare_with_lock(std::vector<migration_source>&, const lock_file&, const comparison_terms&, diagnostics&);

}  // namespace varve::generator
