#include <inverse/partition_bound.hpp>

#include <variant>

namespace varve::generator {
namespace {

/// `CREATE TABLE p PARTITION OF t [(..)] FOR VALUES .. [PARTITION BY ..]`
std::string bound_in(const statement_text& text) {
    const token_reader& tokens = text.tokens();
    std::size_t at = 0;
    while (at < text.size() && !tokens.words(at, {"partition", "of"})) ++at;
    at += 2;
    static_cast<void>(text.qualified_name(at));
    if (tokens.symbol(at, "(")) at = text.behind_parentheses(at);
    if (tokens.word(at, "default")) return "DEFAULT";
    std::size_t end = at;
    while (end < text.size() && !tokens.symbol(end, "(")) ++end;
    end = text.behind_parentheses(end);
    if (tokens.word(end, "to")) end = text.behind_parentheses(end + 1);
    return text.text(at, end);
}

std::string bound_said_by(const past& history, const made_by& at, const object_name& partition) {
    const change& done = history.change_of(at);
    if (const auto* made = std::get_if<create_table>(&done)) {
        const bool is_it = made->table == partition && !made->partition_of.name.empty();
        return is_it ? bound_in(history.text(at)) : std::string();
    }
    const auto* altered = std::get_if<alter_table>(&done);
    if (altered == nullptr) return {};
    for (const auto& each : altered->actions) {
        const auto* attached = std::get_if<attach_partition>(&each.what);
        if (attached != nullptr && attached->partition == partition) return attached->bound_text;
    }
    return {};
}

}  // namespace

std::string partition_bound(const undone_statement& statement, const object_name& partition) {
    const auto said = statement.history.newest_before(
        statement.at, [&](const made_by& at) { return !bound_said_by(statement.history, at, partition).empty(); });
    return said ? bound_said_by(statement.history, *said, partition) : std::string();
}

}  // namespace varve::generator
