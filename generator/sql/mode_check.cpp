#include <sql/mode_check.hpp>

#include <sql/inside_transaction.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace varve::generator {
namespace {

using verdicts = std::span<const std::optional<outside_transaction>>;

enum class share : std::uint8_t { some, all };

std::string hint_for(const script_mode& script, share outside) {
    if (script.standing == script_standing::released) return "how a released migration runs cannot be changed";
    if (outside == share::some) {
        return "move it to a migration of its own; varve then runs it without one\n"
               "or write `-- varve: no-transaction` at the top: each statement is then committed on its own";
    }
    if (script.wrapper == script_wrapper::begin_and_commit) {
        return "remove BEGIN and COMMIT; varve then runs it without a transaction";
    }
    return "remove `-- varve: transaction`; varve then runs it without one";
}

severity level_of(const script_mode& script) {
    return script.standing == script_standing::released ? severity::warning : severity::error;
}

void report_outside(std::span<const token_reader> statements, verdicts outside, const script_mode& script,
                    share how_many, script_findings& found) {
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (!outside[i]) continue;
        found.report({.offset = statements[i][0].offset,
                      .code = "M106",
                      .message = outside[i]->what + ' ' + outside[i]->why,
                      .hint = hint_for(script, how_many),
                      .level = level_of(script)});
    }
}

void report_inside(std::span<const token_reader> statements, const script_mode& script, script_findings& found) {
    if (script.dialect != engine_kind::postgresql) return;
    for (const token_reader& each : statements) {
        const auto why = why_inside_transaction(each);
        if (!why) continue;
        found.report({.offset = each[0].offset,
                      .code = "M120",
                      .message = why->what + ' ' + why->why + ", and this script runs without one",
                      .hint = "move it, with the statements it is for, to a migration of its own that runs in one",
                      .level = level_of(script)});
    }
}

}  // namespace

bool check_mode(std::span<const token_reader> statements, verdicts outside, const script_mode& script,
                script_findings& found) {
    const auto count = static_cast<std::size_t>(
        std::count_if(outside.begin(), outside.end(), [](const auto& each) { return each.has_value(); }));
    const bool all = count > 0 && count == statements.size();
    if (script.asked == transaction_mode::no_transaction) {
        report_inside(statements, script, found);
        return all;
    }
    const bool contradicts =
        script.wrapper == script_wrapper::begin_and_commit || script.asked == transaction_mode::transaction;
    if (count > 0 && (!all || contradicts)) {
        report_outside(statements, outside, script, all ? share::all : share::some, found);
    }
    return all;
}

}  // namespace varve::generator
