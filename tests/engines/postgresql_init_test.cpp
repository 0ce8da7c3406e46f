#include <support/history_builder.hpp>
#include <support/postgresql_server.hpp>

#include <varve/error.hpp>
#include <varve/init.hpp>
#include <varve/postgresql.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/nontransaction>

#include <memory>
#include <thread>
#include <vector>

/// Whatever begins with a master file, or compares with what the migrations make.
namespace varve::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<migration_text> migrations{
    {.version = 1,
     .name = "users",
     .up = {"CREATE TYPE mood AS ENUM ('fine', 'well')",
            "CREATE TABLE users (id bigserial PRIMARY KEY, how mood DEFAULT 'fine')"},
     .down = {"DROP TABLE users", "DROP TYPE mood"}},
    {.version = 2,
     .name = "email",
     .up = {"ALTER TABLE users ADD COLUMN email text CONSTRAINT has_at CHECK (email LIKE '%@%')",
            "CREATE VIEW mails AS SELECT email FROM users"},
     .down = {"DROP VIEW mails", "ALTER TABLE users DROP COLUMN email"}}};
const std::vector<std::string> master{
    "CREATE TYPE mood AS ENUM ('fine', 'well')",
    "CREATE TABLE users (id bigserial PRIMARY KEY, email text, how mood DEFAULT 'fine', CONSTRAINT has_at CHECK (email "
    "LIKE '%@%'))",
    "CREATE VIEW mails AS SELECT email FROM users"};

const history& shop() {
    static const built_history all("shop", engine_kind::postgresql, migrations, master);
    return all.get();
}

class postgresql_init : public ::testing::Test {
protected:
    [[nodiscard]] std::string uri() const { return server_.uri(database_); }
    void ask(const std::string& sql) const {
        pqxx::connection by(uri());
        pqxx::nontransaction(by).exec(sql);
    }
    [[nodiscard]] std::vector<std::string> drifted() {
        std::vector<std::string> result;
        for (const auto& each : drift(engine, shop(), *tools_of(engine).inspector()).differences)
            result.push_back(drift_text(each));
        return result;
    }
    [[nodiscard]] std::string databases() const {
        pqxx::connection by(uri());
        pqxx::nontransaction sql(by);
        return sql.exec("SELECT count(*) FROM pg_database WHERE datname LIKE 'varve_scratch%'")[0][0].c_str();
    }

private:
    postgresql_server& server_ = shared_postgresql_server();
    std::string database_ = server_.create_database();

protected:
    postgresql_engine engine{uri()};
};

std::vector<std::string> steps_of(const report& done) {
    std::vector<std::string> result;
    for (const auto& each : done.done) result.push_back(std::string(to_string(each.what)) + " " + each.name);
    return result;
}

TEST_F(postgresql_init, RunsTheMasterFileAndRecordsEveryMigration) {
    EXPECT_THAT(steps_of(init(engine, shop())), ElementsAre("schema schema", "baseline users", "baseline email"));
    EXPECT_EQ(check(engine, shop()), database_state::current);
    EXPECT_THAT(drifted(), IsEmpty());
    EXPECT_EQ(databases(), "0") << "what it compared with is gone";
    rollback(engine, shop(), rollback_to::base());
    EXPECT_THAT(steps_of(init(engine, shop())), Contains("schema schema"));
}

TEST_F(postgresql_init, RecordsOnlyWhereTheTablesAreThereAlready) {
    for (const auto& each : master) ask(each);
    EXPECT_THAT(steps_of(init(engine, shop())), ElementsAre("baseline users", "baseline email"));
    EXPECT_EQ(check(engine, shop()), database_state::current);
}

TEST_F(postgresql_init, RefusesTablesThatAreNotTheProgramsAndNamesEachDifference) {
    ask("CREATE TABLE users (id bigserial PRIMARY KEY, email varchar(20))");
    try {
        init(engine, shop());
        ADD_FAILURE() << "nothing was refused";
    } catch (const error& why) {
        EXPECT_THAT(
            why.details().message,
            HasSubstr("\ncolumn public.users.email: its type should be \"text\" and is \"character varying(20)\""
                      "\ncolumn public.users.how: is missing\nconstraint public.users.has_at: is missing"
                      "\ntype public.mood: is missing\nview public.mails: is missing"));
    }
}

TEST_F(postgresql_init, HappensOnceWhoeverStartsFirst) {
    std::vector<std::thread> starters;
    for (int i = 0; i < 8; ++i) {
        starters.emplace_back([&] {
            postgresql_engine own(uri());
            init(own, shop());
        });
    }
    for (auto& each : starters) each.join();
    EXPECT_EQ(check(engine, shop()), database_state::current);
}

TEST_F(postgresql_init, DriftNamesWhatNobodyMigrated) {
    migrate(engine, shop());
    EXPECT_THAT(drifted(), IsEmpty());
    ask("DROP VIEW mails; ALTER TABLE users ALTER how SET DEFAULT 'well', ADD COLUMN age int; CREATE TABLE notes (id "
        "int);"
        "GRANT SELECT ON users TO PUBLIC; CREATE CAST (mood AS int) WITH INOUT");
    EXPECT_THAT(
        drifted(),
        ElementsAre("column public.users.age: is unexpected",
                    "default public.users.how: its expression should be \"'fine'::public.mood\" and is "
                    "\"'well'::public.mood\"",
                    HasSubstr("object cast"), "table public.notes: is unexpected", "view public.mails: is missing"));
    EXPECT_EQ(databases(), "0");
}

TEST_F(postgresql_init, DriftCanCompareOnAnotherServer) {
    migrate(engine, shop());
    EXPECT_THAT(drift(engine, shop(), *tools_of(engine).inspector(), uri()).differences, IsEmpty());
}

TEST_F(postgresql_init, DriftSaysWhatItNeedsWhereNoDatabaseMayBeMade) {
    migrate(engine, shop());
    ask("DO $$ BEGIN CREATE ROLE varve_reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
        "GRANT SELECT ON varve_ledger, varve_statement TO varve_reader");
    postgresql_engine reader(uri() + (uri().find('?') == std::string::npos ? "?" : "&") + "user=varve_reader");
    try {
        (void)drift(reader, shop(), *tools_of(reader).inspector());
        ADD_FAILURE() << "nothing was refused";
    } catch (const error& why) {
        EXPECT_EQ(why.code(), error_code::permission_denied) << why.what();
        EXPECT_THAT(why.details().hint, HasSubstr("--scratch"));
    }
}

}  // namespace
}  // namespace varve::testing
