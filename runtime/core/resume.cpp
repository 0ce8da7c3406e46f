#include "resume.hpp"

#include <algorithm>

namespace varve::core {

unfinished_script examine(std::span<const stored_statement* const> recorded, std::span<const std::string> program) {
    unfinished_script result;
    result.total = recorded.size();
    if (recorded.empty()) return result;
    while (result.finished < recorded.size() && recorded[result.finished]->state == statement_state::done) {
        ++result.finished;
    }
    for (std::size_t index = 0; index < result.finished; ++index) {
        if (index < program.size() && program[index] == recorded[index]->checksum) continue;
        result.is = verdict::changed;
        result.statement = index + 1;
        result.sql = recorded[index]->sql;
        return result;
    }
    result.statement = result.finished + 1;
    result.is = verdict::resumable;
    if (result.finished == recorded.size()) return result;
    result.sql = recorded[result.finished]->sql;
    if (recorded[result.finished]->state == statement_state::intended) result.is = verdict::in_doubt;
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
