#pragma once

#include <lock/lock_file.hpp>
#include <source/diagnostic.hpp>
#include <source/input_file.hpp>
#include <source/migration_source.hpp>
#include <source/variables.hpp>
#include <sql/checksum.hpp>
#include <sql/grammar_options.hpp>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace varve::generator {

/// What to do about migrations that are not in the lock file.
enum class draft_policy : std::uint8_t {
    silent,  ///< say nothing: the caller is about to lock them
    note,    ///< say once how many are not protected (M039)
    refuse,  ///< REQUIRE_LOCKED: that is an error (M039)
};

/// What a draft without a down script is that does not say `irreversible`.
enum class down_policy : std::uint8_t {
    optional,
    required,  ///< REQUIRE_DOWN: an error (M048)
};

/// Names that begin with `varve` belong to varve's own histories.
enum class history_owner : std::uint8_t { user, varve };

/// What to read and by which rules.
struct load_request {
    std::filesystem::path directory{};  ///< empty: there is the master file alone, which then is the only migration
    engine_kind engine = engine_kind::sqlite;
    std::string name{};                 ///< the history's name
    std::filesystem::path lock_file{};  ///< empty: `<directory>/<engine>.lock`
    std::filesystem::path master{};     ///< the complete schema in one script; empty: none
    draft_policy drafts = draft_policy::note;
    down_policy downs = down_policy::optional;
    history_owner owner = history_owner::user;
    std::span<const checksum_rule> rules = checksum_rules();
    grammar_options grammar{};
    variable_values variables{};                  ///< what scripts write as `${name}`
    std::filesystem::path kept_scripts{};         ///< the file in which a build keeps their texts; empty: none
    std::vector<std::int64_t> corrected_downs{};  ///< released downs that may differ: `varve lock --down 7`
    std::vector<std::int64_t> accepted{};         ///< released migrations that may: `varve lock --accept 7`
};

/// A directory and its lock file, read and checked.
struct loaded_history {
    history_source history;  ///< only to be used if nothing that was reported is an error
    lock_file lock;
    std::filesystem::path lock_path;  ///< where the lock file is, or would be
    std::vector<input_file> inputs;   ///< everything that was read, and the directories where something may appear
};

/// Everything `embed`, `check` and `lock` need: reads the directory and the lock file, cuts, classifies and hashes the
/// scripts, checks directives and dependencies, compares with the lock file. Never stops at the first error.
[[nodiscard]] loaded_history load_history(const load_request&, diagnostics&);

/// `<directory>/sqlite.lock`
[[nodiscard]] std::filesystem::path default_lock_path(const std::filesystem::path& directory, engine_kind);

}  // namespace varve::generator
