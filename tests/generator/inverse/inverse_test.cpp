// What the comments of an inverse say, and what has none. That the statements are right, real databases say.
#include "inverse_scenario.hpp"

namespace varve::generator {
namespace {

constexpr const char* users = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);";

std::string problems_on_sqlite(const std::string& up) { return infer({users, up}, engine_kind::sqlite).problems; }

TEST(Inverse, MarksWhatIsLost) {
    EXPECT_EQ(infer({users, "ALTER TABLE users ADD phone TEXT;\nCREATE INDEX users_phone ON users (phone);"},
                    engine_kind::sqlite)
                  .script,
              "\nDROP INDEX users_phone;\n\n-- loses data: what was written to users.phone since\n"
              "ALTER TABLE users DROP COLUMN phone;\n");
    EXPECT_EQ(infer({"CREATE TABLE \"Order\" (id INTEGER);"}, engine_kind::sqlite).script,
              "\n-- loses data: the rows of \"Order\"\nDROP TABLE \"Order\";\n");
}

TEST(Inverse, OfAMigrationThatChangesNothingIsEmpty) {
    EXPECT_EQ(infer({"-- only words\n"}, engine_kind::sqlite).script, "");
    EXPECT_EQ(infer({users, "ANALYZE; REINDEX users;"}, engine_kind::sqlite).script, "");
}

TEST(Inverse, RefusesWhatIsGone) {
    EXPECT_EQ(problems_on_sqlite("DROP TABLE users;"), "1: DROP TABLE users: its rows are gone\n");
    EXPECT_EQ(problems_on_sqlite("ALTER TABLE users DROP COLUMN email;"),
              "1: DROP COLUMN users.email: what was in it is gone\n");
    EXPECT_EQ(problems_on_sqlite("SELECT 1;\nDELETE FROM users;\nINSERT INTO users SELECT 1, '';"),
              "1: SELECT 1: what the code does is not known\n"
              "2: DELETE FROM users: the rows are gone\n"
              "3: INSERT INTO users: which of the rows are still those it wrote is not known\n");
}

TEST(Inverse, DeletesRowsThatWereInsertedUnderAKnownKey) {
    const std::string two = "CREATE TABLE likes (post INTEGER, \"By it\" TEXT, PRIMARY KEY (post, \"By it\"));";
    EXPECT_EQ(infer({users, "INSERT INTO users VALUES (1, 'a'), (-2, upper('b'));"}, engine_kind::sqlite).script,
              "\n-- loses data: what was written to these rows since\nDELETE FROM users WHERE id IN (1, -2);\n");
    EXPECT_EQ(infer({users, "INSERT INTO users (email, id) VALUES (NULL, 7);"}, engine_kind::sqlite).statements,
              std::vector<std::string>{"DELETE FROM users WHERE id = 7"});
    EXPECT_EQ(infer({two, "INSERT INTO likes VALUES (1, 'it''s'), (2, 'b');"}, engine_kind::sqlite).statements,
              std::vector<std::string>{
                  "DELETE FROM likes WHERE post = 1 AND \"By it\" = 'it''s' OR post = 2 AND \"By it\" = 'b'"});
    for (const char* other :
         {"INSERT INTO users (email) VALUES ('a');", "INSERT INTO users (id) VALUES (1 + 1);",
          "INSERT INTO users (id) VALUES (NULL);", "INSERT INTO users (id) VALUES (1) ON CONFLICT DO NOTHING;",
          "INSERT OR IGNORE INTO users (id) VALUES (1);", "REPLACE INTO users (id) VALUES (1);",
          "INSERT INTO users DEFAULT VALUES;", "INSERT INTO unknown (id) VALUES (1);"}) {
        EXPECT_NE(problems_on_sqlite(other), "") << other;
    }
}

TEST(Inverse, DoesNotMindRowsOfATableThatGoes) {
    EXPECT_EQ(problems_on_sqlite("CREATE TABLE posts (id INTEGER); INSERT INTO posts VALUES (1); UPDATE posts SET id ="
                                 " 2; CREATE TEMP TABLE t (a); INSERT INTO t SELECT id FROM users; DROP TABLE t;"),
              "");
}

TEST(Inverse, RefusesWhatMayHaveBeenThereBefore) {
    EXPECT_EQ(problems_on_sqlite("CREATE TABLE IF NOT EXISTS posts (id);"),
              "1: CREATE TABLE IF NOT EXISTS posts: the table may have been there before\n");
    EXPECT_EQ(infer({users, "CREATE TABLE IF NOT EXISTS users (id);"}, engine_kind::sqlite).script,
              "\n-- nothing to undo: users was there already, since 0001_m.sql:1\n");
    EXPECT_EQ(problems_on_sqlite("CREATE INDEX IF NOT EXISTS i ON elsewhere (a);"),
              "1: CREATE INDEX IF NOT EXISTS i: IF NOT EXISTS leaves open whether this migration made it\n");
}

TEST(Inverse, RefusesTextsThatNoLongerHold) {
    EXPECT_EQ(
        infer({users, "CREATE VIEW v AS SELECT email FROM users;", "ALTER TABLE users RENAME email TO mail;",
               "DROP VIEW v;"},
              engine_kind::sqlite)
            .problems,
        "1: DROP VIEW v: 0003_m.sql:1 gave email, which its text in 0002_m.sql:1 names, another name or schema\n");
    EXPECT_EQ(infer({users, "DROP TRIGGER never_made;"}, engine_kind::sqlite).problems,
              "1: DROP TRIGGER never_made: no migration before makes it\n");
}

}  // namespace
}  // namespace varve::generator
