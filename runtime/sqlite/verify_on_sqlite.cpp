#include "memory_scratch.hpp"
#include "schema_inspection.hpp"

#include <varve/verify_program.hpp>

namespace varve {

int verify_on_sqlite(const verify_task& task, std::span<char* const> arguments) {
    return run_verify_program(task, arguments, [](const verify_task& given) {
        sqlite::memory_scratch database({.functions = given.functions, .collations = given.collations});
        return verify(database, given.first, *given.what);
    });
}

int write_schema_on_sqlite(const verify_task& task, std::span<char* const> arguments) {
    return run_schema_program(task, arguments, sqlite::schema_in_memory);
}

}  // namespace varve
