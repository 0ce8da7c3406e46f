#include "program.hpp"

#include <replay/replay.hpp>

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class MasterFile : public testing::Program {
protected:
    [[nodiscard]] std::vector<std::string> beside(std::string command) const {
        return source(std::move(command), {"--schema", path("schema.sql").string()});
    }
    [[nodiscard]] std::vector<std::string> alone(std::string command, std::vector<std::string> more = {}) const {
        std::vector<std::string> words{
            std::move(command), "--schema", path("schema.sql").string(), "--engine", "sqlite", "--name", "shop_schema"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    [[nodiscard]] std::vector<std::string> outputs() const {
        return {"--namespace", "shop",
                "--cpp",       path("out/shop.cpp").string(),
                "--header",    path("out/shop.hpp").string(),
                "--stamp",     path("out/shop.stamp").string(),
                "--depfile",   path("out/shop.d").string()};
    }
};

TEST_F(MasterFile, IsEmbeddedBesideTheMigrationsAndIsADependencyOfTheBuild) {
    write("migrations/0001_users.sql", "CREATE TABLE users (id INTEGER);\n");
    write("schema.sql", "CREATE TABLE users (id INTEGER);\n");
    const auto result = embed({"--schema", path("schema.sql").string()});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(read("out/shop.cpp"), HasSubstr("master_file"));
    EXPECT_THAT(read("out/shop.d"), HasSubstr("schema.sql"));
}

TEST_F(MasterFile, AloneIsTheOnlyMigration) {
    write("schema.sql", "CREATE TABLE users (id INTEGER);\n");
    const auto result = run(alone("embed", outputs()));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "") << "there is nothing to be locked";
    EXPECT_THAT(read("out/shop.cpp"), HasSubstr("from the master file \"schema.sql\""));
    EXPECT_THAT(read("out/shop.cpp"), Not(HasSubstr("master_file")));
    EXPECT_THAT(run(alone("check")).out, HasSubstr("shop_schema: 1 migration, 0 released"));
}

TEST_F(MasterFile, AloneHasNothingThatIsAboutMigrations) {
    write("schema.sql", "CREATE TABLE users (id INTEGER);\n");
    EXPECT_THAT(run(alone("lock")).err, HasSubstr("--directory is required"));
    EXPECT_THAT(run(alone("check", {"--require-locked"})).err,
                HasSubstr("without --directory there are no migrations"));
    EXPECT_THAT(run({"check", "--engine", "sqlite", "--name", "shop"}).err, HasSubstr("--directory is required"));
}

TEST_F(MasterFile, ThatCannotBeReadIsAnError) {
    EXPECT_THAT(run(alone("check")).err, HasSubstr("error: the master file cannot be read"));
    EXPECT_THAT(run(beside("check")).err, HasSubstr("error: the master file cannot be read"));
}

TEST_F(MasterFile, IsCheckedLikeAScriptThatRunsInATransaction) {
    write("schema.sql", "CREATE TABLE users (id INTEGER);\nCOMMIT;\nSELECT ?1;\nVACUUM;\n");
    const auto result = run(alone("check"));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("schema.sql:2:1: error: "));
    EXPECT_THAT(result.err, HasSubstr("schema.sql:3:8: error: "));
    EXPECT_THAT(result.err, HasSubstr("schema.sql:4:1: error: "));
    write("schema.sql", "VACUUM;\n");
    EXPECT_THAT(run(alone("check")).err, HasSubstr("schema.sql:1:1: error: the master file runs in one transaction"));
}

TEST_F(MasterFile, MayUseTheSameVariables) {
    write("migrations/0001_users.sql", "CREATE TABLE users (id INTEGER);\n");
    write("schema.sql", "CREATE TABLE ${table} (id INTEGER);\n");
    auto words = beside("check");
    words.insert(words.end(), {"--variable", "table=users"});
    EXPECT_EQ(run(words).exit_code, 0);
}

TEST_F(MasterFile, IsComparedWithTheMigrationsObjectByObject) {
    if (replaying_sqlite().empty()) GTEST_SKIP() << "this generator was built without SQLite";
    write("migrations/0001_users.sql",
          "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);\nCREATE INDEX by_email ON users (email);\n");
    write("migrations/0002_posts.sql", "ALTER TABLE users ADD COLUMN name TEXT;\nPRAGMA user_version = 7;\n");
    write("schema.sql",
          "CREATE TABLE users (\"id\" integer primary key, name TEXT, mail TEXT);\nCREATE TABLE more (id INTEGER);\n");
    const auto result = run(beside("check"));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("schema.sql:1:1: error: the master file does not make the schema that the "
                                      "migrations make: index `by_email` on `users` is made by the migrations, but "
                                      "not by the master file [M621]"));
    EXPECT_THAT(result.err, HasSubstr("also: table `more` is made by the master file, but not by the migrations"));
    EXPECT_THAT(result.err,
                HasSubstr("also: table `users` lacks `email text`, has `mail text`, which the migrations do not make"));
    EXPECT_THAT(result.err, HasSubstr("also: PRAGMA user_version is 0, and 7 after the migrations"));
}

}  // namespace
}  // namespace varve::generator
