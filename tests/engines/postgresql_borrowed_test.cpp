#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

namespace varve::testing {
namespace {

class PostgresqlBorrowed : public postgresql_test {
protected:
    void SetUp() override { migrate(*connect(), history); }

    error_details refusal() {
        return failure_of([&] { migrate(engine, history); });
    }
    std::string ask_caller(const std::string& sql) { return pqxx::nontransaction(callers).exec(sql)[0][0].c_str(); }

    test_history history = shop({{"CREATE TABLE a (id int)"}});
    pqxx::connection callers{uri};
    postgresql_engine engine{callers};
};

TEST_F(PostgresqlBorrowed, IsRefusedWhileATransactionObjectOfTheCallerIsAlive) {
    pqxx::work alive(callers);
    alive.exec("CREATE TABLE of_the_caller (id int)");
    EXPECT_EQ(refusal().code, error_code::transaction_open);
    alive.commit();
    EXPECT_TRUE(has_table("of_the_caller"));
}

TEST_F(PostgresqlBorrowed, IsRefusedInsideAnAbortedTransactionOfTheCaller) {
    pqxx::nontransaction(callers).exec("BEGIN");
    EXPECT_THROW(pqxx::nontransaction(callers).exec("SELECT nothing"), pqxx::sql_error);
    EXPECT_EQ(refusal().code, error_code::transaction_open);
    pqxx::nontransaction(callers).exec("ROLLBACK");
    migrate(engine, history);
}

TEST_F(PostgresqlBorrowed, IsRefusedForWhateverIsAskedWithoutEndingTheTransactionOfTheCaller) {
    pqxx::nontransaction(callers).exec("BEGIN");
    pqxx::nontransaction(callers).exec("CREATE TABLE of_the_caller (id int)");
    EXPECT_EQ(failure_of([&] { (void)engine.read(engine::rows::all); }).code, error_code::transaction_open);
    EXPECT_EQ(failure_of([&] { (void)engine.try_lock(); }).code, error_code::transaction_open);
    EXPECT_EQ(failure_of([&] { rollback(engine, history, rollback_to::last(1)); }).code, error_code::transaction_open);
    pqxx::nontransaction(callers).exec("COMMIT");
    EXPECT_TRUE(has_table("of_the_caller"));
}

TEST_F(PostgresqlBorrowed, KeepsItsEncodingAndMigratesInUtf8) {
    pqxx::nontransaction(callers).exec("SET client_encoding = 'LATIN1'");
    migrate(engine, shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE \"süß\" (id int)"}}));
    EXPECT_EQ(ask_caller("SHOW client_encoding"), "LATIN1");
    EXPECT_TRUE(has_table("süß"));
}

TEST_F(PostgresqlBorrowed, KeepsItsNameAndHoldsNoLockAfterwards) {
    const std::string before = ask_caller("SHOW application_name");
    migrate(engine, shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)"}}));
    EXPECT_EQ(ask_caller("SHOW application_name"), before);
    EXPECT_EQ(ask_caller("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), "0");
}

TEST_F(PostgresqlBorrowed, SaysWhereItIsConnectedTo) {
    EXPECT_EQ(engine.location(), "postgresql://postgres@/" + database);
}

}  // namespace
}  // namespace varve::testing
