#include "memory_scratch.hpp"

#include "catalog_reading.hpp"
#include "page_copy.hpp"
#include "prepared_statement.hpp"
#include "refusal.hpp"
#include "stand_ins.hpp"

#include <varve/error.hpp>

#include <string>
#include <string_view>

namespace varve::sqlite {
namespace {

connection in_memory(waiting& alone) { return connection::open_or_create(database_name(":memory:"), alone); }

void copy_all(const connection& from, const connection& to) {
    try {
        copy_pages(from, to);
    } catch (const refusal& refused) {
        throw error({.code = error_code::database_unusable,
                     .message = "the database in memory cannot be copied: " + refused.message()});
    }
}

}  // namespace

memory_scratch::memory_scratch(const registered_names& names)
    : open_(in_memory(alone_)), copy_(in_memory(alone_)), engine_(open_.handle()) {
    for (const auto& each : names.functions) add_stand_in_function(open_, each, made_up_);
    for (const auto& each : names.collations) add_stand_in_collation(open_, each);
}

memory_scratch::memory_scratch(const std::function<void(sqlite3*)>& prepare) : memory_scratch(registered_names{}) {
    if (prepare) prepare(open_.handle());
}

catalog memory_scratch::read_catalog() {
    try {
        return sqlite::read_catalog(open_);
    } catch (const refusal& refused) {
        throw error({.code = error_code::statement_failed,
                     .message = "the schema or the rows cannot be read: " + refused.message(),
                     .sqlstate = result_name(refused.code())});
    }
}

void memory_scratch::remember() { copy_all(open_, copy_); }
// What AUTOINCREMENT gave last; the table that says so is there from the first table of that kind on.
void memory_scratch::put_numbers_back() {
    prepared_statement forgetting(open_, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'");
    if (!forgetting.step()) return;
    prepared_statement(open_, "DELETE FROM sqlite_sequence").run();
    prepared_statement knowing(copy_, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'");
    if (!knowing.step()) return;
    prepared_statement reading(copy_, "SELECT name, seq FROM sqlite_sequence");
    prepared_statement writing(open_, "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)");
    while (reading.step()) {
        const std::string table(reading.text(0));
        writing.bind(1, std::string_view(table));
        writing.bind(2, reading.integer(1));
        writing.run();
    }
}

void memory_scratch::bring_back() { copy_all(copy_, open_); }

}  // namespace varve::sqlite
