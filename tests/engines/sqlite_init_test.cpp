#include "sqlite_handle.hpp"

#include <support/history_builder.hpp>
#include <support/temporary_directory.hpp>

#include <varve/error.hpp>
#include <varve/init.hpp>
#include <varve/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
     .up = {"CREATE TABLE users (id INTEGER PRIMARY KEY)"},
     .down = {"DROP TABLE users"}},
    {.version = 2,
     .name = "email",
     .up = {"ALTER TABLE users ADD COLUMN email TEXT", "CREATE INDEX by_email ON users (email)"},
     .down = {"DROP INDEX by_email", "ALTER TABLE users DROP COLUMN email"}}};
const std::vector<std::string> master{"CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT)",
                                      "CREATE INDEX by_email ON users (email)"};

const history& shop() {
    static const built_history all("shop", engine_kind::sqlite, migrations, master);
    return all.get();
}
const history& shop_without_master() {
    static const built_history all("shop", engine_kind::sqlite, migrations);
    return all.get();
}

class sqlite_init : public ::testing::Test {
protected:
    [[nodiscard]] std::string file() const { return (directory_.path() / "shop.db").string(); }
    [[nodiscard]] std::vector<std::string> active_rows() {
        std::vector<std::string> result;
        for (const auto& row : engine.read(engine::rows::active).entries)
            if (row.history == "shop") result.push_back(std::string(to_string(row.kind)) + " " + row.name);
        return result;
    }
    [[nodiscard]] std::vector<std::string> drifted(const history& by) {
        std::vector<std::string> result;
        for (const auto& each : drift(engine, by, *tools_of(engine).inspector()).differences)
            result.push_back(drift_text(each));
        return result;
    }
    void execute(const std::string& sql) const { sqlite_handle(file()).execute(sql); }

private:
    temporary_directory directory_;

protected:
    sqlite_engine engine{file()};
};

