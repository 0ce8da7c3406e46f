#include "sqlite_engine_test.hpp"

#include <varve/command_tools.hpp>

#include <gmock/gmock.h>

#include <filesystem>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class sqlite_tools : public sqlite_engine_test {
protected:
    [[nodiscard]] std::string schema_of(const std::string& name) const {
        sqlite_engine engine(file(name));
        return tools_of(engine).show_schema()();
    }
    void execute(const std::string& sql, std::string_view name = "shop.db") const {
        sqlite_handle(file(name)).execute(sql);
    }
};

constexpr const char* everything = R"SQL(
CREATE TABLE "order" /* the customers' */ ( id   INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused
  price REAL DEFAULT .5 CHECK (price >= -1e-3 AND price<>2.5), note TEXT DEFAULT 'it''s; -- no comment', raw BLOB DEFAULT x'00ff',
  [odd name] text, total GENERATED ALWAYS AS (price * (1 + 0.19)) STORED, UNIQUE(note,`odd name`));
CREATE TABLE lines (o INTEGER REFERENCES "order"(id) ON DELETE CASCADE, n INTEGER NOT NULL, PRIMARY KEY (o, n)) WITHOUT ROWID, STRICT;
CREATE UNIQUE INDEX by_note ON "order" (note COLLATE NOCASE DESC) WHERE note IS NOT NULL;
CREATE VIEW b_view AS SELECT * FROM a_view;
CREATE VIEW a_view AS SELECT id, price || '€' AS text FROM "order";
CREATE TRIGGER counting AFTER INSERT ON lines BEGIN UPDATE "order" SET note = CASE WHEN new.n > 1 THEN 'many' ELSE 'one' END WHERE id = new.o; DELETE FROM lines WHERE n < 0; END;
CREATE TRIGGER instead INSTEAD OF DELETE ON a_view BEGIN SELECT 1; END;
CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'porter ascii');
PRAGMA user_version = 7;
)SQL";

TEST_F(sqlite_tools, ASchemaThatIsLoadedIsWrittenAgainByteByByte) {
    execute(everything);
    const std::string first = schema_of("shop.db");
    execute(first, "again.db");
    EXPECT_EQ(schema_of("again.db"), first);
    EXPECT_THAT(first, HasSubstr("CREATE TABLE \"order\" (\n    id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
                                 "    price REAL DEFAULT .5 CHECK(price >= -1e-3 AND price <> 2.5),\n"));
    EXPECT_THAT(first, HasSubstr("UNIQUE(note, `odd name`)\n);"));
    EXPECT_THAT(first, HasSubstr("BEGIN\n    UPDATE \"order\""));
    EXPECT_THAT(first, HasSubstr("PRAGMA user_version = 7;"));
}

TEST_F(sqlite_tools, AnyOrderAndLayoutGivesTheSameSchema) {
    execute("CREATE TABLE b (id INTEGER, n TEXT); CREATE TABLE a (id INTEGER); CREATE INDEX i ON b (n)");
    execute(
        "CREATE TABLE a(\n  id INTEGER -- the key\n); CREATE TABLE b (id INTEGER); ALTER TABLE b ADD COLUMN n TEXT;"
        "CREATE INDEX i ON b(n);",
        "other.db");
    EXPECT_EQ(schema_of("shop.db"), schema_of("other.db"));
}

TEST_F(sqlite_tools, TheLedgerIsNoPartOfTheSchema) {
    create_ledger();
    EXPECT_EQ(schema_of("shop.db"), "-- varve schema 1, sqlite\n");
}

TEST_F(sqlite_tools, AMissingDatabaseHasNoSchemaAndIsNotMade) {
    EXPECT_EQ(error_of([&] { (void)schema_of("missing.db"); }).code, error_code::database_missing);
    EXPECT_FALSE(fs::exists(file("missing.db")));
}

TEST_F(sqlite_tools, AnOverviewCountsTheTablesOfUsers) {
    sqlite_engine missing(file("missing.db"));
    EXPECT_FALSE(missing.overview()->exists);
    EXPECT_FALSE(fs::exists(file("missing.db")));
    create_ledger();
    execute(everything);
    sqlite_engine engine(file());
    EXPECT_TRUE(engine.overview()->exists);
    EXPECT_EQ(engine.overview()->tables, 3U);
    EXPECT_THAT(engine.overview()->server, HasSubstr("SQLite 3."));
}

