#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace varve {

/// In which way history and database disagree. docs/plan.md says when each is reported and what settles it.
enum class problem_kind : std::uint8_t {
    edited,        ///< applied with another checksum than the embedded one
    edited_draft,  ///< the same, but it is still a draft: `redo` settles it
    missing,       ///< applied and released, and this program is not older, but does not contain it
    out_of_order,  ///< pending, but it stands before an applied released one
    irreversible,
    half_done,     ///< a script without a transaction stopped in the middle
    renumbered,    ///< applied under another, free version
    renamed,       ///< this history's name is new, but another in the ledger holds its first migration
    incompatible,  ///< the database is newer, in a way that breaks this program
    dependency,    ///< depends on something that is neither applied nor about to be
    depended_on,   ///< cannot be reverted: others depend on it
    unknown_version,
    already_applied,  ///< cannot be recorded again
    mixed_batch,      ///< cannot be in one transaction as asked
    ledger_too_new
};
[[nodiscard]] std::string_view to_string(problem_kind) noexcept;

/// Why no step may be taken. All problems are reported, not the first.
struct problem {
    problem_kind kind = problem_kind::edited;
    std::string history;
    std::int64_t version = 0;
    std::string name;
    std::string file;     ///< `migrations/0007_add_email.sql` if this program contains it
    std::string message;  ///< what is wrong, a sentence
    std::string hint;     ///< the way out, with the command
};

}  // namespace varve
