#include "sqlite_engine_test.hpp"

#include <gmock/gmock.h>

#include <filesystem>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using rows = engine::rows;
namespace fs = std::filesystem;

/// What reading a database comes to, for a test that asks another process.
std::string reading(const std::string& name) {
    try {
        sqlite_engine db(name);
        return db.read(rows::all).exists ? "a ledger" : "no ledger";
    } catch (const error& thrown) {
        return std::string(to_string(thrown.code())) + ": " + thrown.what();
    }
}

std::string writing(const std::string& name) {
    try {
        sqlite_engine db(name);
        const std::int64_t next = db.read(rows::all).revision + 1;
        return perform_next(db, migrating(next, {"CREATE TABLE written (id integer)"})) == outcome::done ? "done"
                                                                                                         : "not done";
    } catch (const error& thrown) {
        return std::string(to_string(thrown.code())) + ": " + thrown.what();
    }
}

void allow_everything(const fs::path& path) { fs::permissions(path, fs::perms::all); }

class sqlite_opening : public sqlite_engine_test {};

}  // namespace

TEST_F(sqlite_opening, CreatesNoFileByReading) {
    sqlite_engine db(file());
    EXPECT_FALSE(db.is_current({}));
    EXPECT_FALSE(db.read(rows::all).exists);
    EXPECT_TRUE(db.read_statements(1, direction::up).empty());
    EXPECT_FALSE(fs::exists(file()));
}

TEST_F(sqlite_opening, CreatesTheFileWithTheFirstWrite) {
    sqlite_engine db(file());
    EXPECT_FALSE(db.read(rows::all).exists);
    ASSERT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
    EXPECT_TRUE(fs::exists(file()));
    EXPECT_TRUE(db.read(rows::all).exists);
}

TEST_F(sqlite_opening, CreatesNoFileForAPlanMadeOnALedger) {
    sqlite_engine db(file());
    EXPECT_EQ(perform(db, 1, {running({"CREATE TABLE a (id integer)"})}), outcome::moved);
    EXPECT_FALSE(fs::exists(file()));
}

TEST_F(sqlite_opening, SeesAFileThatAppearsLater) {
    sqlite_engine db(file());
    EXPECT_FALSE(db.read(rows::all).exists);
    create_ledger();
    EXPECT_TRUE(db.read(rows::all).exists);
}

TEST_F(sqlite_opening, TakesAnEmptyFileForADatabaseWithoutALedger) {
    place.write("shop.db", "");
    sqlite_engine db(file());
    EXPECT_FALSE(db.read(rows::all).exists);
    EXPECT_EQ(fs::file_size(file()), 0U);
    EXPECT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
}

TEST_F(sqlite_opening, KeepsADatabaseInMemoryAsLongAsTheEngine) {
    sqlite_engine db(":memory:");
    EXPECT_FALSE(db.read(rows::all).exists);
    ASSERT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
    EXPECT_TRUE(db.read(rows::all).exists);
    EXPECT_EQ(db.location(), ":memory:");
}

TEST_F(sqlite_opening, UnderstandsUris) {
    sqlite_engine shared("file:varve_test_shared?mode=memory&cache=shared");
    ASSERT_EQ(perform(shared, std::nullopt, creating_the_ledger(shared)), outcome::done);
    sqlite_engine other("file:varve_test_shared?mode=memory&cache=shared");
    EXPECT_TRUE(other.read(rows::all).exists);

    sqlite_engine on_disk("file://" + file("with space.db").replace(file("with space.db").find(' '), 1, "%20"));
    ASSERT_EQ(perform(on_disk, std::nullopt, creating_the_ledger(on_disk)), outcome::done);
    EXPECT_TRUE(fs::exists(file("with space.db")));
}

TEST_F(sqlite_opening, CreatesNothingByReadingWhateverTheUriAllows) {
    sqlite_engine db("file:" + file() + "?mode=rwc&cache=private");
    EXPECT_FALSE(db.read(rows::all).exists);
    EXPECT_FALSE(fs::exists(file()));
    ASSERT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
    EXPECT_TRUE(fs::exists(file()));
}

