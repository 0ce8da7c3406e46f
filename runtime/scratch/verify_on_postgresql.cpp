#include "given_server.hpp"
#include "own_server.hpp"

#include <varve/verify_program.hpp>

#include <cstdlib>
#include <string>

extern char** environ;  // NOLINT: its name is POSIX's

namespace varve {
namespace {

// What libpq reads from the environment is about somebody else's server.
void forget_other_servers() {
    std::vector<std::string> names;
    for (char** each = environ; *each != nullptr; ++each)
        if (const std::string_view variable = *each; variable.starts_with("PG"))
            names.emplace_back(variable.substr(0, variable.find('=')));
    for (const auto& each : names) ::unsetenv(each.c_str());
}

}  // namespace

int verify_on_postgresql(const verify_task& task, std::span<char* const> arguments) {
    const char* uri = std::getenv("VARVE_SCRATCH_URL");
    if (uri != nullptr && *uri != '\0')
        return run_verify_program(
            task, arguments, [&](const verify_task& given) { return scratch::verify_on_given_server(given, uri); });
    forget_other_servers();
    return run_verify_program(task, arguments, scratch::verify_on_own_server);
}

}  // namespace varve
