#include "connection_environment.hpp"

#include "core/raise.hpp"
#include "core/text.hpp"

#include <libpq-fe.h>

#include <memory>
#include <string_view>

namespace varve::backup {
namespace {

struct freeing {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using option_list = std::unique_ptr<PQconninfoOption, freeing>;

// What libpq says about it may contain a part of a password.
option_list parsed(const std::string& uri) {
    char* message = nullptr;
    option_list options(PQconninfoParse(uri.c_str(), &message));
    if (message != nullptr) PQfreemem(message);
    if (options == nullptr) {
        core::raise(error_code::invalid_argument, {"the connection string cannot be read"},
                    "write it as postgresql://user@host/database or as host=... dbname=...");
    }
    return options;
}

std::string quoted(std::string_view value) {
    std::string result = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') result += '\\';
        result += c;
    }
    return result += '\'';
}

}  // namespace

connection_environment environment_of(const std::string& uri) {
    connection_environment result;
    const option_list options = parsed(uri);
    for (const PQconninfoOption* each = options.get(); each->keyword != nullptr; ++each) {
        if (each->val == nullptr) continue;
        const std::string_view keyword = each->keyword;
        // libpq marks what is a secret by how a form should show it.
        const bool secret = std::string_view(each->dispchar).starts_with('*');
        if (keyword == "dbname") result.database = each->val;
        if (keyword == "password") result.password = each->val;
        if (each->envvar != nullptr) {
            result.variables[each->envvar] = each->val;
        } else if (!secret) {
            core::append(result.rest, {result.rest.empty() ? "" : " ", keyword, "=", quoted(each->val)});
        } else {
            core::raise(error_code::invalid_argument,
                        {"the connection string has ", keyword, ", which no program but this one can be given"},
                        "for backups, use a password file or a service file");
        }
    }
    return result;
}

}  // namespace varve::backup
