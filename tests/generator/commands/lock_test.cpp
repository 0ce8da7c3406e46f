#include "program.hpp"
#include "restricted.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
class Lock : public testing::Program {};

TEST_F(Lock, ReleasesTheDraftsAndSaysSo) {
    write("migrations/0001_create_users.sql", "CREATE TABLE users (id INTEGER);\n");
    write("migrations/0002_add_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    const auto result = run(source("lock"));
    const std::string file = path("migrations/sqlite.lock").string();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, file + ": released 0001 create_users\n" + file +
                              ": released 0002 add_posts\n"
                              "commit this file; a released migration must not be edited from now on\n");
    EXPECT_EQ(result.err, "");
    EXPECT_THAT(read("migrations/sqlite.lock"),
                StartsWith("varve-lock 1  sqlite  shop_schema\n0001  create_users  up 1:"));
}

TEST_F(Lock, SaysThatThereIsNothingToDo) {
    write("migrations/0001_create_users.sql", "CREATE TABLE users (id INTEGER);\n");
    (void)run(source("lock"));
    const std::string before = read("migrations/sqlite.lock");
    const auto result = run(source("lock"));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, "shop_schema: nothing to do, what is to be locked is in " +
                              path("migrations/sqlite.lock").string() + " already (1 migration)\n");
    EXPECT_EQ(read("migrations/sqlite.lock"), before);
}

TEST_F(Lock, WritesNothingForAnEmptyDirectory) {
    const auto result = run(source("lock"));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, "shop_schema: nothing to do, there are no migrations\n");
    EXPECT_FALSE(exists("migrations/sqlite.lock"));
}

TEST_F(Lock, LocksNothingThatTheBuildWouldRefuse) {
    write("migrations/0001_a.sql", "SELECT 1;\n");
    write("migrations/0002_b.sql", "SELECT 'open;\n");
    const auto result = run(source("lock"));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_FALSE(exists("migrations/sqlite.lock"));
}

TEST_F(Lock, LocksNoDraftWithoutADownIfAskedTo) {
    write("migrations/0001_a.sql", "SELECT 1;\n");
    const auto result = run(source("lock", {"--require-down"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("[M048]"));
    EXPECT_FALSE(exists("migrations/sqlite.lock"));
}

TEST_F(Lock, DoesNotReplaceAFileThatIsReadOnly) {
    write("migrations/0001_a.sql", "SELECT 1;\n");
    (void)run(source("lock"));
    write("migrations/0002_b.sql", "SELECT 2;\n");
    const std::string before = read("migrations/sqlite.lock");
    std::filesystem::permissions(path("migrations"), std::filesystem::perms(0777));
    std::filesystem::permissions(path("migrations/sqlite.lock"), std::filesystem::perms(0444));
    testing::run_result result;
    {
        const testing::somebody_else user;
        result = run(source("lock"));
    }
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("the lock file cannot be written: Permission denied [M046]"));
    EXPECT_EQ(read("migrations/sqlite.lock"), before);
    EXPECT_FALSE(exists("migrations/.sqlite.lock.tmp"));
}

TEST_F(Lock, SaysWhyOnAFullDiskAndKeepsTheOldFile) {
    write("migrations/0001_a.sql", "SELECT 1;\n");
    (void)run(source("lock"));
    write("migrations/0002_b.sql", "SELECT 2;\n");
    const std::string before = read("migrations/sqlite.lock");
    testing::run_result result;
    {
        const testing::no_space full;
        result = run(source("lock"));
    }
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("the lock file cannot be written: File too large [M046]"));
    EXPECT_EQ(read("migrations/sqlite.lock"), before);
    EXPECT_FALSE(exists("migrations/.sqlite.lock.tmp"));
}

TEST_F(Lock, WritesTheFileItIsTold) {
    write("migrations/0001_a.sql", "SELECT 1;\n");
    EXPECT_EQ(run(source("lock", {"--lock-file", path("other.lock").string()})).exit_code, 0);
    EXPECT_THAT(read("other.lock"), StartsWith("varve-lock 1  sqlite  shop_schema\n"));
    EXPECT_FALSE(exists("migrations/sqlite.lock"));
}

