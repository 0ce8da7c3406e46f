// The only file that names libpg_query: everything in which its versions 15, 17 and 18 differ is here. Only what is
// safe in all of them is called: `normalize` writes out of bounds and `deparse` crashes in packaged versions.
#include <sql/libpg_query.hpp>

#include <pg_query.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::size_t longest_message = 160;

// Before 17 the compiler of PL/pgSQL refuses 6% of good bodies, for reasons other than these two.
constexpr bool doubts_are_worth_telling = PG_VERSION_NUM >= 170000;

template <typename Result, void (*release)(Result)>
struct held {
    Result result;
    explicit held(Result made) : result(made) {}
    held(const held&) = delete;
    held& operator=(const held&) = delete;
    ~held() { release(result); }
};
using held_tree = held<PgQueryParseResult, pg_query_free_parse_result>;
using held_body = held<PgQueryPlpgsqlParseResult, pg_query_free_plpgsql_parse_result>;

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Some messages quote the rest of the text.
std::string first_line(std::string message) {
    if (const std::size_t end = message.find_first_of("\r\n"); end != std::string::npos) {
        message.resize(end);
        message += "...\"";
    }
    if (message.size() > longest_message) {
        std::size_t end = longest_message;
        while (end > 0 && continues_code_point(message[end])) --end;
        message.resize(end);
        message += "...";
    }
    return message;
}

// libpg_query counts code points from 1; 0 stands for nowhere.
std::size_t byte_offset(std::string_view text, int cursor) {
    std::size_t offset = 0;
    for (int left = cursor - 1; left > 0 && offset < text.size(); --left) {
        ++offset;
        while (offset < text.size() && continues_code_point(text[offset])) ++offset;
    }
    return offset;
}

syntax_failure failure_of(const PgQueryError& error, std::string_view text) {
    const bool exact = error.cursorpos > 0;
    return {
        .message = first_line(error.message), .offset = exact ? byte_offset(text, error.cursorpos) : 0, .exact = exact};
}

/// Where the JSON object that begins at `begin` ends; npos if it is nested too deeply or does not end.
std::size_t end_of_object(std::string_view json, std::size_t begin) {
    std::size_t depth = 0;
    for (std::size_t at = begin; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '"') {
            for (++at; at < json.size() && json[at] != '"'; ++at) {
                if (json[at] == '\\') ++at;
            }
        } else if (c == '{' || c == '[') {
            if (++depth > deepest_tree) return std::string_view::npos;
        } else if (c == '}' || c == ']') {
            if (--depth == 0) return at + 1;
        }
    }
    return std::string_view::npos;
}

/// The statement in `{"version":150001,"stmts":[{"stmt":{..},"stmt_len":8}]}`; empty unless there is exactly one.
std::string only_statement(std::string_view json) {
    constexpr std::string_view before = R"("stmts":[{"stmt":)";
    const std::size_t found = json.find(before);
    if (found == std::string_view::npos) return {};
    const std::size_t begin = found + before.size();
    const std::size_t end = end_of_object(json, begin);
    if (end == std::string_view::npos || json.find(R"({"stmt":)", end) != std::string_view::npos) return {};
    return std::string(json.substr(begin, end - begin));
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Versions before 18 abort for a body that is not there. A text in the tree cannot look like this: it escapes quotes.
bool has_plpgsql_body(std::string_view tree) {
    const bool routine = tree.starts_with(R"({"CreateFunctionStmt")");
    const bool block = tree.starts_with(R"({"DoStmt")");
    if (!routine && !block) return false;
    if (!contains(tree, R"("defname":"as")")) return false;
    constexpr std::string_view language = R"("defname":"language")";
    if (block && !contains(tree, language)) return true;
    return contains(tree, R"("defname":"language","arg":{"String":{"sval":"plpgsql"}})");
}

std::uint32_t line_in(const char* context) {
    constexpr std::string_view before = "near line ";
    const std::string_view text = context == nullptr ? std::string_view() : std::string_view(context);
    const std::size_t found = text.find(before);
    std::uint32_t line = 0;
    if (found == std::string_view::npos) return line;
    std::from_chars(text.data() + found + before.size(), text.data() + text.size(), line);
    return line;
}

void read_body(const std::string& statement, parsed_statement& to) {
    const held_body parsed(pg_query_parse_plpgsql(statement.c_str()));
    if (parsed.result.error == nullptr) {
        const char* functions = parsed.result.plpgsql_funcs;
        const std::string_view json = functions == nullptr ? std::string_view() : std::string_view(functions);
        to.body_ends_transactions =
            contains(json, R"("PLpgSQL_stmt_commit")") || contains(json, R"("PLpgSQL_stmt_rollback")");
        return;
    }
    const std::string_view message = parsed.result.error->message;
    const bool certain = message.starts_with("syntax error") || message.starts_with("missing \"");
    if (!certain && !doubts_are_worth_telling) return;
    to.body = body_failure{
        .message = first_line(std::string(message)), .line = line_in(parsed.result.error->context), .certain = certain};
}

}  // namespace

std::optional<int> postgresql_parser_version() { return PG_VERSION_NUM / 10000; }

parsed_statement parse_with_libpg_query(const std::string& statement) {
    parsed_statement result;
    const held_tree parsed(pg_query_parse(statement.c_str()));
    if (parsed.result.error != nullptr) {
        // Since 18 it says so where it crashed before. The server, which has a larger stack, may well go on.
        if (contains(parsed.result.error->message, "stack depth limit exceeded")) {
            result.crash = first_line(parsed.result.error->message);
            return result;
        }
        result.failure = failure_of(*parsed.result.error, statement);
        return result;
    }
    result.tree = only_statement(parsed.result.parse_tree);
    if (has_plpgsql_body(result.tree)) read_body(statement, result);
    return result;
}

}  // namespace varve::generator
