#include "connection_string.hpp"

#include "filled_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace varve::postgresql {
namespace {

struct option {
    std::string key;
    std::string value;
};

// Everything else is not shown: an option that is new, or misspelled, may hold a secret.
constexpr std::array harmless{"host",
                              "hostaddr",
                              "port",
                              "dbname",
                              "user",
                              "service",
                              "passfile",
                              "sslmode",
                              "options",
                              "connect_timeout",
                              "application_name",
                              "target_session_attrs",
                              "sslrootcert",
                              "sslcert",
                              "gssencmode",
                              "channel_binding",
                              "client_encoding",
                              "fallback_application_name",
                              "load_balance_hosts",
                              "krbsrvname"};

bool is_harmless(const std::string& key) { return std::find(harmless.begin(), harmless.end(), key) != harmless.end(); }

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_percent_encoded(std::string_view text, std::size_t at) {
    return at + 2 < text.size() && hexadecimal(text[at + 1]) >= 0 && hexadecimal(text[at + 2]) >= 0;
}

bool has_stray_percent(std::string_view text) {
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
        if (!is_percent_encoded(text, at)) return true;
    return false;
}

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%' || !is_percent_encoded(text, at)) {
            decoded += text[at];
            continue;
        }
        decoded += static_cast<char>(hexadecimal(text[at + 1]) * 16 + hexadecimal(text[at + 2]));
        at += 2;
    }
    return decoded;
}

// --- key=value pairs ------------------------------------------------------------------------------------------------

std::string_view without_leading_space(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    return text;
}

// Takes a value off the front: '...' or up to the next space, with backslash escapes in both.
std::optional<std::string> take_value(std::string_view& text) {
    const bool quoted = !text.empty() && text.front() == '\'';
    if (quoted) text.remove_prefix(1);
    std::string value;
    while (!text.empty() && (quoted ? text.front() != '\'' : !is_space(text.front()))) {
        if (text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
        value += text.front();
        text.remove_prefix(1);
    }
    if (!quoted) return value;
    if (text.empty()) return std::nullopt;
    text.remove_prefix(1);
    return value;
}

std::optional<std::vector<option>> read_pairs(std::string_view text) {
    std::vector<option> options;
    for (text = without_leading_space(text); !text.empty(); text = without_leading_space(text)) {
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        std::string_view key = text.substr(0, equals);
        while (!key.empty() && is_space(key.back())) key.remove_suffix(1);
        if (std::any_of(key.begin(), key.end(), is_space)) return std::nullopt;
        text = without_leading_space(text.substr(equals + 1));
        auto value = take_value(text);
        if (!value) return std::nullopt;
        options.push_back({std::string(key), std::move(*value)});
    }
    return options;
}

std::string quoted_value(const std::string& value) {
    if (!value.empty() && value.find_first_of(" \t\n\r'\\") == std::string::npos) return value;
    std::string quoted = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted += '\'';
}

connection_string from_pairs(std::string_view given, std::string_view application) {
    connection_string result;
    // The last one of a key wins, so that ours comes first and UTF-8 comes last.
    result.used =
        filled("fallback_application_name={} {} client_encoding=UTF8", {quoted_value(std::string(application)), given});
    const auto options = read_pairs(given);
    if (!options) {
        result.shown = "(a connection string that cannot be read)";
        result.doubtful = true;
        return result;
    }
    for (const auto& [key, value] : *options) {
        if (is_harmless(key) && value.find("://") == std::string::npos) {
            append_to_list(result.shown, " ", filled("{}={}", {key, quoted_value(value)}));
        } else if (!value.empty()) {
            result.secrets.push_back(value);
        }
    }
    if (result.shown.empty()) result.shown = "(the default of PostgreSQL's client library)";
    return result;
}

// --- URIs -----------------------------------------------------------------------------------------------------------

constexpr std::string_view hidden = "***";

// Where user and password end in what follows `postgresql://`. libpq ends them at the first `@` before the first `/`.
// A password with either of them in it, not encoded, makes it look elsewhere; such a URI is doubtful and everything up
// to the last `@` is taken for the password: hiding the name of a database is better than showing half a password.
struct user_information {
    std::string_view text{};
    std::size_t rest = 0;
    bool doubtful = false;
};

user_information read_user_information(std::string_view after_scheme) {
    const std::size_t first = after_scheme.find_first_of("@/");
    const bool libpq_finds_it = first != std::string_view::npos && after_scheme[first] == '@';
    const std::size_t last = after_scheme.rfind('@', after_scheme.find('?', libpq_finds_it ? first : 0));
    if (last == std::string_view::npos) return {};
    const std::size_t colon = after_scheme.find(':');
    const bool has_password = colon < last;
    if (libpq_finds_it && (last == first || !has_password)) return {after_scheme.substr(0, first), first + 1, false};
    if (!has_password) return {};
    return {after_scheme.substr(0, last), last + 1, true};
}

// `postgresql://user:password` without an `@`: libpq takes the password for a port.
std::size_t start_of_bad_port(std::string_view hosts) {
    if (hosts.find('[') != std::string_view::npos) return std::string_view::npos;
    for (std::size_t colon = hosts.find(':'); colon != std::string_view::npos; colon = hosts.find(':', colon + 1)) {
        const std::string_view port = hosts.substr(colon + 1, hosts.find(',', colon) - colon - 1);
        if (port.find_first_not_of("0123456789") != std::string_view::npos) return colon + 1;
    }
    return std::string_view::npos;
}

void hide(std::string_view secret, connection_string& result) {
    if (secret.empty()) return;
    result.secrets.emplace_back(secret);
    result.secrets.push_back(percent_decoded(secret));
}

void add_user(const user_information& user, connection_string& result) {
    if (user.rest == 0) return;
    const std::size_t colon = user.text.find(':');
    result.shown += user.text.substr(0, colon);
    if (colon != std::string_view::npos) {
        core::append(result.shown, {":", hidden});
        hide(user.text.substr(colon + 1), result);
    }
    result.shown += "@";
}

void add_options(std::string_view query, connection_string& result) {
    const char* separator = "?";
    while (!query.empty()) {
        const std::string_view one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(one.size() + 1, query.size()));
        const std::size_t equals = one.find('=');
        if (is_harmless(percent_decoded(one.substr(0, equals)))) {
            core::append(result.shown, {separator, one});
            separator = "&";
        } else if (equals != std::string_view::npos) {
            hide(one.substr(equals + 1), result);
        }
    }
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && std::isalnum(byte) != 0) {
            encoded += c;
        } else {
            encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return encoded;
}

