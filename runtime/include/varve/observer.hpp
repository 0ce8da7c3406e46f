#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace varve {

/// In the order in which they happen, on both engines: waiting*, then for each step started, (statement_begun,
/// progressed*, statement_ended)*, then for each step committed or reverted, or failed for the one that failed.
/// A batch (SQLite's default) commits its steps together, so their `committed` events come after all statements.
/// PostgreSQL performs a transactional migration in one round trip: its statement events are reported when it returns.
/// Meanwhile it may have progressed: then these events come before those of the statements. They name the step, unless
/// several steps are in the string, and the statement, if the script has only one.
enum class event_kind : std::uint8_t {
    waiting,  ///< somebody else holds the lock; `message` says who, as far as known
    started,
    statement_begun,
    progressed,  ///< the database said how far it is with a statement that takes long; never without being asked to
    statement_ended,
    retried,    ///< the step is tried again; `message` says why
    committed,  ///< applied, skipped, baselined, renumbered, repeated or seeded, and durable
    reverted,   ///< rolled back, and durable
    failed      ///< nothing of this step was kept, except of a script without a transaction
};
[[nodiscard]] std::string_view to_string(event_kind) noexcept;

/// Views are valid during the call only.
struct event {
    event_kind kind = event_kind::started;
    std::string_view history{};
    std::int64_t version = 0;  ///< 0: a repeatable script or a seed
    std::string_view name{};
    std::string_view action{};  ///< the step's word: apply, revert, skip, baseline, renumber, repair, repeat, ..
    std::string_view file{};    ///< `migrations/0007_add_email.sql`, if a script is run
    std::uint32_t line = 0;
    std::string_view sql{};     ///< the statement, in statement events
    std::size_t statement = 0;  ///< 1-based
    std::size_t statement_count = 0;
    std::chrono::milliseconds took{0};
    std::string_view message{};
    std::string_view phase{};     ///< of `progressed`, in the database's words: `building index: scanning table`
    std::string_view relation{};  ///< the table it works on, if known
    std::string_view unit{};      ///< what `done` and `total` count: `blocks`, `tuples`, `bytes`
    std::int64_t done = 0;
    std::int64_t total = 0;  ///< 0: not known
};

/// Told what happens while it happens, on the thread that called `migrate`. If it throws, the exception leaves
/// `migrate` after everything not yet committed was rolled back and the lock was released; nothing is corrupted.
class observer {
public:
    virtual ~observer() = default;
    virtual void on_event(const event&) = 0;
};

}  // namespace varve
