#include "answer.hpp"
#include "catalog_text.hpp"
#include "connection.hpp"
#include "filled_text.hpp"
#include "read_only_look.hpp"
#include "schema_inspection.hpp"
#include "schema_text.hpp"

#include <varve/command_tools.hpp>
#include <varve/postgresql.hpp>

#include <functional>
#include <string>

namespace varve {
namespace postgresql {
namespace {

// Sorted by bytes: what a locale thinks of it differs from server to server.
std::string text_to_write_schema(std::string_view ledger_schema) {
    std::string objects;
    for (const std::string_view part :
         {schema_of_objects, schema_of_tables, schema_of_views, schema_of_comments, schema_of_others})
        append_to_list(objects, "\nUNION ALL\n", part);
    return filled(
        "WITH RECURSIVE {},{}\nSELECT statement FROM ({}) every(rank, place, statement)\n"
        "ORDER BY rank, place COLLATE \"C\", statement COLLATE \"C\"",
        {for_everything(filled(catalog_sources, {ledger_schema})), schema_sources, objects});
}

}  // namespace

std::string schema_of(connection& db, std::string_view ledger_literal) {
    const read_only_look transaction(db);
    const auto statements = db.run(text_to_write_schema(ledger_literal));
    std::string result = "-- varve schema 1, postgresql\n\nSET check_function_bodies = off;\n";
    for (std::size_t row = 0; row < count_of(statements); ++row)
        core::append(result, {"\n", text_in(statements, row, 0), "\n"});
    return result;
}

}  // namespace postgresql

command_tools tools_of(postgresql_engine& of) {
    const auto lend = [&of](const std::function<void(postgresql::connection&, const std::string&)>& to) {
        of.lend("while the schema was read", to);
    };
    return command_tools([lend] {
               std::string result;
               lend([&](postgresql::connection& db, const std::string& ledger_literal) {
                   result = postgresql::schema_of(db, ledger_literal);
               });
               return result;
           })
        .with(postgresql::inspector_for(lend));
}

}  // namespace varve
