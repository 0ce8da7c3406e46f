#include "schema_inspection.hpp"

#include "answer.hpp"
#include "catalog_objects_in.hpp"
#include "catalog_text.hpp"
#include "error_mapping.hpp"
#include "filled_text.hpp"
#include "read_only_look.hpp"
#include "schema_text.hpp"
#include "scratch_databases.hpp"

#include "core/raise.hpp"

#include <varve/postgresql.hpp>

#include <algorithm>
#include <utility>

namespace varve::postgresql {
namespace {

constexpr std::string_view another_server =
    "ALTER USER .. CREATEDB allows it; or name another server of the same version with --scratch";

bool is_about_rights(const catalog_object& each) {
    return each.kind == "privileges" || each.kind == "default privileges";
}

// Who owns what, and which build of an extension there is, is up to whoever runs the server.
void forget_surroundings(catalog& of) {
    of.objects.erase(std::remove_if(of.objects.begin(), of.objects.end(), is_about_rights), of.objects.end());
    for (catalog_object& each : of.objects) {
        const auto is_around = [&](const catalog_attribute& one) {
            return one.name == "owner" || (each.kind == "extension" && one.name == "version");
        };
        each.attributes.erase(std::remove_if(each.attributes.begin(), each.attributes.end(), is_around),
                              each.attributes.end());
    }
}

// What varve can only name has nothing but that to be compared.
void add_named(catalog& to, connection& db) {
    const auto rows = db.run(filled("SELECT place FROM ({}) every(rank, place, statement)", {schema_of_others}));
    for (std::size_t row = 0; row < count_of(rows); ++row)
        to.objects.push_back({"object", std::string(text_in(rows, row, 0)), {}, {}});
}

catalog comparable_catalog(connection& db, std::string_view ledger_literal) {
    const read_only_look transaction(db);
    catalog result = objects_in(db.run(for_everything(text_to_read_catalog(ledger_literal))));
    forget_surroundings(result);
    add_named(result, db);
    return result;
}

class database_schema final : public scratch_schema {
public:
    database_schema(const std::string& server, std::string ledger_schema)
        : on_(server, scratch_databases::server::somebody_elses, another_server),
          uri_(on_.uri_of(on_.make())),
          looking_(uri_),
          ledger_literal_(looking_.quoted(ledger_schema)),
          engine_(uri_, {.schema = std::move(ledger_schema)}) {}

    [[nodiscard]] engine& database() override { return engine_; }
    [[nodiscard]] catalog read_catalog() override { return comparable_catalog(looking_, ledger_literal_); }
    [[nodiscard]] std::string text() override { return schema_of(looking_, ledger_literal_); }

private:
    scratch_databases on_;  // first: what it made is dropped when nobody is connected any more
    std::string uri_;
    connection looking_;
    std::string ledger_literal_;
    postgresql_engine engine_;
};

class inspector final : public schema_inspector {
public:
    explicit inspector(schema_lender lend) : lend_(std::move(lend)) {}

    [[nodiscard]] catalog read_catalog() override {
        catalog result;
        lend_([&](connection& db, const std::string& literal) { result = comparable_catalog(db, literal); });
        return result;
    }

    [[nodiscard]] std::unique_ptr<scratch_schema> make_scratch(const std::string& server) override {
        std::string where = server;
        std::string ledger_schema;
        lend_([&](connection& db, const std::string& literal) {
            if (where.empty()) where = db.uri();
            ledger_schema = text_in(db.run("SELECT " + literal), 0, 0);
        });
        if (where.empty()) {
            core::raise(error_code::invalid_argument,
                        {"the connection of the application says not how another one can be made"},
                        "name a server with --scratch");
        }
        return schema_on(where, std::move(ledger_schema));
    }

private:
    schema_lender lend_;
};

}  // namespace

std::shared_ptr<schema_inspector> inspector_for(schema_lender lend) {
    return std::make_shared<inspector>(std::move(lend));
}

std::unique_ptr<scratch_schema> schema_on(const std::string& server, std::string ledger_schema) {
    try {
        return std::make_unique<database_schema>(server, std::move(ledger_schema));
    } catch (const server_error& refused) {
        core::raise(error_code::permission_denied, {"cannot make a database to compare with: ", refused.text()},
                    another_server);
    }
}

}  // namespace varve::postgresql
