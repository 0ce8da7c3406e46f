// The same, for what only PostgreSQL's grammar tells.
#include "inverse_scenario.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;

inferred of(const std::string& before, const std::string& up) { return infer({before, up}, engine_kind::postgresql); }

constexpr const char* people =
    "CREATE TABLE users (id int PRIMARY KEY, email varchar(20) NOT NULL, age bigint);\n"
    "CREATE TYPE mood AS ENUM ('sad');\n"
    "CREATE VIEW mails AS SELECT email FROM users;\n"
    "GRANT SELECT ON mails TO reader;\n";

TEST(InverseOnPostgresql, MarksWhatMayFailAndWhatToCheck) {
    EXPECT_EQ(of(people, "ALTER TABLE users ALTER email DROP NOT NULL, ALTER email TYPE text;").script,
              "\n-- may fail: texts longer than 20 characters\nALTER TABLE users ALTER COLUMN email TYPE varchar(20);\n"
              "\n-- may fail: rows with NULL\nALTER TABLE users ALTER COLUMN email SET NOT NULL;\n");
    EXPECT_EQ(of(people, "DROP VIEW mails;").script,
              "\n-- check: 0001_m.sql:4 is about it too: GRANT SELECT ON mails TO reader\n"
              "CREATE VIEW mails AS SELECT email FROM users;\n");
    EXPECT_EQ(of(people, "ALTER TABLE users VALIDATE CONSTRAINT c;").script,
              "\n-- nothing to undo: VALIDATE CONSTRAINT c only looked at the rows\n");
}

TEST(InverseOnPostgresql, UndoesAUsingThatOnlyCasts) {
    for (const char* cast : {"email::text", "(email::text)"}) {
        EXPECT_EQ(of(people, "ALTER TABLE users ALTER email TYPE text USING " + std::string(cast) + ";").statements,
                  std::vector<std::string>{"ALTER TABLE users ALTER COLUMN email TYPE varchar(20)"});
    }
    EXPECT_NE(of(people, "ALTER TABLE users ALTER email TYPE text USING email::char(2);").problems, "");
    EXPECT_NE(of(people, "ALTER TABLE users ALTER email TYPE text USING age::text;").problems, "");
}

TEST(InverseOnPostgresql, ResetsParametersThatNothingSetBefore) {
    const std::string sets = "ALTER TABLE users SET (fillfactor = 70, toast.autovacuum_enabled = off);";
    EXPECT_EQ(of(people, sets).statements,
              std::vector<std::string>{"ALTER TABLE users RESET (fillfactor, toast.autovacuum_enabled)"});
    EXPECT_EQ(of(people + std::string("ALTER TABLE users SET (fillfactor = 80);"), sets).problems,
              "1: SET (fillfactor = 70, toast.autovacuum_enabled = off) of users: what it was before is not known\n");
    EXPECT_NE(of("CREATE TABLE users (id int) WITH (fillfactor = 80);", sets).problems, "");
}

TEST(InverseOnPostgresql, RefusesWhatIsNotCertain) {
    const auto problem = [](const std::string& up) { return of(people, up).problems; };
    EXPECT_EQ(problem("ALTER TABLE users ALTER age TYPE int;"),
              "1: TYPE int4 of users.age: not every int8, which it was since 0001_m.sql:1, comes back from it as it "
              "was\n");
    EXPECT_EQ(problem("ALTER TABLE users ALTER age TYPE numeric USING age / 2;"),
              "1: TYPE numeric of users.age: nobody knows the values that USING replaced\n");
    EXPECT_EQ(problem("ALTER TYPE mood ADD VALUE 'glad';"),
              "1: ADD VALUE to mood: PostgreSQL cannot take a value out of a type\n");
    EXPECT_EQ(problem("ALTER TABLE users OWNER TO somebody;"),
              "1: OWNER TO somebody of users: what it was before is not known\n");
    EXPECT_EQ(problem("DROP VIEW mails CASCADE;"), "1: DROP VIEW mails: CASCADE may have dropped more than it\n");
    EXPECT_EQ(problem("ALTER TABLE elsewhere ALTER a SET NOT NULL;"),
              "1: SET NOT NULL of elsewhere.a: no migration before says whether it could be NULL\n");
    EXPECT_EQ(problem("GRANT SELECT ON mails TO reader;"),
              "1: GRANT SELECT ON mails TO reader: part of it may have been granted before: 0001_m.sql:4\n");
    EXPECT_EQ(problem("REVOKE ALL ON users FROM PUBLIC;"),
              "1: REVOKE ALL ON users FROM PUBLIC: no migration before grants exactly this\n");
    EXPECT_EQ(problem("CREATE EXTENSION IF NOT EXISTS citext;"),
              "1: CREATE EXTENSION citext: IF NOT EXISTS leaves open whether this migration made it\n");
    EXPECT_THAT(problem("DO $$BEGIN NULL; END$$;"), HasSubstr("what the code does is not known"));
}

TEST(InverseOnPostgresql, SaysNoTransactionWhereItMustBeSaid) {
    EXPECT_EQ(of(people, "CREATE INDEX CONCURRENTLY a ON users (age);").script, "\nDROP INDEX CONCURRENTLY a;\n");
    EXPECT_EQ(
        of(people,
           "-- varve: no-transaction\nCREATE INDEX CONCURRENTLY a ON users (age);\n"
           "ALTER TABLE users RENAME age TO years;")
            .script,
        "-- varve: no-transaction\n\nALTER TABLE users RENAME COLUMN years TO age;\nDROP INDEX CONCURRENTLY a;\n");
    EXPECT_EQ(of(std::string(people) + "CREATE UNIQUE INDEX a ON users (age);", "DROP INDEX CONCURRENTLY a;").script,
              "\n-- may fail: rows with equal keys\nCREATE UNIQUE INDEX CONCURRENTLY a ON users (age);\n");
}

}  // namespace
}  // namespace varve::generator
