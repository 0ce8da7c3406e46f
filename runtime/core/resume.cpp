#include "resume.hpp"

#include <algorithm>

namespace varve::core {

namespace {

statement_effect effect_of(const stored_statement& of, std::span<const examined_statement> examined) {
    const auto found = std::find_if(examined.begin(), examined.end(), [&](const examined_statement& each) {
        return each.ledger_id == of.ledger_id && each.which == of.which && each.position == of.position;
    });
    return found == examined.end() ? statement_effect::unknown : found->effect;
}

const stored_statement* first_changed(std::span<const stored_statement* const> finished,
                                      std::span<const std::string> program) {
    for (std::size_t index = 0; index < finished.size(); ++index) {
        if (index >= program.size() || program[index] != finished[index]->checksum) return finished[index];
    }
    return nullptr;
}

}  // namespace

std::size_t count_done(std::span<const stored_statement* const> recorded) {
    const auto* const* first = recorded.data();
    const auto* const* last = first + recorded.size();
    const auto is_done = [](const stored_statement* each) { return each->state == statement_state::done; };
    return static_cast<std::size_t>(std::find_if_not(first, last, is_done) - first);
}

unfinished_script examine(std::span<const stored_statement* const> recorded, std::span<const std::string> program,
                          std::span<const examined_statement> examined) {
    unfinished_script result;
    result.total = recorded.size();
    if (recorded.empty()) return result;
    result.finished = count_done(recorded);
    if (const auto* changed = first_changed(recorded.first(result.finished), program)) {
        result.is = verdict::changed;
        result.statement = static_cast<std::size_t>(changed->position);
        result.at = changed;
        return result;
    }
    const bool begun =
        result.finished < recorded.size() && recorded[result.finished]->state == statement_state::intended;
    const auto effect = begun ? effect_of(*recorded[result.finished], examined) : statement_effect::none;
    if (effect == statement_effect::complete) ++result.finished;
    result.is = effect == statement_effect::unknown ? verdict::in_doubt : verdict::resumable;
    result.statement = result.finished + 1;
    if (result.finished < recorded.size()) result.at = recorded[result.finished];
    return result;
}

std::vector<const stored_statement*> statements_of(const ledger_snapshot& ledger, std::int64_t ledger_id,
                                                   direction which) {
    std::vector<const stored_statement*> result;
    for (const auto& each : ledger.statements) {
        if (each.ledger_id == ledger_id && each.which == which && each.position > 0) result.push_back(&each);
    }
    return result;
}

bool same_statements(std::span<const stored_statement* const> recorded, std::span<const std::string> program) {
    return std::equal(recorded.begin(), recorded.end(), program.begin(), program.end(),
                      [](const stored_statement* a, const std::string& b) { return a->checksum == b; });
}

}  // namespace varve::core
