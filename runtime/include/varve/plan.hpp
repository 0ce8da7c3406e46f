#pragma once

#include <varve/history.hpp>
#include <varve/ledger.hpp>
#include <varve/problem.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace varve {

inline namespace contract_1 {

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

}  // namespace contract_1

/// Where to go.
class target {
public:
    /// Everything the program contains.
    static target newest() { return target(kind::newest, 0); }
    /// Before the first migration: nothing to apply.
    static target base() { return target(kind::base, 0); }
    /// Up to and including `version`, in the history's order, not the numbers'.
    static target version(std::int64_t version) { return target(kind::version, version); }
    /// The next `count` that are pending, in the order in which they would be applied.
    static target next(std::size_t count) { return target(kind::next, static_cast<std::int64_t>(count)); }

    [[nodiscard]] bool is_newest() const { return kind_ == kind::newest; }
    [[nodiscard]] bool is_base() const { return kind_ == kind::base; }
    [[nodiscard]] bool is_next() const { return kind_ == kind::next; }
    /// The version, or how many.
    [[nodiscard]] std::int64_t number() const { return number_; }

private:
    enum class kind : std::uint8_t { newest, base, version, next };
    target(kind what, std::int64_t number) : kind_(what), number_(number) {}
    kind kind_;
    std::int64_t number_;
};

/// A pending migration that stands before an applied released one.
enum class out_of_order : std::uint8_t { refuse, allow };

/// What a program does with a database that is newer: with migrations applied that it does not contain.
enum class newer_database : std::uint8_t {
    accept_compatible,  ///< goes on, with a note, unless one of them breaks older programs
    refuse,             ///< each of them is a problem
    revert              ///< runs the down scripts that the ledger kept for them, newest first, before anything else
};

enum class step_kind : std::uint8_t {
    apply,
    revert,
    skip,
    baseline,
    renumber,
    repair,
    schema,  ///< runs the master file, which makes everything that a history's migrations make: a step of `init`
    repeat,  ///< runs a repeatable script that changed, or was not run here yet
    seed,    ///< runs a seed that changed, or was not loaded here yet
    forget   ///< a repeatable script or a seed counts as not run: what it made may be gone with what is reverted
};
[[nodiscard]] std::string_view to_string(step_kind) noexcept;

/// What a person tells the ledger, having looked at the database.
enum class repair_kind : std::uint8_t {
    statement_done,      ///< a statement of a half done script took effect: it is not run again
    statement_not_done,  ///< it did not: it is run again
    not_applied,         ///< the migration is not, or no longer, applied: it is pending
    accept               ///< what was applied is as good as what this program contains: its checksum is taken over
};
[[nodiscard]] std::string_view to_string(repair_kind) noexcept;

/// Which migration is repaired, and how.
struct repair_request {
    std::int64_t version = 0;
    repair_kind what = repair_kind::statement_done;
    std::int32_t statement = 0;  ///< 1-based: for the two kinds that are about one
};

/// Where the statements of a step come from: it only records, the program has them, or the ledger kept them.
enum class script_source : std::uint8_t { none, embedded, ledger };

/// One thing to do. Reverting what this program does not contain has no `embedded`: its down comes from the ledger.
/// Repeatable scripts and seeds have version 0.
struct step {
    step_kind what = step_kind::apply;
    const history* owner = nullptr;
    std::optional<migration> embedded{};
    std::int64_t version = 0;
    std::string name{};
    std::int64_t ledger_id = 0;  ///< the active row: for revert, renumber and whatever was half done
    std::string note{};          ///< for a person: "stands before 9 add_phone, a draft that is already applied"
    script_source source = script_source::none;
    std::vector<stored_statement> stored{};  ///< the statements, if they come from the ledger
    std::int32_t resume_after = 0;           ///< statements of a script without a transaction that are already done
    std::optional<repair_request> repair{};  ///< of the kind `repair`
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
    newer_database when_newer = newer_database::accept_compatible;
};

/// Decides without I/O. Pure: the same arguments give the same plan. Never throws for a disagreement between history
/// and ledger; that is what `problems` is for. Applies what is pending up to the target, each after what it depends on,
/// then runs the repeatable scripts of each history of which nothing stays pending; what is applied after the target
/// stays, with a note: reverting is `rollback`. With `newer_database::revert` the
/// snapshot must hold the downs that the ledger kept for what this program does not contain. A version is looked for in
/// all histories; it must be in exactly one, which is then the only one to be planned.
[[nodiscard]] plan make_plan(const histories&, const ledger_snapshot&, const plan_request& = {});

}  // namespace varve
