// What verify on PostgreSQL says of rows: those that earlier migrations wrote, and the numbers that they were given.
#include "support/history_builder.hpp"
#include "support/postgresql_server.hpp"

#include "scratch/postgresql_scratch.hpp"

#include <varve/verify.hpp>

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace varve {
namespace {

using testing::built_history;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::migration_text;
using testing::shared_postgresql_server;

verify_report verified(const std::vector<migration_text>& migrations) {
    const built_history what("shop", engine_kind::postgresql, migrations);
    auto& server = shared_postgresql_server();
    const auto fresh = [&] { return server.uri(server.create_database()); };
    scratch::postgresql_scratch database(fresh(), fresh);
    return verify(database, {}, what);
}

const migration_text users{.version = 1,
                           .name = "users",
                           .up = {"CREATE TABLE users (id serial PRIMARY KEY, name text, age integer)",
                                  "INSERT INTO users (name, age) VALUES ('Ada', 36), ('Grace', 85)"}};

// What is found about a migration behind `users`.
std::vector<std::string> left_by(const std::vector<std::string>& up, const std::vector<std::string>& down) {
    const auto report = verified({users, {.version = 2, .name = "x", .up = up, .down = down, .released = false}});
    EXPECT_EQ(report.migrations, 2U);
    return report.findings.empty() ? std::vector<std::string>{} : report.findings.front().details;
}

TEST(RowsOnPostgresql, AreNamedIfADownLeavesOthers) {
    EXPECT_THAT(left_by({"INSERT INTO users (id, name) VALUES (7, 'Joan')"}, {"DELETE FROM users WHERE id > 1"}),
                ElementsAre(R"(row of public.users ({"id": 2, "age": 85, "name": "Grace"}): is gone)"));
    EXPECT_THAT(left_by({"UPDATE users SET age = age + 1 WHERE id = 1"}, {"SELECT 1"}),
                ElementsAre(R"(row of public.users ({"id": 1, "age": 36, "name": "Ada"}): is gone)",
                            R"(row of public.users ({"id": 1, "age": 37, "name": "Ada"}): is left behind)"));
}

TEST(RowsOnPostgresql, AreNamedIfAChangeOfTheTableLostThem) {
    EXPECT_THAT(left_by({"TRUNCATE users"}, {"SELECT 1"}),
                ElementsAre(R"(row of public.users ({"id": 1, "age": 36, "name": "Ada"}): is gone)",
                            R"(row of public.users ({"id": 2, "age": 85, "name": "Grace"}): is gone)"));
    EXPECT_THAT(left_by({"ALTER TABLE users DROP age"}, {"ALTER TABLE users ADD age integer"}), ::testing::SizeIs(4));
    EXPECT_THAT(left_by({"DROP TABLE users"}, {"CREATE TABLE users (id serial PRIMARY KEY, name text, age integer)"}),
                ElementsAre(R"(row of public.users ({"id": 1, "age": 36, "name": "Ada"}): is gone)",
                            R"(row of public.users ({"id": 2, "age": 85, "name": "Grace"}): is gone)"));
}

TEST(RowsOnPostgresql, AreTheSameWhereverTheirColumnsStand) {
    EXPECT_THAT(left_by({"ALTER TABLE users ADD born date", "UPDATE users SET age = 0 WHERE id = 1",
                         "SET timezone TO 'Asia/Tokyo'"},
                        {"UPDATE users SET age = 36 WHERE id = 1", "ALTER TABLE users DROP born"}),
                IsEmpty());
    EXPECT_THAT(left_by({"CREATE TABLE kept AS SELECT id, age FROM users", "ALTER TABLE users DROP age"},
                        {"ALTER TABLE users ADD age integer",
                         "UPDATE users SET age = kept.age FROM kept WHERE kept.id = users.id", "DROP TABLE kept"}),
                IsEmpty());
}

TEST(RowsOnPostgresql, AreCountedWhereThereAreMany) {
    EXPECT_THAT(verified({users,
                          {.version = 2,
                           .name = "many",
                           .up = {"INSERT INTO users (name) SELECT 'x' FROM generate_series(1, 2000)"}},
                          {.version = 3, .name = "x", .up = {"UPDATE users SET age = 1"}, .down = {"SELECT 1"}}})
                    .findings.at(0)
                    .details,
                ElementsAre(::testing::StartsWith("rows of public.users: its number was \"2002 with the sum ")));
}

TEST(RowsOnPostgresql, AreComparedWhereAScriptRunsWithoutATransaction) {
    const auto report =
        verified({users,
                  {.version = 2,
                   .name = "x",
                   .up = {"CREATE INDEX CONCURRENTLY i ON users (age)", "DELETE FROM users WHERE id = 1"},
                   .down = {"DROP INDEX CONCURRENTLY i"},
                   .mode = transaction_mode::no_transaction}});
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_THAT(report.findings[0].details,
                ElementsAre(R"(row of public.users ({"id": 1, "age": 36, "name": "Ada"}): is gone)"));
}

// A sequence gives no number twice, whatever is rolled back; and nothing but the ups runs in production.
TEST(NumbersOnPostgresql, AreThoseThatProductionWillGive) {
    const auto report = verified({
        users,
        {.version = 2,
         .name = "roles",
         .up = {"CREATE TABLE roles (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"}},
        {.version = 3,
         .name = "joan",
         .up = {"INSERT INTO users (name) VALUES ('Joan')", "INSERT INTO roles DEFAULT VALUES"},
         .down = {"DELETE FROM roles", "DELETE FROM users WHERE name = 'Joan'"}},
        {.version = 4,
         .name = "fails_at_first",
         .up = {"INSERT INTO users (name) VALUES ('Alan')", "INSERT INTO users (id) SELECT 9 FROM users"},
         .down = {"SELECT 1"}},
    });
    EXPECT_EQ(report.migrations, 3U);
    const auto right =
        verified({users,
                  {.version = 2,
                   .name = "roles",
                   .up = {"CREATE TABLE roles (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"}},
                  {.version = 3,
                   .name = "joan",
                   .up = {"INSERT INTO users (name) VALUES ('Joan')", "INSERT INTO roles DEFAULT VALUES"},
                   .down = {"DELETE FROM roles", "DELETE FROM users WHERE name = 'Joan'"}},
                  {.version = 4,
                   .name = "posts",
                   .up = {"CREATE TABLE posts (author integer REFERENCES users, role integer REFERENCES roles)",
                          "INSERT INTO posts VALUES (3, 1)"}}});
    EXPECT_THAT(right.findings, IsEmpty());
}

TEST(NumbersOnPostgresql, AreThoseOfProductionWithoutATransactionToo) {
    const auto report =
        verified({users,
                  {.version = 2,
                   .name = "joan",
                   .up = {"INSERT INTO users (name) VALUES ('Joan')", "CREATE INDEX CONCURRENTLY i ON users (age)"},
                   .down = {"DROP INDEX CONCURRENTLY i", "DELETE FROM users WHERE name = 'Joan'"},
                   .mode = transaction_mode::no_transaction},
                  {.version = 3,
                   .name = "posts",
                   .up = {"CREATE TABLE posts (author integer REFERENCES users)", "INSERT INTO posts VALUES (3)"}}});
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.migrations, 3U);
}

}  // namespace
}  // namespace varve
