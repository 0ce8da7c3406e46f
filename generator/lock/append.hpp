#pragma once

#include <lock/lock_file.hpp>
#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace varve::generator {

/// What a lock file is to become.
struct lock_change {
    std::string before{};                   ///< the contents that were read; empty if there is no file
    std::string bytes{};                    ///< the whole new contents
    std::vector<std::int64_t> released{};   ///< drafts that were added, in order
    std::vector<std::int64_t> corrected{};  ///< released migrations whose down was replaced
    std::vector<std::int64_t> accepted{};   ///< released migrations that were changed after all

    [[nodiscard]] bool empty() const { return released.empty() && corrected.empty() && accepted.empty(); }
};

/// `varve lock`: the lock file with every draft added at its end. What is there stays byte for byte.
[[nodiscard]] lock_change lock_drafts(const lock_file&, const history_source&);

/// `varve lock --down 7`: the lock file with the down checksums of these versions as the directory has them now:
/// corrected, added or removed. Everything else stays byte for byte. Reports versions that are not released (M047).
[[nodiscard]] lock_change lock_downs(const lock_file&, const history_source&, const std::vector<std::int64_t>& versions,
                                     diagnostics&);

/// `varve lock --accept 7`: the lock file with the lines of these versions as the directory has them now: both
/// checksums and the transaction mode. Everything else stays byte for byte. Reports versions that are not released
/// (M047).
[[nodiscard]] lock_change lock_accepted(const lock_file&, const history_source&,
                                        const std::vector<std::int64_t>& versions, diagnostics&);

/// Replaces the file at once or not at all: a temporary file beside it, then a rename. The temporary file keeps others
/// out who do the same, and what they did before is not overwritten. Reports why it cannot (M046). True if written.
bool write_lock_file(const std::filesystem::path&, const lock_change&, diagnostics&);

}  // namespace varve::generator
