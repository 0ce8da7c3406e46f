#include <sql/statement_checks.hpp>

#include <sql/character.hpp>
#include <sql/statement.hpp>

#include <optional>
#include <string>
#include <utility>

namespace varve::generator {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

finding no_sql(std::size_t offset, char byte) {
    finding found{.offset = offset, .code = "M113", .message = {}, .hint = "remove it"};
    if (is_control(byte)) {
        found.message = "a control character (" + std::to_string(static_cast<unsigned char>(byte)) + ") is not SQL";
        return found;
    }
    found.message = std::string("`") + byte + "` is not SQL outside quotes";
    found.hint += "; if a template should be filled in here: a migration is plain SQL, nothing is filled in";
    return found;
}

finding bound_parameter(std::size_t offset, const std::string& name) {
    return {.offset = offset,
            .code = "M114",
            .message = '`' + name + "` is a bound parameter, and nobody binds a value to it",
            .hint = "write the value itself; if it is text, put it in quotes"};
}

bool is_no_sql(const token& cut, std::string_view text, engine_kind dialect) {
    if (cut.kind != token_kind::punctuation) return false;
    const char c = text.front();
    return c == '{' || c == '}' || is_control(c) || (c == ']' && dialect == engine_kind::sqlite);
}

/// SQLite has no operator with one of `?:@#`: it is a parameter, or an error.
std::optional<finding> check_sqlite_operator(const token_reader& tokens, std::size_t index) {
    const std::string_view text = tokens.text(index);
    const std::size_t at = text.find_first_of("?:@#");
    if (at == std::string_view::npos) return std::nullopt;
    const std::size_t offset = tokens[index].offset + at;
    const bool named =
        at + 1 == text.size() && tokens.touches_next(index) && is_word_byte(tokens.text(index + 1).front());
    if (text[at] != '?' && !named) return no_sql(offset, text[at]);
    return bound_parameter(offset, text[at] + (named ? std::string(tokens.text(index + 1)) : std::string()));
}

std::optional<finding> check_token(const token_reader& tokens, std::size_t index, engine_kind dialect) {
    const token& cut = tokens[index];
    if (cut.kind == token_kind::parameter) {
        if (cut.size == 1) return no_sql(cut.offset, '$');
        return bound_parameter(cut.offset, std::string(tokens.text(index)));
    }
    if (is_no_sql(cut, tokens.text(index), dialect)) return no_sql(cut.offset, tokens.text(index).front());
    if (cut.kind == token_kind::operator_sign && dialect == engine_kind::sqlite)
        return check_sqlite_operator(tokens, index);
    return std::nullopt;
}

/// The arguments of a routine and of a prepared statement are written `$1` too.
bool may_name_arguments(const token_reader& tokens, engine_kind dialect) {
    return dialect == engine_kind::postgresql && (creates_routine(tokens, 0) || tokens.word(0, "prepare"));
}

void check_tokens(const token_reader& tokens, engine_kind dialect, std::vector<finding>& found) {
    const bool arguments = may_name_arguments(tokens, dialect);
    bool no_sql_reported = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (arguments && tokens[i].kind == token_kind::parameter) continue;
        auto wrong = check_token(tokens, i, dialect);
        if (!wrong) continue;
        // `{{ name }}` is one mistake, not four.
        if (wrong->code == "M113" && std::exchange(no_sql_reported, true)) continue;
        found.push_back(*std::move(wrong));
    }
}

/// Index of STDIN or STDOUT behind the direction's word; the server takes either for both.
std::optional<std::size_t> client_side(const token_reader& tokens, std::string_view direction) {
    if (!tokens.word(0, "copy")) return std::nullopt;
    std::size_t parentheses = 0;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens.symbol(i, "(")) ++parentheses;
        if (tokens.symbol(i, ")") && parentheses > 0) --parentheses;
        if (parentheses > 0 || !tokens.word(i, direction)) continue;
        if (tokens.any_word(i + 1, {"stdin", "stdout"})) return i + 1;
    }
    return std::nullopt;
}

void check_copy(const token_reader& tokens, std::vector<finding>& found) {
    if (const auto from = client_side(tokens, "from")) {
        found.push_back({.offset = tokens[*from].offset,
                         .code = "M115",
                         .message = "COPY .. FROM STDIN reads from a client: a migration has nothing to send",
                         .hint = "write INSERT statements (pg_dump --inserts), or COPY from a file that the server can "
                                 "read"});
    } else if (const auto to = client_side(tokens, "to")) {
        found.push_back({.offset = tokens[*to].offset,
                         .code = "M115",
                         .message = "COPY .. TO STDOUT writes to a client: nobody reads it in a migration",
                         .hint = "remove it, or COPY to a file of the server"});
    }
}

bool is_off(const std::string& value) {
    return value == "off" || value == "of" || value == "0" || value == "no" || value == "n" ||
           (!value.empty() && std::string_view("false").starts_with(value));
}

/// The name of the setting, perhaps in quotes; its size is compared first because most tokens differ in that.
bool names_string_syntax(const token_reader& tokens, std::size_t index) {
    constexpr std::string_view setting = "standard_conforming_strings";
    const std::size_t size = tokens[index].size;
    return (size == setting.size() || size == setting.size() + 2) && tokens.plain(index) == setting;
}

/// Index of the value that a SET or set_config() gives to standard_conforming_strings.
std::optional<std::size_t> new_string_syntax(const token_reader& tokens) {
    for (std::size_t i = 1; i + 2 < tokens.size(); ++i) {
        if (!names_string_syntax(tokens, i)) continue;
        const bool set = tokens.any_word(i - 1, {"set", "session", "local"});
        if (set && (tokens.symbol(i + 1, "=") || tokens.word(i + 1, "to"))) return i + 2;
        const bool call = tokens.symbol(i - 1, "(") && tokens.symbol(i + 1, ",");
        if (call && i > 1 && tokens.plain(i - 2) == "set_config") return i + 2;
    }
    return std::nullopt;
}

void check_string_syntax(const token_reader& tokens, std::vector<finding>& found) {
    if (creates_routine(tokens, 0)) return;
    const auto value = new_string_syntax(tokens);
    if (!value || !is_off(tokens.plain(*value))) return;
    found.push_back({.offset = tokens[*value - 2].offset,
                     .code = "M118",
                     .message = "with standard_conforming_strings off, 'a\\' means something else than varve reads",
                     .hint = "remove it; write a string with escapes as E'a\\n'"});
}

/// `.read x`: what follows up to the next `;` belongs to it, and is not looked at.
std::optional<finding> check_shell_command(const token_reader& tokens) {
    if (!tokens.symbol(0, ".") || !tokens.touches_next(0) || tokens[1].kind != token_kind::word) return std::nullopt;
    return finding{.offset = tokens[0].offset,
                   .code = "M104",
                   .message = "`." + std::string(tokens.text(1)) + "` is a command of the sqlite3 shell, not SQL",
                   .hint = "remove the line: only the shell knows it"};
}

}  // namespace

std::vector<finding> check_statement(const token_reader& tokens, engine_kind dialect) {
    std::vector<finding> found;
    if (dialect == engine_kind::sqlite) {
        if (auto command = check_shell_command(tokens)) return {*std::move(command)};
    } else {
        check_copy(tokens, found);
        check_string_syntax(tokens, found);
    }
    check_tokens(tokens, dialect, found);
    return found;
}

bool reads_from_client(const token_reader& tokens, engine_kind dialect) {
    return dialect == engine_kind::postgresql && client_side(tokens, "from").has_value();
}

}  // namespace varve::generator
