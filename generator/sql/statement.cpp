#include <sql/statement.hpp>

#include <sql/token_reader.hpp>

namespace varve::generator {
namespace {

/// `AS end` and `t.end` name a column: behind these two PostgreSQL takes any word for a name.
bool is_a_name(const token_reader& tokens, std::size_t index) {
    return index > 0 && (tokens.word(index - 1, "as") || tokens.symbol(index - 1, "."));
}

/// How many END are still to come after this token of a routine.
std::size_t depth_after(const token_reader& tokens, std::size_t index, std::size_t depth) {
    if (depth == 0) return tokens.word(index, "begin") && tokens.word(index + 1, "atomic") ? 1 : 0;
    if (is_a_name(tokens, index)) return depth;
    if (tokens.word(index, "case")) return depth + 1;
    return tokens.word(index, "end") ? depth - 1 : depth;
}

/// Index of the `;` that ends the statement, or of the end.
std::size_t end_of_postgresql_statement(const token_reader& tokens, std::size_t first) {
    const bool is_routine = creates_routine(tokens, first);
    std::size_t parentheses = 0;
    std::size_t bodies = 0;
    for (std::size_t i = first; i < tokens.size(); ++i) {
        if (tokens.symbol(i, "(")) {
            ++parentheses;
        } else if (tokens.symbol(i, ")")) {
            if (parentheses > 0) --parentheses;
        } else if (parentheses == 0) {
            if (bodies == 0 && tokens.symbol(i, ";")) return i;
            if (is_routine) bodies = depth_after(tokens, i, bodies);
        }
    }
    return tokens.size();
}

bool creates_trigger(const token_reader& tokens, std::size_t first) {
    if (!tokens.word(first, "create")) return false;
    const bool temporary = tokens.word(first + 1, "temp") || tokens.word(first + 1, "temporary");
    return tokens.word(temporary ? first + 2 : first + 1, "trigger");
}

/// A trigger ends with `; END` and a `;` or the end of the file, as for the sqlite3 shell: no column named `end` and no
/// CASE .. END stands like this.
bool ends_trigger(const token_reader& tokens, std::size_t semicolon) {
    return tokens.word(semicolon - 1, "end") && tokens.symbol(semicolon - 2, ";");
}

std::size_t end_of_sqlite_statement(const token_reader& tokens, std::size_t first) {
    const bool is_trigger = creates_trigger(tokens, first);
    bool in_body = false;
    for (std::size_t i = first; i < tokens.size(); ++i) {
        in_body |= is_trigger && tokens.word(i, "begin");
        if (tokens.symbol(i, ";") && (!in_body || ends_trigger(tokens, i))) return i;
    }
    return tokens.size();
}

}  // namespace

bool creates_routine(const token_reader& tokens, std::size_t first) {
    if (!tokens.word(first, "create")) return false;
    const std::size_t kind = tokens.word(first + 1, "or") ? first + 3 : first + 1;
    return tokens.any_word(kind, {"function", "procedure"});
}

std::vector<sql_statement> cut(std::string_view text, std::span<const token> tokens, engine_kind dialect) {
    const token_reader reader(text, tokens);
    std::vector<sql_statement> statements;
    for (std::size_t first = 0; first < tokens.size();) {
        const std::size_t end = dialect == engine_kind::postgresql ? end_of_postgresql_statement(reader, first)
                                                                   : end_of_sqlite_statement(reader, first);
        if (end > first) statements.push_back({.first_token = first, .token_count = end - first});
        first = end + 1;
    }
    return statements;
}

}  // namespace varve::generator
