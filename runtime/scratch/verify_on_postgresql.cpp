#include "given_server.hpp"
#include "own_server.hpp"
#include "scratch_server.hpp"

#include <varve/verify_program.hpp>

#include <cstdlib>
#include <string>

namespace varve {

int verify_on_postgresql(const verify_task& task, std::span<char* const> arguments) {
    const char* uri = std::getenv("VARVE_SCRATCH_URL");
    if (uri != nullptr && *uri != '\0')
        return run_verify_program(
            task, arguments, [&](const verify_task& given) { return scratch::verify_on_given_server(given, uri); });
    scratch::forget_other_servers();
    return run_verify_program(task, arguments, scratch::verify_on_own_server);
}

}  // namespace varve