TEST_F(sqlite_tools, ABackupBringsBackWhatWas) {
    execute("PRAGMA journal_mode = WAL; CREATE TABLE a (id INTEGER); INSERT INTO a VALUES (1), (2)");
    sqlite_engine engine(file());
    const command_tools tools = tools_of(engine);
    tools.backup()->save(file("saved.db"));
    EXPECT_EQ(sqlite_handle(file("saved.db")).value("SELECT count(*) FROM a"), "2");
    execute("DELETE FROM a; CREATE TABLE later (id INTEGER)");
    tools.backup()->restore(file("saved.db"));
    EXPECT_EQ(sqlite_handle(file()).value("SELECT count(*) FROM a"), "2");
    EXPECT_FALSE(has_table("later"));
}

TEST_F(sqlite_tools, ABackupIsMadeWhileSomebodyReads) {
    execute("CREATE TABLE a (id INTEGER); INSERT INTO a VALUES (1)");
    const sqlite_handle reader(file());
    reader.execute("BEGIN; SELECT * FROM a");
    sqlite_engine engine(file());
    tools_of(engine).backup()->save(file("saved.db"));
    EXPECT_EQ(sqlite_handle(file("saved.db")).value("SELECT count(*) FROM a"), "1");
}

TEST_F(sqlite_tools, ADatabaseInMemoryOfTheApplicationIsSavedAndRestored) {
    const sqlite_handle memory(":memory:");
    memory.execute("CREATE TABLE a (id INTEGER)");
    sqlite_engine engine(memory.get());
    const command_tools tools = tools_of(engine);
    tools.backup()->save(file("saved.db"));
    memory.execute("DROP TABLE a");
    tools.backup()->restore(file("saved.db"));
    EXPECT_TRUE(memory.has_table("a"));
    EXPECT_EQ(tools.backup()->name_and_ending(), (std::pair<std::string, std::string>("memory", ".db")));
}

TEST_F(sqlite_tools, ABackupIsNeverWrittenOverAFile) {
    execute("CREATE TABLE a (id INTEGER)");
    place.write("saved.db", "precious");
    sqlite_engine engine(file());
    EXPECT_EQ(error_of([&] { tools_of(engine).backup()->save(file("saved.db")); }).code, error_code::backup_failed);
    EXPECT_EQ(place.read("saved.db"), "precious");
}

TEST_F(sqlite_tools, WhatIsNoBackupChangesNothing) {
    execute("CREATE TABLE a (id INTEGER)");
    place.write("empty.db", "");
    place.write("text.db", std::string(4096, 'x'));
    for (const char* name : {"missing.db", "empty.db", "text.db", ":memory:"}) {
        sqlite_engine engine(file());
        const auto why = error_of([&] { tools_of(engine).backup()->restore(file(name)); });
        EXPECT_EQ(why.code, error_code::backup_failed) << name;
        EXPECT_TRUE(has_table("a")) << name;
    }
    EXPECT_FALSE(fs::exists(file("missing.db")));
}

TEST_F(sqlite_tools, ADamagedBackupChangesNothing) {
    execute(
        "CREATE TABLE a (t TEXT); INSERT INTO a SELECT hex(randomblob(2000)) FROM (SELECT 1 UNION SELECT 2 UNION "
        "SELECT 3)");
    sqlite_engine engine(file());
    tools_of(engine).backup()->save(file("saved.db"));
    std::string bytes = place.read("saved.db");
    for (std::size_t at = 4096; at < 4500; ++at) bytes[at] = 'x';
    place.write("saved.db", bytes);
    execute("CREATE TABLE later (id INTEGER)");
    EXPECT_EQ(error_of([&] { tools_of(engine).backup()->restore(file("saved.db")); }).code, error_code::backup_failed);
    EXPECT_TRUE(has_table("later"));
}

TEST_F(sqlite_tools, ABackupIsNamedAfterItsDatabase) {
    execute("CREATE TABLE a (id INTEGER)");
    sqlite_engine engine(file());
    const auto [name, ending] = tools_of(engine).backup()->name_and_ending();
    EXPECT_EQ(fs::path(name).filename(), "shop");
    EXPECT_EQ(ending, ".db");
}

}  // namespace
}  // namespace varve::testing