TEST_F(sqlite_opening, ObeysAUriThatForbidsToCreate) {
    sqlite_engine db("file:" + file() + "?mode=rw");
    EXPECT_FALSE(db.read(rows::all).exists);
    const auto refused = error_of([&] { (void)perform(db, std::nullopt, creating_the_ledger(db)); });
    EXPECT_EQ(refused.code, error_code::database_missing);
    EXPECT_THAT(refused.hint, HasSubstr("mode=rw"));
    EXPECT_FALSE(fs::exists(file()));
}

TEST_F(sqlite_opening, ObeysAUriThatForbidsToWrite) {
    create_ledger();
    sqlite_engine db("file:" + file() + "?mode=ro");
    EXPECT_TRUE(db.read(rows::all).exists);
    const auto refused = error_of([&] { (void)perform(db, 1, {migrating(2, {})}); });
    EXPECT_EQ(refused.code, error_code::read_only);
    EXPECT_THAT(refused.message, HasSubstr("is read-only"));
}

TEST_F(sqlite_opening, ShowsNoKeyOfAnEncryptedDatabase) {
    EXPECT_EQ(sqlite_engine("file:shop.db?key=secret&mode=ro&hexkey=00ff").location(),
              "file:shop.db?key=***&mode=ro&hexkey=***");
    EXPECT_EQ(sqlite_engine("file:shop.db?textkey=a#b").location(), "file:shop.db?textkey=***#b");
}

TEST_F(sqlite_opening, RefusesANameThatNamesNothing) {
    for (const char* name : {"", "file:", "file://", "file:?cache=shared"}) {
        sqlite_engine db(name);
        const auto refused = error_of([&] { (void)db.read(rows::all); });
        EXPECT_EQ(refused.code, error_code::invalid_argument) << name;
        EXPECT_THAT(refused.message, HasSubstr("empty")) << name;
    }
    sqlite_engine with_nul(std::string("shop\0.db", 8));
    EXPECT_EQ(error_of([&] { (void)with_nul.read(rows::all); }).code, error_code::invalid_argument);
    sqlite_engine null(static_cast<sqlite3*>(nullptr));
    EXPECT_EQ(error_of([&] { (void)null.read(rows::all); }).code, error_code::invalid_argument);
    sqlite_engine unknown_system("file:shop.db?vfs=nonsense");
    EXPECT_EQ(error_of([&] { (void)unknown_system.read(rows::all); }).code, error_code::invalid_argument);
}

TEST_F(sqlite_opening, SaysThatTheDirectoryIsMissing) {
    sqlite_engine db(file("no/such/directory/shop.db"));
    EXPECT_FALSE(db.read(rows::all).exists);
    const auto refused = error_of([&] { (void)perform(db, std::nullopt, creating_the_ledger(db)); });
    EXPECT_EQ(refused.code, error_code::database_missing);
    EXPECT_THAT(refused.message, HasSubstr("the directory " + file("no/such/directory") + " does not exist"));
    EXPECT_FALSE(fs::exists(file("no")));
}

TEST_F(sqlite_opening, SaysThatTheNameIsADirectory) {
    fs::create_directory(file("folder"));
    sqlite_engine db(file("folder"));
    for (const auto& refused : {error_of([&] { (void)db.read(rows::all); }),
                                error_of([&] { (void)perform(db, std::nullopt, creating_the_ledger(db)); })}) {
        EXPECT_EQ(refused.code, error_code::database_unusable);
        EXPECT_THAT(refused.message, HasSubstr("it is a directory"));
    }
}

TEST_F(sqlite_opening, SaysThatAFileStandsWhereADirectoryShould) {
    place.write("file", "");
    sqlite_engine db(file("file/shop.db"));
    EXPECT_EQ(error_of([&] { (void)db.read(rows::all); }).code, error_code::database_missing);
}

