#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <backup/client_program.hpp>
#include <backup/connection_environment.hpp>
#include <support/history_builder.hpp>
#include <support/postgresql_server.hpp>
#include <support/temporary_directory.hpp>

#include <varve/backup.hpp>
#include <varve/migrate.hpp>
#include <varve/postgresql.hpp>

#include <pqxx/nontransaction>

#include <sys/stat.h>

#include <filesystem>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

class postgresql_backups : public ::testing::Test {
protected:
    std::string ask(const std::string& sql) const {
        pqxx::connection by(uri);
        pqxx::nontransaction work(by);
        const pqxx::result rows = work.exec(sql);
        return rows.empty() ? std::string() : std::string(rows[0][0].c_str());
    }
    [[nodiscard]] std::string file(const std::string& name) const { return (place.path() / name).string(); }
    [[nodiscard]] std::string schema() const {
        postgresql_engine engine(uri);
        return tools_of(engine).show_schema()();
    }

    postgresql_server& server = shared_postgresql_server();
    std::string uri = server.uri(server.create_database());
    temporary_directory place;
};

error_details refusal_of(const std::function<void()>& something) {
    try {
        something();
    } catch (const error& thrown) {
        return thrown.details();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
}

TEST_F(postgresql_backups, BringBackWhatWas) {
    ask("CREATE TABLE customers (id int PRIMARY KEY); INSERT INTO customers VALUES (1), (2); CREATE SCHEMA other; "
        "CREATE TYPE other.mood AS ENUM ('sad')");
    const std::string before = schema();
    const std::string rights =
        ask("SELECT nspowner::regrole || nspacl::text FROM pg_namespace WHERE nspname = 'public'");
    postgresql_backup backup(uri);
    backup.save(file("saved.dump"));
    ask("CREATE TABLE orders (customer int REFERENCES customers); DELETE FROM customers WHERE id = 2; "
        "ALTER TABLE customers ADD COLUMN name text; CREATE SCHEMA later; CREATE TABLE later.a (id int)");
    backup.restore(file("saved.dump"));
    EXPECT_EQ(schema(), before);
    EXPECT_EQ(ask("SELECT count(*) FROM customers"), "2");
    EXPECT_EQ(ask("SELECT nspowner::regrole || nspacl::text FROM pg_namespace WHERE nspname = 'public'"), rights);
}

TEST_F(postgresql_backups, BringBackTheLedgerToo) {
    const built_history shop("shop", engine_kind::postgresql,
                             {{.version = 1, .name = "one", .up = {"CREATE TABLE one (id int)"}},
                              {.version = 2, .name = "two", .up = {"CREATE TABLE two (id int)"}}});
    postgresql_engine engine(uri);
    (void)migrate(engine, shop.get(), {.to = target::version(1)});
    postgresql_backup backup(uri);
    backup.save(file("saved.dump"));
    (void)migrate(engine, shop.get());
    backup.restore(file("saved.dump"));
    EXPECT_EQ(check(engine, shop.get()), database_state::pending);
    EXPECT_EQ(migrate(engine, shop.get()).done.size(), 1U);
}

TEST_F(postgresql_backups, AreReadByTheirOwnerOnly) {
    postgresql_backup(uri).save(file("saved.dump"));
    struct stat seen {};
    ASSERT_EQ(::stat(file("saved.dump").c_str(), &seen), 0);
    EXPECT_EQ(seen.st_mode & 0777U, 0600U);
}

TEST_F(postgresql_backups, AreNeverWrittenOverAFile) {
    place.write("saved.dump", "precious");
    const auto why = refusal_of([&] { postgresql_backup(uri).save(file("saved.dump")); });
    EXPECT_EQ(why.code, error_code::backup_failed);
    EXPECT_EQ(place.read("saved.dump"), "precious");
}

TEST_F(postgresql_backups, LeaveNoFileIfTheyFail) {
    const auto why = refusal_of([&] { postgresql_backup(server.uri("no_such_database")).save(file("saved.dump")); });
    EXPECT_EQ(why.code, error_code::backup_failed);
    EXPECT_THAT(why.message, HasSubstr("no_such_database"));
    EXPECT_FALSE(fs::exists(file("saved.dump")));
}

TEST_F(postgresql_backups, ChangeNothingIfTheFileIsNone) {
    ask("CREATE TABLE a (id int)");
    place.write("text.dump", "no dump");
    for (const char* name : {"text.dump", "missing.dump"}) {
        const auto why = refusal_of([&] { postgresql_backup(uri).restore(file(name)); });
        EXPECT_EQ(why.code, error_code::backup_failed) << name;
        EXPECT_THAT(why.message, HasSubstr("nothing was changed"));
    }
    EXPECT_EQ(ask("SELECT to_regclass('a') IS NOT NULL"), "t");
}

TEST_F(postgresql_backups, ChangeNothingIfTheyCannotBeFilledInAgain) {
    ask("CREATE ROLE gone_soon; CREATE TABLE a (id int); ALTER TABLE a OWNER TO gone_soon");
    postgresql_backup backup(uri);
    backup.save(file("saved.dump"));
    ask("ALTER TABLE a OWNER TO CURRENT_USER; DROP ROLE gone_soon; CREATE TABLE later (id int)");
    const auto why = refusal_of([&] { backup.restore(file("saved.dump")); });
    EXPECT_THAT(why.message, HasSubstr("gone_soon"));
    EXPECT_EQ(ask("SELECT to_regclass('later') IS NOT NULL"), "t");
}

TEST_F(postgresql_backups, AreNotRestoredWhileSomebodyMigrates) {
    ask("CREATE TABLE a (id int)");
    postgresql_backup backup(uri);
    backup.save(file("saved.dump"));
    const built_history shop("shop", engine_kind::postgresql, {{.version = 1, .name = "one", .up = {"SELECT 1"}}});
    for (const char* schema : {"public", "Größe 7"}) {
        postgresql_engine migrating(uri, {.schema = schema});
        (void)migrate(migrating, shop.get());
        ask("CREATE TABLE IF NOT EXISTS later (id int)");
        ASSERT_TRUE(migrating.try_lock());
        const auto why = refusal_of([&] { backup.restore(file("saved.dump")); });
        EXPECT_EQ(why.code, error_code::backup_failed);
        EXPECT_THAT(why.message, HasSubstr("another run of varve is changing this database"));
        EXPECT_EQ(ask("SELECT to_regclass('later') IS NOT NULL"), "t");
        migrating.unlock();
        backup.restore(file("saved.dump"));
        EXPECT_EQ(ask("SELECT to_regclass('later') IS NOT NULL"), "f");
    }
}

TEST_F(postgresql_backups, SayWhatToInstall) {
    const auto why = refusal_of([&] { postgresql_backup(uri, {.programs = place.path()}).save(file("saved.dump")); });
    EXPECT_THAT(why.message, HasSubstr("there is no pg_dump in " + place.path().string()));
    EXPECT_THAT(why.hint, HasSubstr("postgresql-client"));
    EXPECT_FALSE(fs::exists(file("saved.dump")));
}

// A program in the place of pg_dump tells what it was given.
TEST_F(postgresql_backups, GivePasswordsToProgramsInTheirEnvironmentOnly) {
    place.write("pg_dump", "#!/bin/sh\necho \"arguments: $* password: $PGPASSWORD\" >&2\nexit 1\n");
    fs::permissions(place.path() / "pg_dump", fs::perms::owner_all);
    const std::string secret = "s3cret-word";
    postgresql_backup backup("postgresql://ann:" + secret + "@localhost:5/shop?connect_timeout=3",
                             {.programs = place.path()});
    const auto why = refusal_of([&] { backup.save(file("saved.dump")); });
    EXPECT_THAT(why.message, HasSubstr("password: ***"));
    EXPECT_THAT(why.message, Not(HasSubstr(secret)));
    const auto arguments = why.message.substr(0, why.message.find("password:"));
    EXPECT_THAT(arguments, Not(HasSubstr("***")));
    EXPECT_EQ(backup.name_and_ending(), (std::pair<std::string, std::string>("shop", ".dump")));
}

TEST(ConnectionEnvironment, HoldsWhatLibpqReads) {
    const auto read =
        backup::environment_of("host=db.example port=5433 dbname=shop user=ann password=word keepalives=0");
    EXPECT_EQ(read.variables.at("PGHOST"), "db.example");
    EXPECT_EQ(read.variables.at("PGPORT"), "5433");
    EXPECT_EQ(read.variables.at("PGDATABASE"), "shop");
    EXPECT_EQ(read.variables.count("PGSSLMODE"), 0U);
    EXPECT_EQ(read.rest, "keepalives='0'");
}

TEST(ConnectionEnvironment, DoesNotShowWhatItCannotRead) {
    try {
        (void)backup::environment_of("postgresql://ann:secret@[broken/shop");
        FAIL() << "it was read";
    } catch (const error& why) {
        EXPECT_EQ(why.code(), error_code::invalid_argument);
        EXPECT_THAT(why.what(), Not(HasSubstr("secret")));
    }
}

}  // namespace
}  // namespace varve::testing
