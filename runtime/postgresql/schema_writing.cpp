#include "answer.hpp"
#include "catalog_text.hpp"
#include "connection.hpp"
#include "filled_text.hpp"
#include "schema_text.hpp"

#include <varve/command_tools.hpp>
#include <varve/postgresql.hpp>

#include <string>

namespace varve {
namespace postgresql {
namespace {

// The parts for all objects at once: no parameter chooses.
std::string everything(std::string text) {
    for (const std::string_view parameter : {"$1", "$2", "$3"})
        for (std::size_t at = text.find(parameter); at != std::string::npos; at = text.find(parameter, at))
            text.replace(at, parameter.size(), "NULL::oid[]");
    return text;
}

// Sorted by bytes: what a locale thinks of it differs from server to server.
std::string text_to_write_schema(std::string_view ledger_schema) {
    std::string objects;
    for (const std::string_view part :
         {schema_of_objects, schema_of_tables, schema_of_views, schema_of_comments, schema_of_others})
        append_to_list(objects, "\nUNION ALL\n", part);
    return filled(
        "WITH RECURSIVE {},{}\nSELECT statement FROM ({}) every(rank, place, statement)\n"
        "ORDER BY rank, place COLLATE \"C\", statement COLLATE \"C\"",
        {everything(filled(catalog_sources, {ledger_schema})), schema_sources, objects});
}

// A transaction that changes nothing and leaves no setting.
class looking {
public:
    explicit looking(connection& db) : db_(db) {
        db_.run("BEGIN READ ONLY; SET LOCAL search_path TO pg_catalog; SET LOCAL jit = off");
    }
    looking(const looking&) = delete;
    looking& operator=(const looking&) = delete;
    ~looking() { db_.run_if_possible("ROLLBACK"); }

private:
    connection& db_;
};

std::string schema_of(connection& db, std::string_view ledger_schema) {
    const looking transaction(db);
    const auto statements = db.run(text_to_write_schema(ledger_schema));
    std::string result = "-- varve schema 1, postgresql\n\nSET check_function_bodies = off;\n";
    for (std::size_t row = 0; row < count_of(statements); ++row)
        core::append(result, {"\n", text_in(statements, row, 0), "\n"});
    return result;
}

}  // namespace
}  // namespace postgresql

command_tools tools_of(postgresql_engine& of) {
    return command_tools([&of] {
        std::string result;
        of.lend("while the schema was read", [&](postgresql::connection& db, const std::string& ledger_schema) {
            result = postgresql::schema_of(db, ledger_schema);
        });
        return result;
    });
}

}  // namespace varve
