#include <lint/allows.hpp>

#include <source/wording.hpp>
#include <sql/grammar_findings.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace varve::generator {
namespace {

/// The statement that a comment is about: the one it stands in, or on whose last line it stands, or the next.
std::size_t statement_at(const script_source& script, std::size_t offset) {
    const auto& statements = script.script.statements;
    const auto next = std::ranges::upper_bound(statements, offset, {}, &classified_statement::offset);
    const auto index = static_cast<std::size_t>(next - statements.begin());
    if (index == 0) return index;
    const std::size_t end = statements[index - 1].offset + statements[index - 1].size;
    const bool belongs_to_the_last =
        offset < end || script.file.text().substr(end, offset - end).find('\n') == std::string_view::npos;
    return belongs_to_the_last ? index - 1 : index;
}

diagnostic unknown_code(const allowed_finding& said) {
    const std::string_view meant = nearest_code(said.code);
    return {severity::error,
            "M017",
            said.where,
            "lint has no rule " + in_ticks(said.code),
            meant.empty() ? "docs/lint.md lists the rules" : "did you mean " + std::string(meant) + "?",
            {}};
}

diagnostic not_needed(const allowed_finding& said) {
    const bool whole_file = said.scope == allow_scope::file;
    return {severity::warning,
            "M018",
            said.where,
            "nothing " + std::string(whole_file ? "in this script" : "in this statement") + " needs `allow " +
                said.code + "`",
            "delete it: the next finding that it hides would be one that nobody thought about",
            {}};
}

}  // namespace

allows::allows(const script_source& script) {
    for (const allowed_finding& each : script.directives.allowed) {
        directives_.push_back({&each, std::nullopt, false});
        if (each.scope == allow_scope::statement) directives_.back().statement = statement_at(script, each.offset);
    }
    // The narrower one is asked first, so that a directive for the file is only needed by the other statements.
    std::stable_partition(directives_.begin(), directives_.end(),
                          [](const directive& each) { return each.statement.has_value(); });
}

bool allows::accept(std::string_view code, std::size_t statement) {
    const auto holds = [&](const directive& each) {
        return each.said->code == code && (!each.statement || *each.statement == statement);
    };
    const auto found = std::ranges::find_if(directives_, holds);
    if (found == directives_.end()) return false;
    found->needed = true;
    return true;
}

void allows::report(std::span<const active_rule> active, diagnostics& found) const {
    for (const directive& each : directives_) {
        const std::string& code = each.said->code;
        if (is_grammar_code(code)) {
            if (!each.said->used && postgresql_parser_version()) found.report(not_needed(*each.said));
            continue;
        }
        if (find_rule(code) == nullptr) {
            found.report(unknown_code(*each.said));
            continue;
        }
        const auto same = [&](const active_rule& other) { return other.checked->code == code; };
        if (!each.needed && std::ranges::any_of(active, same)) found.report(not_needed(*each.said));
    }
}

}  // namespace varve::generator