TEST_F(sqlite_opening, SaysThatAFileIsNoDatabase) {
    const std::string text(5000, 'x');
    place.write("shop.db", text);
    sqlite_engine db(file());
    for (const auto& refused : {error_of([&] { (void)db.is_current({}); }), error_of([&] { (void)db.read(rows::all); }),
                                error_of([&] { (void)perform(db, std::nullopt, creating_the_ledger(db)); })}) {
        EXPECT_EQ(refused.code, error_code::database_unusable);
        EXPECT_EQ(refused.sqlstate, "SQLITE_NOTADB");
        EXPECT_THAT(refused.message, HasSubstr("file is not a database"));
        EXPECT_FALSE(refused.hint.empty());
    }
    EXPECT_EQ(place.read("shop.db"), text);
}

TEST_F(sqlite_opening, SaysThatADatabaseIsCorrupt) {
    create_ledger();
    std::string bytes = place.read("shop.db");
    for (std::size_t at = 100; at < 400; ++at) bytes[at] = static_cast<char>(0xff);
    place.write("shop.db", bytes);
    sqlite_engine db(file());
    const auto refused = error_of([&] { (void)db.read(rows::all); });
    EXPECT_EQ(refused.code, error_code::database_unusable);
    EXPECT_THAT(refused.sqlstate, StartsWith("SQLITE_CORRUPT"));
    EXPECT_EQ(error_of([&] { (void)perform(db, 1, {migrating(2, {})}); }).code, error_code::database_unusable);
    EXPECT_EQ(place.read("shop.db"), bytes);
}

TEST_F(sqlite_opening, SaysThatATableOfTheLedgersNameIsNone) {
    sqlite_handle(file()).execute("CREATE TABLE varve_ledger (id integer)");
    sqlite_engine db(file());
    const auto refused = error_of([&] { (void)db.is_current({}); });
    EXPECT_EQ(refused.code, error_code::database_unusable);
    EXPECT_THAT(refused.message, HasSubstr("no such column"));
    EXPECT_THAT(refused.hint, HasSubstr("varve_ledger"));
}

TEST_F(sqlite_opening, ReadsWhatMayNotBeWritten) {
    create_ledger();
    allow_everything(place.path());
    fs::permissions(file(), fs::perms::owner_read | fs::perms::others_read);
    EXPECT_EQ(without_rights([&] { return reading(file()); }), "a ledger");
    EXPECT_THAT(without_rights([&] { return writing(file()); }), StartsWith("read_only: "));
    EXPECT_FALSE(has_table("written"));
}

TEST_F(sqlite_opening, SaysThatTheDirectoryMustBeWritable) {
    create_ledger();
    allow_everything(file());
    fs::permissions(place.path(), fs::perms::others_read | fs::perms::others_exec | fs::perms::owner_all);
    EXPECT_EQ(without_rights([&] { return reading(file()); }), "a ledger");
    const std::string refused = without_rights([&] { return writing(file()); });
    EXPECT_THAT(refused, StartsWith("read_only: "));
    EXPECT_THAT(refused, HasSubstr("the directory must be writable"));
    EXPECT_THAT(without_rights([&] { return writing(file("new.db")); }), StartsWith("permission_denied: "));
    EXPECT_FALSE(has_table("written"));
}

TEST_F(sqlite_opening, SaysThatTheFileMayNotBeRead) {
    create_ledger();
    allow_everything(place.path());
    fs::permissions(file(), fs::perms::owner_read);
    EXPECT_THAT(without_rights([&] { return reading(file()); }), StartsWith("permission_denied: "));
}

TEST_F(sqlite_opening, WorksInWalMode) {
    sqlite_handle(file()).execute("PRAGMA journal_mode = wal");
    create_ledger();
    sqlite_engine db(file());
    ASSERT_EQ(perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)"})}), outcome::done);
    EXPECT_EQ(sqlite_handle(file()).value("PRAGMA journal_mode"), "wal");
    EXPECT_TRUE(has_table("a"));
}

}  // namespace varve::testing
