#include <sql/lexical_errors.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace varve::generator {
namespace {

std::string hexadecimal(char byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    return {'0', 'x', digits[value / 16], digits[value % 16]};
}

bool looks_like_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

finding explain_encoding(const lex_error& error, std::string_view text) {
    finding found{.offset = error.offset, .code = "M103", .message = {}, .hint = "save the file as UTF-8"};
    if (looks_like_utf16(text)) {
        found.message = "the file is UTF-16, a script must be UTF-8";
    } else if (error.kind == lex_error_kind::nul_byte) {
        found.message = "a NUL byte: this is no text, or it is UTF-16";
    } else {
        found.message = "the byte " + hexadecimal(text[error.offset]) + " is not UTF-8 here";
        found.hint += ", for example with `iconv -f latin1 -t utf-8`";
    }
    return found;
}

/// `\copy`; a command's name is letters, or one other character as in `\.` and `\!`.
std::string_view meta_command_at(std::string_view text, std::size_t offset) {
    std::size_t end = offset + 1;
    while (end < text.size() && is_name_byte(text[end])) ++end;
    if (end == offset + 1 && end < text.size() && text[end] > ' ' && text[end] < 0x7F) ++end;
    return text.substr(offset, end - offset);
}

struct advice {
    std::string_view command;
    std::string_view hint;
};

constexpr std::string_view include_hint = "put the file's SQL here, or make it a migration of its own";
constexpr std::string_view connect_hint = "a migration runs in the database that the program is connected to";
constexpr std::string_view copy_hint = "write INSERT statements, or COPY from a file that the server can read";
constexpr std::string_view variable_hint = "write the value itself: a migration is plain SQL, nothing is filled in";
constexpr std::string_view branch_hint = "write the condition in SQL (IF EXISTS, a DO block), or make two migrations";
constexpr std::string_view dump_hint = "remove the line: pg_dump writes it for psql only";

constexpr std::array advices{
    advice{R"(\i)", include_hint},       advice{R"(\ir)", include_hint},
    advice{R"(\include)", include_hint}, advice{R"(\include_relative)", include_hint},
    advice{R"(\copy)", copy_hint},       advice{R"(\.)", copy_hint},
    advice{R"(\c)", connect_hint},       advice{R"(\connect)", connect_hint},
    advice{R"(\set)", variable_hint},    advice{R"(\unset)", variable_hint},
    advice{R"(\gset)", variable_hint},   advice{R"(\if)", branch_hint},
    advice{R"(\elif)", branch_hint},     advice{R"(\else)", branch_hint},
    advice{R"(\endif)", branch_hint},    advice{R"(\restrict)", dump_hint},
    advice{R"(\unrestrict)", dump_hint},
};

finding explain_backslash(const lex_error& error, std::string_view text, engine_kind dialect) {
    finding found{.offset = error.offset, .code = "M104", .message = {}, .hint = {}};
    const std::string_view command = meta_command_at(text, error.offset);
    if (dialect == engine_kind::sqlite || command.size() < 2) {
        found.message = "a backslash outside quotes is not SQL";
        found.hint = "remove it, or put the text that it belongs to in quotes";
        return found;
    }
    const auto known =
        std::find_if(advices.begin(), advices.end(), [command](const advice& each) { return each.command == command; });
    found.message = '`' + std::string(command) + "` is a command of psql, not SQL";
    found.hint = known != advices.end() ? known->hint : "remove the line: the server does not know it";
    return found;
}

std::string_view opening_at(std::string_view text, const lex_error& error) {
    if (error.kind == lex_error_kind::unterminated_comment) return text.substr(error.offset, 2);
    if (error.kind != lex_error_kind::unterminated_dollar_quote) return text.substr(error.offset, 1);
    return text.substr(error.offset, text.find('$', error.offset + 1) + 1 - error.offset);
}

std::string_view name_of_unterminated(lex_error_kind kind) {
    if (kind == lex_error_kind::unterminated_comment) return "comment";
    if (kind == lex_error_kind::unterminated_identifier) return "quoted name";
    if (kind == lex_error_kind::unterminated_dollar_quote) return "dollar quote";
    return "string";
}

finding explain_unterminated(const lex_error& error, std::string_view text) {
    const std::string opening(opening_at(text, error));
    const std::string closing = opening == "/*" ? "*/" : opening == "[" ? "]" : opening;
    finding found{.offset = error.offset, .code = "M111", .message = {}, .hint = {}};
    found.message = "the " + std::string(name_of_unterminated(error.kind)) + " that begins here with `" + opening +
                    "` is not closed before the end of the file";
    found.hint = "close it with `" + closing + '`';
    if (opening == "'") found.hint += "; a quote inside a string is written twice: 'it''s'";
    if (opening == "/*") found.hint += "; PostgreSQL's comments nest: each `/*` inside needs its own `*/`";
    return found;
}

finding explain_dollar(const lex_error& error) {
    return {.offset = error.offset,
            .code = "M113",
            .message = "a `$` that begins neither a dollar quote ($$, $tag$) nor anything else that is SQL",
            .hint = "put the text that it belongs to in quotes; both ends of a dollar quote must be written alike"};
}

finding explain_variable(const lex_error& error, std::string_view text) {
    const std::string_view rest = text.substr(error.offset, text.find_first_of("}\n", error.offset) + 1 - error.offset);
    const bool shown = rest.ends_with('}') && rest.size() < 60;
    return {.offset = error.offset,
            .code = "M116",
            .message = (shown ? '`' + std::string(rest) + '`' : std::string("`${`")) +
                       " is not a variable of the form `${name}` that stands apart from numbers and quotes",
            .hint = "a name is a letter or `_`, then letters, digits and `_`; if it is text, put it in quotes"};
}

}  // namespace

finding explain(const lex_error& error, std::string_view text, engine_kind dialect) {
    switch (error.kind) {
        case lex_error_kind::nul_byte:
        case lex_error_kind::invalid_utf8:
            return explain_encoding(error, text);
        case lex_error_kind::lone_carriage_return:
            return {.offset = error.offset,
                    .code = "M112",
                    .message = "a carriage return without a linefeed: databases disagree whether it ends a line",
                    .hint = "save the file with LF or CRLF line ends"};
        case lex_error_kind::backslash:
            return explain_backslash(error, text, dialect);
        case lex_error_kind::lone_dollar:
            return explain_dollar(error);
        case lex_error_kind::malformed_variable:
            return explain_variable(error, text);
        case lex_error_kind::unterminated_quote:
        case lex_error_kind::unterminated_identifier:
        case lex_error_kind::unterminated_dollar_quote:
        case lex_error_kind::unterminated_comment:
            break;
    }
    return explain_unterminated(error, text);
}

}  // namespace varve::generator
