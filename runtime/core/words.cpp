// The words of the enumerations: the same in the database, in JSON and in messages.
#include <varve/error.hpp>
#include <varve/ledger.hpp>
#include <varve/observer.hpp>
#include <varve/plan.hpp>

#include <algorithm>
#include <array>

namespace varve {
namespace {

using namespace std::string_view_literals;

constexpr std::array entry_kinds{"migration"sv, "baseline"sv, "skip"sv, "repeatable"sv,
                                 "seed"sv,      "schema"sv,   "event"sv};
constexpr std::array entry_states{"running"sv, "applied"sv, "reverting"sv, "reverted"sv, "superseded"sv};
constexpr std::array statement_states{"pending"sv, "intended"sv, "done"sv, "failed"sv};
constexpr std::array step_kinds{"apply"sv, "revert"sv, "skip"sv, "baseline"sv, "renumber"sv};
constexpr std::array problem_kinds{"edited"sv,          "edited_draft"sv, "missing"sv,       "out_of_order"sv,
                                   "irreversible"sv,    "half_done"sv,    "renumbered"sv,    "renamed"sv,
                                   "incompatible"sv,    "dependency"sv,   "depended_on"sv,   "unknown_version"sv,
                                   "already_applied"sv, "mixed_batch"sv,  "ledger_too_new"sv};
constexpr std::array event_kinds{"waiting"sv, "started"sv,   "statement_begun"sv, "statement_ended"sv,
                                 "retried"sv, "committed"sv, "reverted"sv,        "failed"sv};
constexpr std::array error_codes{
    "statement_failed"sv,  "diverged"sv,         "lock_timeout"sv,      "in_doubt"sv,
    "connection_failed"sv, "transaction_open"sv, "transaction_lost"sv,  "database_missing"sv,
    "database_unusable"sv, "read_only"sv,        "permission_denied"sv, "ledger_too_new"sv,
    "invalid_argument"sv,  "needs_session"sv,    "observer_failed"sv,   "cancelled"sv};

template <typename Words, typename Enumeration>
std::string_view word_of(const Words& words, Enumeration value) noexcept {
    const auto index = static_cast<std::size_t>(value);
    return index < words.size() ? words[index] : "unknown"sv;
}

template <typename Enumeration, typename Words>
std::optional<Enumeration> value_of(const Words& words, std::string_view word) noexcept {
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enumeration>(found - words.begin());
}

}  // namespace

std::string_view to_string(entry_kind value) noexcept { return word_of(entry_kinds, value); }
std::string_view to_string(entry_state value) noexcept { return word_of(entry_states, value); }
std::string_view to_string(statement_state value) noexcept { return word_of(statement_states, value); }
std::string_view to_string(step_kind value) noexcept { return word_of(step_kinds, value); }
std::string_view to_string(problem_kind value) noexcept { return word_of(problem_kinds, value); }
std::string_view to_string(event_kind value) noexcept { return word_of(event_kinds, value); }
std::string_view to_string(error_code value) noexcept { return word_of(error_codes, value); }

std::optional<entry_kind> entry_kind_from(std::string_view word) noexcept {
    return value_of<entry_kind>(entry_kinds, word);
}
std::optional<entry_state> entry_state_from(std::string_view word) noexcept {
    return value_of<entry_state>(entry_states, word);
}
std::optional<statement_state> statement_state_from(std::string_view word) noexcept {
    return value_of<statement_state>(statement_states, word);
}

}  // namespace varve