connection_string from_uri(std::string_view given, std::size_t scheme_size, std::string_view application) {
    connection_string result;
    const std::string_view after_scheme = given.substr(scheme_size);
    const user_information user = read_user_information(after_scheme);
    const std::string_view rest = after_scheme.substr(user.rest);
    const std::size_t question = rest.find('?');
    result.doubtful = user.doubtful || has_stray_percent(given);
    result.shown = given.substr(0, scheme_size);
    add_user(user, result);
    if (const auto bad = start_of_bad_port(rest.substr(0, rest.find_first_of("/?"))); bad != std::string_view::npos) {
        core::append(result.shown, {rest.substr(0, bad), hidden});
        result.used = given;
        result.doubtful = true;
        return result;
    }
    result.shown += rest.substr(0, question);
    const bool has_options = question != std::string_view::npos;
    if (has_options) add_options(rest.substr(question + 1), result);
    const char* const separator = !has_options ? "?" : rest.back() == '?' ? "" : "&";
    result.used = core::joined({given, separator, "client_encoding=UTF8"});
    if (given.find("fallback_application_name") == std::string_view::npos)
        result.used += filled("&fallback_application_name={}", {percent_encoded(application)});
    return result;
}

}  // namespace

connection_string examined(std::string_view given, std::string_view application) {
    for (const std::string_view scheme : {"postgresql://", "postgres://"})
        if (given.substr(0, scheme.size()) == scheme) return from_uri(given, scheme.size(), application);
    return from_pairs(given, application);
}

std::string without_secrets(std::string message, const connection_string& from) {
    constexpr std::size_t shorter_is_part_of_any_text = 4;
    for (const std::string& secret : from.secrets) {
        if (secret.size() < shorter_is_part_of_any_text) continue;
        for (std::size_t at = message.find(secret); at != std::string::npos;
             at = message.find(secret, at + hidden.size()))
            message.replace(at, secret.size(), hidden);
    }
    return message;
}

}  // namespace varve::postgresql
