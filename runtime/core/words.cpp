// The words of the enumerations: the same in the database, in JSON and in messages.
#include <varve/error.hpp>
#include <varve/ledger.hpp>
#include <varve/observer.hpp>
#include <varve/plan.hpp>

#include <algorithm>

namespace varve {
namespace {

// The words of an enumeration in its order, with a space between them: a table of texts would have to be relocated when
// the program starts, and costs twice its size in the file.
struct word_list {
    std::string_view words;
};

constexpr word_list entry_kinds{"migration baseline skip repeatable seed schema event"};
constexpr word_list entry_states{"running applied reverting reverted superseded"};
constexpr word_list statement_states{"pending intended done failed"};
constexpr word_list step_kinds{"apply revert skip baseline renumber repair schema repeat seed forget"};
constexpr word_list repair_kinds{"statement_done statement_not_done not_applied accept"};
constexpr word_list problem_kinds{
    "edited edited_draft missing out_of_order irreversible half_done renumbered renamed incompatible dependency "
    "depended_on unknown_version already_applied mixed_batch ledger_too_new"};
constexpr word_list event_kinds{
    "waiting started statement_begun progressed statement_ended retried committed reverted failed"};
constexpr word_list error_codes{
    "statement_failed diverged lock_timeout in_doubt connection_failed transaction_open transaction_lost "
    "database_missing database_unusable read_only permission_denied ledger_too_new invalid_argument needs_session "
    "observer_failed cancelled pending is_protected backup_failed table_locked code_failed"};

std::string_view take_word(std::string_view& words) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    return word;
}

std::string_view word_at(std::size_t index, word_list list) noexcept {
    for (; index > 0; --index) take_word(list.words);
    return list.words.empty() ? "unknown" : take_word(list.words);
}

template <typename Enumeration>
std::string_view word_of(word_list list, Enumeration value) noexcept {
    return word_at(static_cast<std::size_t>(value), list);
}

std::optional<std::size_t> index_of(std::string_view word, word_list list) noexcept {
    for (std::size_t index = 0; !list.words.empty(); ++index) {
        if (take_word(list.words) == word) return index;
    }
    return std::nullopt;
}

template <typename Enumeration>
std::optional<Enumeration> value_of(word_list list, std::string_view word) noexcept {
    const auto index = index_of(word, list);
    return index ? std::optional(static_cast<Enumeration>(*index)) : std::nullopt;
}

}  // namespace

std::string_view to_string(entry_kind value) noexcept { return word_of(entry_kinds, value); }
std::string_view to_string(entry_state value) noexcept { return word_of(entry_states, value); }
std::string_view to_string(statement_state value) noexcept { return word_of(statement_states, value); }
std::string_view to_string(step_kind value) noexcept { return word_of(step_kinds, value); }
std::string_view to_string(repair_kind value) noexcept { return word_of(repair_kinds, value); }
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
