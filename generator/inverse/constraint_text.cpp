#include <inverse/constraint_text.hpp>

#include <inverse/last_definition.hpp>

#include <algorithm>
#include <span>

namespace varve::generator {
namespace {

/// Rewrites the text of a definition: it may have been said at a column, where the columns go without saying.
class definition_rewriting {
public:
    definition_rewriting(const undone_statement& statement, const constraint_definition& said)
        : statement_(statement),
          said_(said),
          tokens_(lex(said.text, statement.history.engine()).tokens),
          text_(said.text, tokens_, statement.history.engine()) {}

    [[nodiscard]] const statement_text& text() const { return text_; }

    std::string run() {
        if (said_.kind == constraint_kind::foreign_key && text_.tokens().word(0, "references")) {
            return "FOREIGN KEY " + columns() + " " + rest(0);
        }
        if (said_.kind == constraint_kind::primary_key) return key("PRIMARY KEY", 2);
        if (said_.kind == constraint_kind::unique) {
            const token_reader& tokens = text_.tokens();
            if (tokens.words(1, {"nulls", "not", "distinct"})) return key("UNIQUE NULLS NOT DISTINCT", 4);
            return key("UNIQUE", tokens.words(1, {"nulls", "distinct"}) ? 3 : 1);
        }
        return rest(0);
    }

private:
    [[nodiscard]] std::string columns() const {
        std::string list = "(";
        for (const std::string& each : said_.columns) list += (list.size() == 1 ? "" : ", ") + statement_.quoted(each);
        return list + ")";
    }

    /// What is behind the words that say the kind: a list of columns, an index, or nothing.
    [[nodiscard]] std::string key(const std::string& words, std::size_t behind) const {
        if (text_.tokens().symbol(behind, "(")) return words + " " + rest(behind);
        if (text_.tokens().words(behind, {"using", "index"})) behind += 3;
        const std::string more = rest(behind);
        return words + " " + columns() + (more.empty() ? "" : " " + more);
    }

    /// NOT VALID is only true of it until somebody validates it.
    [[nodiscard]] std::string rest(std::size_t begin) const {
        std::size_t end = text_.size();
        if (!said_.not_valid && end >= 2 && text_.tokens().words(end - 2, {"not", "valid"})) end -= 2;
        return text_.text(begin, end);
    }

    const undone_statement& statement_;
    const constraint_definition& said_;
    std::vector<token> tokens_;
    statement_text text_;
};

}  // namespace

constraint_text constraint_text_of(const undone_statement& statement, const known_constraint& known) {
    const constraint_definition& said = known.definition;
    if (said.text.empty()) return {{}, "its definition cannot be cut out of " + statement.history.place(known.origin)};
    definition_rewriting rewriting(statement, said);
    const object_name name{{}, said.name};
    const last_definition found =
        find_last_definition(statement, {known.origin, object_kind::constraint, name, rewriting.text()});
    if (!found.why_not.empty()) return {{}, found.why_not};
    return {rewriting.run(), {}};
}

}  // namespace varve::generator
