// What PostgreSQL's grammar says a statement does.
#include "described.hpp"
#include "scripts.hpp"

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

std::string read(std::string_view sql) {
    const std::vector<statement_change> changes = changes_in(sql, engine_kind::postgresql);
    return changes.size() == 1 ? described(changes.front().what) : "not one statement";
}

TEST(PostgresqlChanges, ATableHasItsColumnsWithWhatStandsAtThem) {
    EXPECT_EQ(
        read("CREATE TABLE t (id bigserial PRIMARY KEY, name varchar(20) COLLATE \"C\" NOT NULL DEFAULT lower('X') "
             "CONSTRAINT named UNIQUE)"),
        "create table t | id bigserial not-null <id bigserial PRIMARY KEY> [primary key(id) <PRIMARY KEY>]"
        " | name varchar(20) not-null constant<lower('X')>"
        " <name varchar(20) COLLATE \"C\" NOT NULL DEFAULT lower('X') CONSTRAINT named UNIQUE>"
        " [unique named(name) <UNIQUE>]");
}

TEST(PostgresqlChanges, AnAlteredTableHasAllItsActionsInOrder) {
    EXPECT_EQ(read("ALTER TABLE ONLY s.t ADD COLUMN IF NOT EXISTS x int DEFAULT random(), DROP COLUMN y CASCADE, "
                   "ALTER z TYPE numeric(10,2) USING z::numeric, ALTER z SET DEFAULT now(), ALTER z DROP DEFAULT, "
                   "ADD CONSTRAINT c CHECK (z IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT c, OWNER TO somebody"),
              "alter table s.t | add if-not-exists x int4 volatile<random()> <x int DEFAULT random()> | drop y cascade"
              " | z type numeric(10,2) using | z default constant<now()> | z default dropped"
              " | add check c(z) proves z not-valid <CHECK (z IS NOT NULL) NOT VALID> | validate c"
              " | other AT_ChangeOwner");
}

TEST(PostgresqlChanges, AnIndexSaysWhatItIsOn) {
    EXPECT_EQ(read("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING gin (lower(a), b DESC) WHERE x"),
              "create index s.i on s.t(?,b) gin uses(a,x) unique concurrently if-not-exists only partial");
}

}  // namespace
}  // namespace varve::generator
