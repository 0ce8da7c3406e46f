#include "given_server.hpp"
#include "own_server.hpp"
#include "scratch_server.hpp"

#include "postgresql/schema_inspection.hpp"

#include <varve/verify_program.hpp>

#include <cstdlib>
#include <optional>
#include <string>

namespace varve {
namespace {

constexpr const char* schema_of_the_ledger = "public";

std::string given_server() {
    const char* uri = std::getenv("VARVE_SCRATCH_URL");
    return uri == nullptr ? std::string() : uri;
}

}  // namespace

int write_schema_on_postgresql(const verify_task& task, std::span<char* const> arguments) {
    const std::string given = given_server();
    if (!given.empty()) {
        return run_schema_program(task, arguments, [&] { return postgresql::schema_on(given, schema_of_the_ledger); });
    }
    scratch::forget_other_servers();
    std::optional<scratch::scratch_server> server;  // outlives the database on it
    return run_schema_program(task, arguments, [&] {
        server.emplace(task.programs, scratch::data_cache{.path = task.cache}).start();
        return postgresql::schema_on(server->uri(), schema_of_the_ledger);
    });
}

int verify_on_postgresql(const verify_task& task, std::span<char* const> arguments) {
    const std::string uri = given_server();
    if (!uri.empty())
        return run_verify_program(
            task, arguments, [&](const verify_task& given) { return scratch::verify_on_given_server(given, uri); });
    scratch::forget_other_servers();
    return run_verify_program(task, arguments, scratch::verify_on_own_server);
}

}  // namespace varve