TEST_F(Lock, CorrectsADownAndNothingElse) {
    write("migrations/0001_a.sql", "CREATE TABLE a (id INTEGER);\n");
    write("migrations/0001_a.down.sql", "DROP TABLE b;\n");
    (void)run(source("lock", {"--replay", "off"}));
    write("migrations/0001_a.down.sql", "DROP TABLE a;\n");
    write("migrations/0002_b.sql", "CREATE TABLE b (id INTEGER);\n");
    EXPECT_EQ(run(source("check")).exit_code, 1);
    const auto result = run(source("lock", {"--down", "1"}));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("corrected the down of 0001 a\n"));
    EXPECT_EQ(result.out.find("released 0002"), std::string::npos);
    EXPECT_EQ(run(source("check")).exit_code, 0);
}

TEST_F(Lock, AcceptsAChangedMigrationAndNothingElse) {
    write("migrations/0001_a.sql", "CREATE TABLE a (id INTEGER);\n");
    write("migrations/0002_b.sql", "CREATE TABLE b (id INTEGER);\n");
    (void)run(source("lock"));
    const std::string before = read("migrations/sqlite.lock");
    write("migrations/0002_b.sql", "-- varve: no-transaction\nCREATE TABLE b (id INTEGER, name TEXT);\n");
    write("migrations/0002_b.down.sql", "DROP TABLE b;\n");
    write("migrations/0003_c.sql", "CREATE TABLE c (id INTEGER);\n");
    const auto refused = run(source("check"));
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr(" --accept 2"));
    const auto result = run(source("lock", {"--accept", "2"}));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("accepted 0002 b as it is now; each database that has it needs `repair 2"));
    EXPECT_EQ(run(source("check")).exit_code, 0);
    const std::string after = read("migrations/sqlite.lock");
    const std::size_t line = before.find("\n0002") + 1;
    EXPECT_EQ(after.substr(0, line), before.substr(0, line)) << "the other lines stay byte for byte";
    EXPECT_THAT(after.substr(line),
                ::testing::MatchesRegex("0002  b  up 1:[0-9a-f]+  down 1:[0-9a-f]+  no-transaction\n"));
    EXPECT_THAT(run(source("lock", {"--accept", "2"})).out, HasSubstr("nothing to do"));
}

TEST_F(Lock, AcceptsOnlyWhatIsReleased) {
    write("migrations/0001_a.sql", "CREATE TABLE a (id INTEGER);\n");
    EXPECT_THAT(run(source("lock", {"--accept", "1"})).err, HasSubstr("it has no change to accept [M047]"));
    EXPECT_EQ(run(source("lock", {"--accept", "1", "--down", "1"})).exit_code, 2);
}

TEST_F(Lock, IsToldByTheEnvironmentTooWhatToAccept) {
    write("migrations/0001_a.sql", "CREATE TABLE a (id INTEGER);\n");
    (void)run(source("lock"));
    write("migrations/0001_a.sql", "CREATE TABLE a (id INTEGER, name TEXT);\n");
    ::setenv("VARVE_LOCK_ACCEPT", "1", 1);
    const auto result = run(source("lock"));
    ::unsetenv("VARVE_LOCK_ACCEPT");
    EXPECT_THAT(result.out, HasSubstr("accepted 0001 a"));
}

TEST_F(Lock, SaysInJsonWhatItDid) {
    write("migrations/0001_a.sql", "SELECT 1;\n");
    EXPECT_EQ(run(source("lock", {"--format", "json"})).out,
              "{\"released\": [1], \"corrected\": [], \"accepted\": [], \"diagnostics\": []\n}\n");
}

TEST_F(Lock, SaysThatTheFileCannotBeWritten) {
    write("migrations/0001_a.sql", "SELECT 1;\n");
    const auto result = run(source("lock", {"--lock-file", path("nowhere/sqlite.lock").string()}));
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("[M046]"));
}

}  // namespace
}  // namespace varve::generator
