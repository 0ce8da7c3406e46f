#include "code_contract.hpp"
#include "engine_contract.hpp"
#include "support/postgresql_server.hpp"

#include <varve/postgresql.hpp>

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

class postgresql_under_test final : public engine_under_test {
public:
    std::unique_ptr<engine> connect() override { return std::make_unique<postgresql_engine>(uri_); }

    std::unique_ptr<engine> connect_inside_transaction() override {
        callers_ = std::make_unique<pqxx::connection>(uri_);
        pqxx::nontransaction(*callers_).exec("BEGIN");
        pqxx::nontransaction(*callers_).exec("CREATE TABLE of_the_caller (id integer)");
        return std::make_unique<postgresql_engine>(*callers_);
    }

    bool commit_transaction_of_the_caller() override {
        pqxx::nontransaction session(*callers_);
        const bool is_open = session.exec("SELECT transaction_timestamp() <> statement_timestamp()")[0][0].as<bool>();
        session.exec("COMMIT");
        return is_open;
    }

    std::unique_ptr<engine> connect_to_missing_database() override {
        return std::make_unique<postgresql_engine>(server_.uri("missing"));
    }

    bool missing_database_was_created() override {
        pqxx::connection asking(uri_);
        return !pqxx::nontransaction(asking).exec("SELECT FROM pg_database WHERE datname = 'missing'").empty();
    }

    bool has_table(std::string_view name) override {
        pqxx::connection asking(uri_);
        const std::string quoted = asking.quote(std::string(name));
        return !pqxx::nontransaction(asking).exec("SELECT FROM pg_tables WHERE tablename = " + quoted).empty();
    }

    telling when_told() const override { return telling::after_commit; }

    refused_statement refused() override {
        return {
            .sql = "SELECT 'ünï — 💾',\n  'ü', nocolumn FROM varve_ledger", .line = 2, .column = 8, .sqlstate = "42703"};
    }

private:
    postgresql_server& server_ = shared_postgresql_server();
    std::string uri_ = server_.uri(server_.create_database());
    std::unique_ptr<pqxx::connection> callers_;
};

std::unique_ptr<engine_under_test> make_postgresql() { return std::make_unique<postgresql_under_test>(); }

}  // namespace

INSTANTIATE_TEST_SUITE_P(postgresql, engine_contract, ::testing::Values(&make_postgresql));
INSTANTIATE_TEST_SUITE_P(postgresql, code_contract, ::testing::Values(&make_postgresql));

}  // namespace varve::testing
