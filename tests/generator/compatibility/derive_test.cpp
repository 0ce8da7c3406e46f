#include "compatibility_scenario.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view shop =
    "CREATE TYPE state AS ENUM ('new', 'sent');\n"
    "CREATE TABLE users (id bigint PRIMARY KEY, email varchar(20) NOT NULL, age int, bio text, level int NOT NULL "
    "DEFAULT 1);\n"
    "CREATE TABLE orders (id bigint PRIMARY KEY, buyer bigint REFERENCES users);\n"
    "CREATE VIEW names AS SELECT id FROM orders;\n";

/// With PostgreSQL's grammar, if it is built in, and with tokens only: both must derive the same.
class Compatibility : public ::testing::TestWithParam<grammar_use> {
protected:
    [[nodiscard]] std::string why(std::string_view draft) const {
        return compatibility_scenario(engine_kind::postgresql, GetParam()).released(shop).draft(draft).why();
    }
};

TEST_P(Compatibility, IsLostWithWhatProgramsName) {
    EXPECT_EQ(why("ALTER TABLE users DROP COLUMN bio;"), "the column users.bio is dropped or renamed");
    EXPECT_EQ(why("ALTER TABLE public.users RENAME bio TO about;"), "the column users.bio is dropped or renamed");
    EXPECT_EQ(why("DROP TABLE orders;"), "the table orders is dropped or renamed");
    EXPECT_EQ(why("ALTER TABLE orders RENAME TO purchases;"), "the table orders is dropped or renamed");
    EXPECT_EQ(why("DROP VIEW names;"), "the view names is dropped or renamed");
    EXPECT_EQ(why("ALTER TABLE orders SET SCHEMA archive;"), "the table orders is dropped or renamed");
}

TEST_P(Compatibility, IsLostWithWhatProgramsMayWrite) {
    EXPECT_EQ(why("ALTER TABLE users ALTER COLUMN age SET NOT NULL;"), "users.age takes no NULL any more");
    EXPECT_EQ(why("ALTER TABLE users ALTER COLUMN email TYPE varchar(10);"),
              "the type of users.email is varchar(10) instead of varchar(20)");
    EXPECT_EQ(why("ALTER TABLE users ALTER COLUMN age TYPE smallint;"),
              "the type of users.age is int2 instead of int4");
    EXPECT_EQ(why("ALTER TABLE users ADD COLUMN phone text NOT NULL;"),
              "a value for the new column users.phone must be given");
    EXPECT_EQ(why("ALTER TABLE users ADD COLUMN phone text; UPDATE users SET phone = ''; ALTER TABLE users ALTER "
                  "COLUMN phone SET NOT NULL;"),
              "a value for the new column users.phone must be given");
    EXPECT_EQ(why("ALTER TABLE users ALTER COLUMN level DROP DEFAULT;"), "users.level has no default any more");
}

TEST_P(Compatibility, IsKeptByWhatOnlyAdds) {
    for (const std::string_view draft :
         {"CREATE TABLE posts (id bigint PRIMARY KEY, body text NOT NULL);", "ALTER TABLE users ADD COLUMN phone text;",
          "ALTER TABLE users ADD COLUMN phone text NOT NULL DEFAULT '';", "CREATE INDEX users_age ON users (age);",
          "ALTER TABLE users ALTER COLUMN email TYPE text;", "ALTER TABLE users ALTER COLUMN email TYPE varchar(40);",
          "ALTER TABLE users ALTER COLUMN age TYPE bigint;", "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
          "ALTER TABLE users ADD COLUMN n bigserial NOT NULL;", "INSERT INTO users (id, email) VALUES (1, 'a');",
          "ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17);", "DROP INDEX IF EXISTS users_age;",
          "DROP TABLE IF EXISTS leftover;"}) {
        EXPECT_EQ(why(draft), "") << draft;
    }
}

TEST_P(Compatibility, IsNotLostWithWhatDraftsMade) {
    EXPECT_EQ(why("CREATE TABLE t (a int, b int); ALTER TABLE t DROP COLUMN a; ALTER TABLE t RENAME TO u;"
                  "DROP TABLE u;"),
              "");
    compatibility_scenario two(engine_kind::postgresql, GetParam());
    two.released(shop).draft("CREATE TABLE t (a int); ALTER TABLE users ADD COLUMN phone text;");
    EXPECT_EQ(two.draft("ALTER TABLE t RENAME a TO b; ALTER TABLE users DROP COLUMN phone; DROP TABLE t;").why(), "");
    EXPECT_EQ(two.draft("ALTER TABLE users DROP COLUMN age;").why(), "the column users.age is dropped or renamed");
}

