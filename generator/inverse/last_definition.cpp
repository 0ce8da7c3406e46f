#include <inverse/last_definition.hpp>

#include <optional>
#include <utility>
#include <variant>

namespace varve::generator {
namespace {

/// The old name, if the statement gives something another one.
std::optional<std::string> renamed_in(const change& done) {
    if (const auto* renamed = std::get_if<rename>(&done)) {
        const bool is_value = renamed->kind == object_kind::enum_type && !renamed->part.empty();
        if (is_value) return std::nullopt;
        return renamed->part.empty() ? renamed->object.name : renamed->part;
    }
    if (const auto* moved = std::get_if<move_to_schema>(&done)) return moved->object.name;
    return std::nullopt;
}

bool alters(const past& history, const made_by& at, const object_name& object) {
    const statement_text text = history.text(at);
    const change& done = history.change_of(at);
    if (!text.tokens().word(0, "alter") || !names(text, object.name)) return false;
    if (const auto* altered = std::get_if<alter_table>(&done)) {
        for (const auto& each : altered->actions) {
            if (std::holds_alternative<set_trigger>(each.what) || std::holds_alternative<other_action>(each.what))
                return true;
        }
        return altered->table == object;
    }
    return !std::holds_alternative<rename>(done) && !std::holds_alternative<move_to_schema>(done);
}

/// Privileges, comments, indexes and triggers disappear with their object.
bool may_hang_on(const change& done, const object_name& object) {
    if (std::holds_alternative<change_privileges>(done) || std::holds_alternative<comment_on>(done)) return true;
    if (const auto* index = std::get_if<create_index>(&done)) return index->table == object;
    const auto* made = std::get_if<create_object>(&done);
    return made != nullptr && made->of == object;
}

}  // namespace

last_definition find_last_definition(const undone_statement& statement, const wanted_definition& wanted) {
    const past& history = statement.history;
    const object_name& object = wanted.object;
    last_definition found;
    history.each_between(wanted.origin, statement.at, [&](const made_by& at) {
        const change& done = history.change_of(at);
        if (const auto old = renamed_in(done); old && names(wanted.text, *old)) {
            found.why_not = history.place(at) + " gave " + *old + ", which its text in " +
                            history.place(wanted.origin) + " names, another name or schema";
        } else if (alters(history, at, object)) {
            found.why_not = history.place(at) + " changed it after " + history.place(wanted.origin) + " made it";
        }
        const auto* comment = std::get_if<comment_on>(&done);
        const statement_text later = history.text(at);
        if (comment != nullptr && comment->kind == wanted.kind && comment->object == object) {
            if (found.comments.empty()) found.comments.push_back(later.text(0, later.size()));
        } else if (may_hang_on(done, object) && names(later, object.name)) {
            found.checks.push_back(history.place(at) + " is about it too: " + shown_statement(later));
        }
        return !found.why_not.empty();
    });
    return found;
}

void run_again(const last_definition& definition, std::string sql, undo_steps& steps) {
    for (const std::string& each : definition.checks) steps.mark(inverse_line_kind::check, each);
    steps.run(std::move(sql));
    for (const std::string& each : definition.comments) steps.run(each);
}

std::string with_words_behind(const statement_text& text, std::size_t index, std::string_view words) {
    const std::string whole = text.text(0, text.size());
    const std::size_t end = text.tokens()[index].end() - text.offset();
    return whole.substr(0, end).append(" ").append(words).append(whole.substr(end));
}

std::string without_token(const statement_text& text, std::size_t index) {
    const std::string whole = text.text(0, text.size());
    return whole.substr(0, text.offset_of(index) - text.offset())
        .append(whole.substr(text.offset_of(index + 1) - text.offset()));
}

}  // namespace varve::generator
