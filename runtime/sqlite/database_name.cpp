#include "database_name.hpp"

#include "core/raise.hpp"

namespace varve::sqlite {
namespace {

constexpr std::string_view scheme = "file:";

struct query_parameter {
    std::string_view whole;
    std::string_view name;
    std::string_view value;
};

// Takes the first one off the front of a query that is not empty.
query_parameter take_parameter(std::string_view& query) {
    const std::string_view whole = query.substr(0, query.find('&'));
    const std::size_t equals = whole.find('=');
    query.remove_prefix(whole.size() < query.size() ? whole.size() + 1 : whole.size());
    return {.whole = whole,
            .name = whole.substr(0, equals),
            .value = equals == std::string_view::npos ? std::string_view{} : whole.substr(equals + 1)};
}

bool is_secret(std::string_view name) {
    return name == "key" || name == "hexkey" || name == "textkey" || name == "password";
}

int hexadecimal(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

std::string percent_decoded(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool escaped =
            text[at] == '%' && at + 2 < text.size() && hexadecimal(text[at + 1]) >= 0 && hexadecimal(text[at + 2]) >= 0;
        if (!escaped) {
            result += text[at];
            continue;
        }
        result += static_cast<char>(hexadecimal(text[at + 1]) * 16 + hexadecimal(text[at + 2]));
        at += 2;
    }
    return result;
}

}  // namespace

void database_name::require_one() const {
    if (given_.find('\0') != std::string::npos) {
        core::raise(error_code::invalid_argument, {"the name of the SQLite database contains a NUL byte"}, {});
    }
    const bool in_memory = parameter("mode") == "memory" || !parameter("vfs").empty();
    if (!(is_uri() ? uri_path().empty() && !in_memory : given_.empty())) return;
    core::raise(error_code::invalid_argument, {"the name of the SQLite database is empty"},
                "give a file name, a file: URI, or \":memory:\" for a database that disappears with the connection");
}

std::string database_name::for_opening() const {
    if (parameter("mode") != "rwc") return given_;
    const std::string_view parameters = query();
    const std::string_view given = given_;
    const auto begin = static_cast<std::size_t>(parameters.data() - given.data());
    std::string kept;
    for (std::string_view rest = parameters; !rest.empty();) {
        const query_parameter each = take_parameter(rest);
        if (each.name != "mode") core::append(kept, {kept.empty() ? "" : "&", each.whole});
    }
    return core::joined({given.substr(0, begin), kept, given.substr(begin + parameters.size())});
}

std::string database_name::without_secrets() const {
    const std::string_view parameters = query();
    if (parameters.empty()) return given_;
    const std::string_view given = given_;
    const auto begin = static_cast<std::size_t>(parameters.data() - given.data());
    std::string shown;
    for (std::string_view rest = parameters; !rest.empty();) {
        const query_parameter each = take_parameter(rest);
        const bool hidden = is_secret(each.name);
        core::append(shown, {shown.empty() ? "" : "&", hidden ? each.name : each.whole, hidden ? "=***" : ""});
    }
    return core::joined({given.substr(0, begin), shown, given.substr(begin + parameters.size())});
}

std::string database_name::path() const {
    if (given_ == ":memory:" || parameter("mode") == "memory") return {};
    if (!is_uri()) return given_;
    std::string path = percent_decoded(uri_path());
    return path == ":memory:" ? std::string() : path;
}

std::string_view database_name::parameter(std::string_view name) const {
    std::string_view result;
    for (std::string_view rest = query(); !rest.empty();) {
        const query_parameter each = take_parameter(rest);
        if (each.name == name) result = each.value;
    }
    return result;
}

bool database_name::is_uri() const { return given_.starts_with(scheme); }

std::string_view database_name::uri_path() const {
    std::string_view rest = std::string_view(given_).substr(scheme.size());
    rest = rest.substr(0, rest.find_first_of("?#"));
    if (!rest.starts_with("//")) return rest;
    const std::size_t slash = rest.find('/', 2);  // between them stands the authority: empty or localhost
    return slash == std::string_view::npos ? std::string_view{} : rest.substr(slash);
}

std::string_view database_name::query() const {
    if (!is_uri()) return {};
    std::string_view rest(given_);
    rest = rest.substr(0, rest.find('#'));
    const std::size_t question = rest.find('?');
    return question == std::string_view::npos ? std::string_view{} : rest.substr(question + 1);
}

}  // namespace varve::sqlite
