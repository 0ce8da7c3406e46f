#pragma once

#include <varve/history.hpp>
#include <varve/ledger.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace varve {

/// One or several histories for one call. Refers to them: they are constants of the program.
class histories {
public:
    histories(const history& one) : all_{&one} {}  // NOLINT: implicit on purpose, `migrate(engine, shop::history)`
    histories(std::initializer_list<std::reference_wrapper<const history>> several) {
        for (const history& each : several) all_.push_back(&each);
    }
    explicit histories(std::vector<const history*> several) : all_(std::move(several)) {}
    [[nodiscard]] std::span<const history* const> all() const { return all_; }

private:
    std::vector<const history*> all_;
};

/// Where to go.
class target {
public:
    /// Everything the program contains.
    static target newest() { return target(kind::newest, 0); }
    /// Before the first migration.
    static target base() { return target(kind::base, 0); }
    /// So that `version` is the last one applied; it stays. Order is the history's, not the numbers'.
    static target version(std::int64_t version) { return target(kind::version, version); }

    [[nodiscard]] bool is_newest() const { return kind_ == kind::newest; }
    [[nodiscard]] bool is_base() const { return kind_ == kind::base; }
    [[nodiscard]] std::int64_t number() const { return version_; }

private:
    enum class kind : std::uint8_t { newest, base, version };
    target(kind what, std::int64_t version) : kind_(what), version_(version) {}
    kind kind_;
    std::int64_t version_;
};

/// A pending migration that stands before an applied released one.
enum class out_of_order : std::uint8_t { refuse, allow };

enum class step_kind : std::uint8_t { apply, revert, skip, baseline, renumber };
[[nodiscard]] std::string_view to_string(step_kind) noexcept;

/// One thing to do. Reverting what this program does not contain has no `embedded`: its down comes from the ledger.
struct step {
    step_kind what = step_kind::apply;
    const history* owner = nullptr;
    std::optional<migration> embedded;
    std::int64_t version = 0;
    std::string name;
    std::int64_t ledger_id = 0;     ///< the active row, for revert and renumber, and for resuming
    std::string note;               ///< for a person: "applied after 9, a draft with a higher version"
    std::int32_t resume_after = 0;  ///< statements of a script without a transaction that are already done
};

enum class problem_kind : std::uint8_t {
    edited,        ///< applied with another checksum than the embedded one
    edited_draft,  ///< the same, but it is still a draft: `redo` settles it
    missing,       ///< applied and released as known here, but not in this program, and before something that is
    out_of_order,
    irreversible,
    half_done,     ///< a script without a transaction stopped in the middle
    renumbered,    ///< applied under another, free version
    renamed,       ///< this history's name is new, but another in the ledger holds its first migration
    incompatible,  ///< the database is newer, in a way that breaks this program
    dependency,    ///< depends on something that is neither applied nor about to be
    depended_on,   ///< cannot be reverted: others depend on it
    unknown_version,
    mixed_batch,  ///< cannot be in one transaction as asked
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

/// What is to be done, or why nothing may be done: `steps` is empty unless `problems` is.
struct plan {
    std::vector<step> steps;
    std::vector<problem> problems;
    std::vector<std::string> notes;
    [[nodiscard]] bool ok() const { return problems.empty(); }
};

/// What to plan for.
struct plan_request {
    target to = target::newest();
    varve::out_of_order when_out_of_order = varve::out_of_order::refuse;
};

/// Decides without I/O. Pure: the same arguments give the same plan. Never throws for a disagreement between history
/// and ledger; that is what `problems` is for. Applies what is pending up to the target and reverts what is after it.
[[nodiscard]] plan make_plan(const histories&, const ledger_snapshot&, const plan_request& = {});

}  // namespace varve