TEST_P(Compatibility, IsLostIfADraftTightensWhatAnEarlierOneAdded) {
    compatibility_scenario two(engine_kind::postgresql, GetParam());
    two.released(shop).draft("ALTER TABLE users ADD COLUMN phone text;");
    EXPECT_EQ(two.why(), "");
    EXPECT_EQ(two.draft("ALTER TABLE users ALTER COLUMN phone SET NOT NULL;").why(),
              "a value for the new column users.phone must be given");
}

TEST_P(Compatibility, IsKeptByWhatIsMadeAgain) {
    EXPECT_EQ(why("DROP VIEW names; CREATE VIEW names AS SELECT id, buyer FROM orders;"), "");
    EXPECT_EQ(why("DROP TABLE orders; CREATE TABLE orders (id bigint PRIMARY KEY, buyer bigint, note text);"), "");
    EXPECT_EQ(why("DROP TABLE orders; CREATE TABLE orders (id bigint PRIMARY KEY);"),
              "the column orders.buyer is dropped or renamed");
}

TEST_P(Compatibility, OfTablesThatNoMigrationMadeIsJudgedByTheStatement) {
    EXPECT_EQ(why("ALTER TABLE legacy DROP COLUMN a;"), "the column legacy.a is dropped or renamed");
    EXPECT_EQ(why("DROP TABLE legacy;"), "the table legacy is dropped or renamed");
    EXPECT_EQ(why("ALTER TABLE legacy RENAME a TO b;"), "the column legacy.a is dropped or renamed");
    EXPECT_EQ(why("ALTER TABLE legacy ALTER COLUMN a SET NOT NULL;"), "legacy.a takes no NULL any more");
    EXPECT_EQ(why("ALTER TABLE legacy ADD COLUMN a int;"), "");
}

TEST_P(Compatibility, IsSaidInAFewWords) {
    EXPECT_THAT(why("ALTER TABLE users DROP COLUMN bio, DROP COLUMN age, DROP COLUMN level; DROP TABLE orders CASCADE; "
                    "DROP TYPE state;"),
                HasSubstr("; and 2 more"));
}

INSTANTIATE_TEST_SUITE_P(Grammar, Compatibility, ::testing::Values(grammar_use::if_built_in, grammar_use::tokens_only));

std::string on_sqlite(std::string_view draft) {
    return compatibility_scenario(engine_kind::sqlite)
        .released("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, age INT);\n")
        .draft(draft)
        .why();
}

TEST(CompatibilityOnSqlite, OfARebuiltTableIsThatOfItsColumns) {
    const std::string_view rest =
        "INSERT INTO fresh (id, email) SELECT id, email FROM users;\nDROP TABLE users;\nALTER TABLE fresh RENAME TO "
        "users;";
    const auto rebuilt = [&](std::string_view columns) {
        return on_sqlite("CREATE TABLE fresh (" + std::string(columns) + ");\n" + std::string(rest));
    };
    EXPECT_EQ(rebuilt("id INTEGER PRIMARY KEY, email VARCHAR(20), age BIGINT CHECK (age > 0), extra TEXT"), "");
    EXPECT_EQ(rebuilt("id INTEGER PRIMARY KEY, email TEXT"), "the column users.age is dropped or renamed");
    EXPECT_EQ(rebuilt("id INTEGER PRIMARY KEY, email TEXT NOT NULL, age INT"), "users.email takes no NULL any more");
    EXPECT_EQ(rebuilt("id INTEGER PRIMARY KEY, email BLOB, age INT"),
              "the type of users.email is BLOB instead of TEXT");
    EXPECT_EQ(rebuilt("id INTEGER PRIMARY KEY, email TEXT, age INT, extra TEXT NOT NULL"),
              "a value for the new column users.extra must be given");
}

TEST(CompatibilityOnSqlite, IsDerivedWhateverTheCaseOfAName) {
    EXPECT_EQ(on_sqlite("ALTER TABLE Users DROP COLUMN EMAIL;"), "the column users.email is dropped or renamed");
    EXPECT_EQ(on_sqlite("ALTER TABLE users ADD COLUMN phone TEXT;"), "");
}

}  // namespace
}  // namespace varve::generator
