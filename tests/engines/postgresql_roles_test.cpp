#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

#include <cstdlib>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string in_quotes(const std::string& name) {
    std::string result = "\"";
    for (const char each : name) result += each == '"' ? "\"\"" : std::string(1, each);
    return result + "\"";
}

std::string literal(const std::string& text) {
    std::string result = " E'";
    for (const char each : text) result += each == '\'' || each == '\\' ? std::string(2, each) : std::string(1, each);
    return result + "'";
}

/// Connects as `deploy_bot`, who owns nothing and inherits nothing, and may act as an owner.
class postgresql_roles : public postgresql_test {
protected:
    void have_role(const std::string& name, const std::string& attributes = "") const {
        if (ask("SELECT 1 FROM pg_roles WHERE rolname =" + literal(name)).empty()) {
            ask("CREATE ROLE " + in_quotes(name) + " " + attributes);
        }
    }
    void have_owner(const std::string& name) const {
        have_role("deploy_bot", "LOGIN NOINHERIT");
        have_role(name);
        ask("GRANT " + in_quotes(name) + " TO deploy_bot; GRANT CREATE, USAGE ON SCHEMA public TO " + in_quotes(name));
    }
    [[nodiscard]] std::unique_ptr<postgresql_engine> connect_for(const std::string& owner) const {
        return std::make_unique<postgresql_engine>(server.uri(database, "deploy_bot"),
                                                   postgresql_options{.role = owner});
    }
    [[nodiscard]] std::string owners() const {
        return ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    }
};

class PostgresqlRoleNames : public postgresql_roles, public ::testing::WithParamInterface<std::string> {};

TEST_P(PostgresqlRoleNames, OwnWhatIsMadeAndAreRecorded) {
    have_owner(GetParam());
    options how;
    how.applied_by = "ann@desk:1";
    migrate(*connect_for(GetParam()), shop({{"CREATE TABLE a (id int)", "CREATE TABLE b (id int)"}}), how);
    EXPECT_EQ(owners(), GetParam());
    EXPECT_EQ(ask("SELECT DISTINCT applied_by FROM varve_ledger WHERE history = 'shop'"),
              "ann@desk:1 as " + GetParam());
    EXPECT_EQ(check(*connect_for(GetParam()), shop({{"CREATE TABLE a (id int)", "CREATE TABLE b (id int)"}})),
              database_state::current)
        << "deploy_bot itself may not read the ledger";
}

INSTANTIATE_TEST_SUITE_P(Names, PostgresqlRoleNames,
                         ::testing::Values("shop_owner", "Owner Of The Shop", "it's \"quoted\"", "größe💾",
                                           std::string(63, 'o'), "back\\slash", "a; DROP TABLE a; --"));

class PostgresqlRoles : public postgresql_roles {
protected:
    void SetUp() override { have_owner("shop owner"); }
};

TEST_F(PostgresqlRoles, OwnWhatAScriptWithoutATransactionMakes) {
    const built_history history("shop", engine_kind::postgresql,
                                {{.version = 1,
                                  .name = "alone",
                                  .up = {"CREATE TABLE a (id int)", "CREATE INDEX CONCURRENTLY a_id ON a (id)"},
                                  .down = {"DROP TABLE a"},
                                  .mode = transaction_mode::no_transaction}});
    migrate(*connect_for("shop owner"), history.get());
    EXPECT_EQ(owners(), "shop owner");
    rollback(*connect_for("shop owner"), history.get(), rollback_to::last(1));
    EXPECT_FALSE(has_table("a"));
}

TEST_F(PostgresqlRoles, AreTakenAgainAfterAScriptThatChangedThem) {
    have_owner("another owner");
    ask("GRANT \"another owner\" TO \"shop owner\"");
    migrate(*connect_for("shop owner"),
            shop({{"SET ROLE 'another owner'", "CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)"}}));
    EXPECT_EQ(ask("SELECT tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"),
              "another owner,shop owner,shop owner,shop owner");
}

TEST_F(PostgresqlRoles, OwnWhatALongScriptMakes) {
    std::vector<std::string> many(250, "SELECT 1");
    many.emplace_back("CREATE TABLE a (id int)");
    migrate(*connect_for("shop owner"), shop({many}));
    EXPECT_EQ(owners(), "shop owner");
}

TEST_F(PostgresqlRoles, AreGivenBackOnABorrowedConnection) {
    have_owner("another owner");
    pqxx::connection borrowed(server.uri(database, "deploy_bot"));
    pqxx::nontransaction(borrowed).exec("SET ROLE \"another owner\"");
    postgresql_engine engine(borrowed, {.role = "shop owner"});
    migrate(engine, shop({{"CREATE TABLE a (id int)"}}));
    (void)status(engine, shop({{"CREATE TABLE a (id int)"}}));
    EXPECT_EQ(owners(), "shop owner");
    const pqxx::result now = pqxx::nontransaction(borrowed).exec("SELECT current_user");
    EXPECT_STREQ(now[0][0].c_str(), "another owner");
}