template <typename Call>
error_details refused(Call call) {
    try {
        call();
    } catch (const error& why) {
        return why.details();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
}

std::vector<std::string> steps_of(const report& done) {
    std::vector<std::string> result;
    for (const auto& each : done.done) result.push_back(std::string(to_string(each.what)) + " " + each.name);
    return result;
}

TEST_F(sqlite_init, RunsTheMasterFileAndRecordsEveryMigration) {
    EXPECT_THAT(steps_of(init(engine, shop())), ElementsAre("schema schema", "baseline users", "baseline email"));
    EXPECT_THAT(active_rows(), ElementsAre("schema schema", "baseline users", "baseline email"));
    EXPECT_EQ(check(engine, shop()), database_state::current);
    EXPECT_THAT(migrate(engine, shop()).done, IsEmpty()) << "nothing is pending, which one query says";
    EXPECT_THAT(drifted(shop()), IsEmpty());
}

TEST_F(sqlite_init, KeepsTheDownsSoThatAnOlderProgramCanGoBack) {
    init(engine, shop());
    const built_history older("shop", engine_kind::sqlite, {migrations.front()});
    options how;
    how.when_newer = newer_database::revert;
    EXPECT_THAT(steps_of(migrate(engine, older.get(), how)), ElementsAre("revert email"));
    rollback(engine, shop(), rollback_to::base());
    EXPECT_THAT(steps_of(init(engine, shop())), ElementsAre("schema schema", "baseline users", "baseline email"))
        << "and begins anew where everything was reverted";
}

TEST_F(sqlite_init, MigratesWhereThereIsNoMasterFile) {
    EXPECT_THAT(steps_of(init(engine, shop_without_master())), ElementsAre("apply users", "apply email"));
}

TEST_F(sqlite_init, LeavesAloneWhatIsInitialised) {
    init(engine, shop());
    const report again = init(engine, shop());
    EXPECT_THAT(again.done, IsEmpty());
    EXPECT_THAT(again.notes, ElementsAre("shop is initialised already"));
    rollback(engine, shop(), rollback_to::last(1));
    EXPECT_THAT(init(engine, shop()).notes,
                ElementsAre("shop is initialised already; 1 pending: `migrate` applies what is pending"));
}

TEST_F(sqlite_init, DoesNothingInADryRun) {
    options how;
    how.mode = run_mode::dry;
    EXPECT_THAT(steps_of(init(engine, shop(), how)), ElementsAre("schema schema", "baseline users", "baseline email"));
    EXPECT_FALSE(engine.overview()->exists);
}

TEST_F(sqlite_init, KeepsNothingOfAMasterFileThatFails) {
    const built_history wrong("shop", engine_kind::sqlite, migrations,
                              {master.front(), "CREATE INDEX i ON nobody (a)"});
    const error_details why = refused([&] { init(engine, wrong.get()); });
    EXPECT_EQ(why.code, error_code::statement_failed);
    EXPECT_EQ(why.file, "schema.sql");
    EXPECT_EQ(why.line, 2U);
    EXPECT_EQ(engine.overview()->tables, 0U);
    EXPECT_THAT(steps_of(init(engine, shop())), Contains("schema schema"));
}

TEST_F(sqlite_init, RecordsOnlyWhereTheTablesAreThereAlready) {
    execute(
        "CREATE TABLE users (email TEXT, id INTEGER PRIMARY KEY); CREATE INDEX by_email ON users (email);"
        "INSERT INTO users VALUES ('a@b', 1)");
    EXPECT_THAT(steps_of(init(engine, shop())), ElementsAre("baseline users", "baseline email"));
    EXPECT_EQ(check(engine, shop()), database_state::current);
    EXPECT_EQ(sqlite_handle(file()).value("SELECT count(*) FROM users"), "1");
}

TEST_F(sqlite_init, RefusesTablesThatAreNotTheProgramsAndNamesEachDifference) {
    execute("CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT)");
    const error_details why = refused([&] { init(engine, shop()); });
    EXPECT_EQ(why.code, error_code::diverged);
    EXPECT_THAT(why.message, HasSubstr("\ncolumn users.email: is missing\ncolumn users.mail: is unexpected\n"
                                       "index by_email: is missing"));
    EXPECT_FALSE(engine.read(engine::rows::active).exists);
    const report accepted =
        init(engine, shop(), {}, {.by = tools_of(engine).inspector(), .when_different = adoption::differences::accept});
    EXPECT_EQ(accepted.done.size(), 2U);
    EXPECT_THAT(accepted.notes, Contains("different: index by_email: is missing"));
}

TEST_F(sqlite_init, RefusesTablesWhereNothingCanCompareThem) {
    execute("CREATE TABLE users (id INTEGER PRIMARY KEY)");
    EXPECT_EQ(refused([&] { init(static_cast<varve::engine&>(engine), shop()); }).code, error_code::invalid_argument);
}

TEST_F(sqlite_init, HappensOnceWhoeverStartsFirst) {
    std::vector<std::thread> starters;
    for (int i = 0; i < 8; ++i) {
        starters.emplace_back([&] {
            sqlite_engine own(file());
            init(own, shop());
        });
    }
    for (auto& each : starters) each.join();
    EXPECT_THAT(active_rows(), ElementsAre("schema schema", "baseline users", "baseline email"));
}

TEST_F(sqlite_init, DriftNamesWhatNobodyMigrated) {
    migrate(engine, shop());
    execute(
        "DROP INDEX by_email; ALTER TABLE users ADD COLUMN age INTEGER; CREATE TABLE notes (id INTEGER);"
        "INSERT INTO notes VALUES (1)");
    EXPECT_THAT(drifted(shop()), ElementsAre("column users.age: is unexpected", "index by_email: is missing",
                                             "table notes: is unexpected"));
}

TEST_F(sqlite_init, DriftComparesWithWhatIsAppliedAndNotWithWhatIsPending) {
    options to_one;
    to_one.to = target::version(1);
    migrate(engine, shop(), to_one);
    const drift_report found = drift(engine, shop(), *tools_of(engine).inspector());
    EXPECT_THAT(found.differences, IsEmpty());
    EXPECT_EQ(found.migrations, 1U);
}

TEST_F(sqlite_init, DriftIsNotToldOfADatabaseThatIsNewerThanTheProgram) {
    migrate(engine, shop());
    const built_history older("shop", engine_kind::sqlite, {migrations.front()});
    const error_details why = refused([&] { (void)drifted(older.get()); });
    EXPECT_EQ(why.code, error_code::diverged);
    EXPECT_THAT(why.problems.at(0).message, HasSubstr("2 email is applied, and this program does not contain it"));
}

}  // namespace
}  // namespace varve::testing
