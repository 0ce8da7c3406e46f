#include <inverse/past.hpp>

#include <schema/script_changes.hpp>

#include <span>

namespace varve::generator {

past::past(const history_source& history, std::size_t last_migration) : history_(history) {
    changes_.reserve(last_migration + 1);
    for (std::size_t i = 0; i <= last_migration; ++i) {
        changes_.push_back(changes_of(history.migrations[i].up, history.engine));
    }
}

statement_text past::text(const made_by& at) const {
    const script_source& script = history_.migrations[at.migration].up;
    const sql_statement& range = script.script.statements[at.statement].tokens;
    const std::span<const token> all = script.tokens.tokens;
    return {script.file.text(), all.subspan(range.first_token, range.token_count), history_.engine};
}

std::string past::place(const made_by& at) const {
    const script_source& script = history_.migrations[at.migration].up;
    const auto line = script.file.position_of(changes_[at.migration][at.statement].offset).line;
    return script.file_name + ":" + std::to_string(line);
}

void past::each_between(const made_by& after, const made_by& before,
                        const std::function<bool(const made_by&)>& stop) const {
    made_by at = before;
    while (true) {
        if (at.statement == 0) {
            if (at.migration <= after.migration) return;
            --at.migration;
            at.statement = changes_[at.migration].size();
            continue;
        }
        --at.statement;
        if (at.migration == after.migration && at.statement <= after.statement) return;
        if (stop(at)) return;
    }
}

std::optional<made_by> past::newest_before(const made_by& now,
                                           const std::function<bool(const made_by&)>& is_wanted) const {
    made_by at = now;
    while (at.migration > 0 || at.statement > 0) {
        if (at.statement == 0) {
            --at.migration;
            at.statement = changes_[at.migration].size();
            continue;
        }
        --at.statement;
        if (is_wanted(at)) return at;
    }
    return std::nullopt;
}

bool names(const statement_text& statement, std::string_view name) {
    for (std::size_t i = 0; i < statement.size(); ++i) {
        if (statement.is_name(i) && statement.name(i) == name) return true;
    }
    return false;
}

std::string shown_statement(const statement_text& statement) {
    constexpr std::size_t longest = 60;
    std::string shown;
    for (std::size_t i = 0; i < statement.size(); ++i) {
        const token_reader& tokens = statement.tokens();
        if (i > 0 && !tokens.touches_next(i - 1)) shown += ' ';
        if (shown.size() + tokens.text(i).size() > longest) return shown + "..";
        shown += tokens.text(i);
    }
    return shown;
}

}  // namespace varve::generator