TEST_F(PostgresqlRoles, AreGivenBackAfterAMigrationThatFailed) {
    pqxx::connection borrowed(server.uri(database, "deploy_bot"));
    postgresql_engine engine(borrowed, {.role = "shop owner"});
    const auto failure = failure_of([&] { migrate(engine, shop({{"SELECT nothing"}})); });
    EXPECT_EQ(failure.sqlstate, "42703");
    const pqxx::result now = pqxx::nontransaction(borrowed).exec("SELECT current_user");
    EXPECT_STREQ(now[0][0].c_str(), "deploy_bot");
}

TEST_F(PostgresqlRoles, ThatAreNotThereOrNotOursAreSaidSo) {
    have_role("of \"others\"");
    const auto missing = failure_of([&] { migrate(*connect_for("no'body"), shop({{"SELECT 1"}})); });
    EXPECT_EQ(missing.code, error_code::invalid_argument);
    EXPECT_EQ(missing.message, "there is no role \"no'body\" to migrate as");
    const auto refused = failure_of([&] { migrate(*connect_for("of \"others\""), shop({{"SELECT 1"}})); });
    EXPECT_EQ(refused.code, error_code::permission_denied);
    EXPECT_EQ(refused.message, R"(the user "deploy_bot" may not act as the role "of ""others""")");
    EXPECT_EQ(refused.hint, R"(as an administrator: GRANT "of ""others""" TO "deploy_bot";)");
    EXPECT_EQ(failure_of([&] { (void)connect_for(std::string(64, 'x')); }).code, error_code::invalid_argument);
}

TEST_F(PostgresqlRoles, WithNoMoreThanSelectOnTheLedgerCanRequireAndLook) {
    have_role("shop app", "LOGIN");
    migrate(*connect_for("shop owner"), shop({{"CREATE TABLE a (id int)"}}));
    ask("GRANT SELECT ON varve_ledger, varve_statement TO \"shop app\"");
    const auto app = std::make_unique<postgresql_engine>("dbname=" + database +
                                                         " user='shop app' host=" + server.directory().string());
    const auto same = shop({{"CREATE TABLE a (id int)"}});
    const auto more = shop({{"CREATE TABLE a (id int)"}, {"CREATE TABLE b (id int)"}});
    require(*app, same);
    EXPECT_EQ(failure_of([&] { require(*app, more); }).code, error_code::pending);
    EXPECT_EQ(check(*app, more), database_state::pending);
    EXPECT_EQ(status(*app, more).migrations.size(), 2U);
    EXPECT_EQ(plan_for(*app, more).steps.size(), 1U);
    EXPECT_FALSE(log(*app, more).empty());
    EXPECT_EQ(failure_of([&] { migrate(*app, more); }).sqlstate, "42501");
    EXPECT_FALSE(has_table("b"));
}

class PostgresqlNames : public postgresql_roles {};

TEST_F(PostgresqlNames, OfUsersAndDatabasesMayBeAnything) {
    const std::string odd = "it's a \"db\" \\ größe💾";
    have_role(odd, "LOGIN SUPERUSER");
    ask("CREATE DATABASE " + in_quotes(odd) + " OWNER " + in_quotes(odd));
    const auto escaped = [](const std::string& text) {
        std::string result = "'";
        for (const char each : text)
            result += each == '\'' || each == '\\' ? std::string("\\") + each : std::string(1, each);
        return result + "'";
    };
    postgresql_engine engine("host=" + server.directory().string() + " dbname=" + escaped(odd) +
                             " user=" + escaped(odd));
    const auto history = shop({{"CREATE TABLE a (id int)"}});
    migrate(engine, history);
    EXPECT_EQ(check(engine, history), database_state::current);
    EXPECT_THAT(log(engine, history), Not(IsEmpty()));
}

class PostgresqlPasswords : public postgresql_roles {};

TEST_F(PostgresqlPasswords, AreInNoMessageHoweverTheyWereGiven) {
    ASSERT_EQ(setenv("PGPASSWORD", "hunter2", 1), 0);
    const std::string host = server.directory().string();
    for (const std::string& given : std::vector<std::string>{
             "postgresql://ghost:hunter2@/" + database + "?host=" + host,
             "postgresql://ghost@/" + database + "?host=" + host,
             "host=" + host + " user=ghost password=hunter2 dbname=" + database,
             "host=" + host + " user=ghost password='hunter2' dbname=nowhere",
             "postgresql://ghost:hunter2@/nowhere?host=/nowhere", std::string("host=/nowhere user=ghost")}) {
        postgresql_engine engine(given, {.role = "somebody"});
        try {
            migrate(engine, shop({{"SELECT 1"}}));
            ADD_FAILURE() << given;
        } catch (const error& failure) {
            EXPECT_THAT(failure.what(), Not(HasSubstr("hunter2"))) << given;
            EXPECT_THAT(failure.details().hint, Not(HasSubstr("hunter2"))) << given;
        }
        EXPECT_THAT(engine.location(), Not(HasSubstr("hunter2"))) << given;
    }
    unsetenv("PGPASSWORD");
}

}  // namespace
}  // namespace varve::testing
