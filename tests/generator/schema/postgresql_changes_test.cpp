// What PostgreSQL's statements do, as its grammar tells and as their tokens alone tell.
#include "described.hpp"
#include "scripts.hpp"

#include <sql/postgresql_parser.hpp>

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

struct reading {
    std::string_view sql;
    std::string_view by_grammar;
    std::string_view by_tokens = by_grammar;  ///< if they tell something else
};

std::string only_change(const std::vector<statement_change>& changes) {
    return changes.size() == 1 ? described(changes.front().what) : "not one statement";
}

void expect(std::initializer_list<reading> readings) {
    for (const reading& each : readings) {
        SCOPED_TRACE(each.sql);
        EXPECT_EQ(only_change(changes_by_tokens(each.sql, engine_kind::postgresql)), each.by_tokens);
        if (!postgresql_parser_version()) continue;
        EXPECT_EQ(only_change(changes_in(each.sql, engine_kind::postgresql)), each.by_grammar);
    }
}

TEST(PostgresqlChanges, ATableHasItsColumnsWithWhatStandsAtThem) {
    expect({
        {R"(CREATE TABLE a.t (i int[] CHECK (i IS NOT NULL), g int GENERATED ALWAYS AS (id * 2) STORED, n int GENERATED ALWAYS AS IDENTITY, d int DEFAULT NULL))",
         R"(create table a.t | i int4[] <i int[] CHECK (i IS NOT NULL)> [check(i) proves i <CHECK (i IS NOT NULL)>] | g int4 stored <g int GENERATED ALWAYS AS (id * 2) STORED> | n int4 not-null identity <n int GENERATED ALWAYS AS IDENTITY> | d int4 none<NULL> <d int DEFAULT NULL>)"},
        {R"(CREATE TABLE t (o int REFERENCES p.x (y) ON DELETE CASCADE DEFERRABLE NOT NULL, FOREIGN KEY (a, b) REFERENCES z, EXCLUDE USING gist (a WITH =)))",
         R"(create table t | o int4 not-null <o int REFERENCES p.x (y) ON DELETE CASCADE DEFERRABLE NOT NULL> [foreign key(o) to p.x(y) <REFERENCES p.x (y) ON DELETE CASCADE DEFERRABLE>] | foreign key(a,b) to z() <FOREIGN KEY (a, b) REFERENCES z> | exclude(a) <EXCLUDE USING gist (a WITH =)>)"},
        {R"(CREATE TEMP TABLE IF NOT EXISTS t (LIKE other, CONSTRAINT named PRIMARY KEY (a, b)) INHERITS (s.parent))",
         R"(create table t temporary if-not-exists like inherits s.parent | primary key named(a,b) <PRIMARY KEY (a, b)>)"},
        {R"(CREATE TABLE t (a int, b int) PARTITION BY RANGE (a))",
         R"(create table t partitioned | a int4 <a int> | b int4 <b int>)"},
        {R"(CREATE TABLE s.p PARTITION OF s.t FOR VALUES FROM (1) TO (2))", R"(create table s.p of s.t)"},
        {R"(CREATE TABLE t OF a_type)", R"(create table t like)"},
        {R"(CREATE TABLE t AS SELECT 1)", R"(create table t from-query)"},
        {R"(SELECT 1 INTO TEMP t)", R"(create table t temporary from-query)", R"(run SELECT)"},
        {R"(CREATE TABLE t (a timestamptz DEFAULT clock_timestamp(), b uuid DEFAULT gen_random_uuid(), c text DEFAULT lower('X')::text, d int DEFAULT nextval('s'), e date DEFAULT current_date, f text DEFAULT mine.lower('x')))",
         R"(create table t | a timestamptz volatile<clock_timestamp()> <a timestamptz DEFAULT clock_timestamp()> | b uuid volatile<gen_random_uuid()> <b uuid DEFAULT gen_random_uuid()> | c text constant<lower('X')::text> <c text DEFAULT lower('X')::text> | d int4 volatile<nextval('s')> <d int DEFAULT nextval('s')> | e date constant<current_date> <e date DEFAULT current_date> | f text volatile<mine.lower('x')> <f text DEFAULT mine.lower('x')>)"},
    });
}

TEST(PostgresqlChanges, AnAlteredTableHasAllItsActionsInOrder) {
    expect({
        {R"(ALTER TABLE t ADD COLUMN a int NOT NULL, ADD COLUMN b int DEFAULT NULL)",
         R"(alter table t | add a int4 not-null <a int NOT NULL> | add b int4 none<NULL> <b int DEFAULT NULL>)"},
        {R"(ALTER TABLE t ALTER a SET DEFAULT (1 + 2) * 3, ALTER COLUMN b SET DEFAULT random(), ALTER c SET NOT NULL, ALTER d DROP NOT NULL)",
         R"(alter table t | a default constant<(1 + 2) * 3> | b default volatile<random()> | c set not null | d drop not null)"},
        {R"(ALTER TABLE IF EXISTS t DROP CONSTRAINT IF EXISTS c CASCADE)",
         R"(alter table t if-exists | drop constraint c if-exists cascade)"},
        {R"(ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES s.u (id) NOT VALID, ADD UNIQUE USING INDEX i, ADD EXCLUDE USING gist (r WITH &&))",
         R"(alter table t | add foreign key f(a) to s.u(id) not-valid <FOREIGN KEY (a) REFERENCES s.u (id) NOT VALID> | add unique() using i <UNIQUE USING INDEX i> | add exclude(r) <EXCLUDE USING gist (r WITH &&)>)"},
        {R"(ALTER TABLE t ATTACH PARTITION s.p FOR VALUES FROM (1) TO (2))",
         R"(alter table t | attach s.p <FOR VALUES FROM (1) TO (2)>)"},
        {R"(ALTER TABLE t DETACH PARTITION p CONCURRENTLY)", R"(alter table t | detach p concurrently)"},
        {R"(ALTER TABLE t SET TABLESPACE x, SET UNLOGGED)",
         R"(alter table t | rewrite SET TABLESPACE | rewrite SET UNLOGGED)"},
        {R"(ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY)",
         R"(alter table t | row security enable | row security force)"},
        {R"(ALTER TABLE t DISABLE TRIGGER x, ENABLE TRIGGER y)",
         R"(alter table t | disable trigger x | enable trigger y)"},
        {R"(ALTER TABLE t ALTER a SET STATISTICS 100, SET (fillfactor = 70, autovacuum_enabled = off), ADD c int)",
         R"(alter table t | other AT_SetStatistics | other AT_SetRelOptions | add c int4 <c int>)",
         R"(alter table t | other ALTER a SET STATISTICS 100 | other SET (fillfactor = 70, autovacuum_enabled = off) | add c int4 <c int>)"},
    });
}

TEST(PostgresqlChanges, AnIndexSaysWhatItIsOn) {
    expect({
        {R"(CREATE INDEX ON s.t (lower(a), b DESC NULLS LAST) INCLUDE (c) WHERE d > 0)",
         R"(create index s. on s.t(?,b) btree uses(a,c,d) named(lower,b,c) partial with-options)",
         R"(create index s. on s.t(?,b) btree uses(a,c,d) partial with-options)"},
        {R"(CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY t USING gin (a gin_trgm_ops))",
         R"(create index i on t(a) gin unique concurrently if-not-exists only with-options)"},
    });
}

TEST(PostgresqlChanges, ThingsGetOtherNamesSchemasAndValues) {
    expect({
        {R"(ALTER VIEW v ALTER COLUMN a SET DEFAULT 1)", R"(other ALTER VIEW)"},
        {R"(ALTER INDEX i ATTACH PARTITION j)", R"(other ALTER INDEX)"},
        {R"(ALTER TABLE s.t RENAME TO u)", R"(rename table s.t to u)"},
        {R"(ALTER TABLE t RENAME COLUMN a TO "B c")", R"(rename column t#a to B c)"},
        {R"(ALTER TABLE t RENAME CONSTRAINT a TO b)", R"(rename constraint t#a to b)"},
        {R"(ALTER INDEX s.i RENAME TO j)", R"(rename index s.i to j)"},
        {R"(ALTER TYPE s.e RENAME VALUE 'a' TO 'b')", R"(rename enum s.e#a to b)"},
        {R"(ALTER TYPE e RENAME TO f)", R"(rename composite e to f)"},
        {R"(ALTER VIEW v RENAME TO w)", R"(rename view v to w)"},
        {R"(ALTER FUNCTION f(int) RENAME TO g)", R"(rename function f(int4) to g)", R"(other ALTER FUNCTION)"},
        {R"(ALTER SCHEMA a RENAME TO b)", R"(rename schema a to b)"},
        {R"(ALTER TRIGGER r ON s.t RENAME TO q)", R"(rename trigger s.t#r to q)", R"(other ALTER TRIGGER)"},
        {R"(ALTER POLICY p ON t RENAME TO q)", R"(rename policy t#p to q)", R"(other ALTER POLICY)"},
        {R"(ALTER TABLE s.t SET SCHEMA other)", R"(move table s.t to other)"},
        {R"(ALTER TYPE t SET SCHEMA s)", R"(move composite t to s)"},
        {R"(ALTER TYPE e ADD VALUE IF NOT EXISTS 'x''y' BEFORE 'b')", R"(add value x'y to e if-not-exists)"},
        {R"(ALTER DOMAIN d ADD CONSTRAINT positive CHECK (value > 0) NOT VALID)",
         R"(alter domain d add check positive(value) not-valid <CHECK (value > 0) NOT VALID>)",
         R"(other ALTER DOMAIN)"},
    });
}

TEST(PostgresqlChanges, OtherObjectsSayHowTheyAreDropped) {
    expect({
        {R"(CREATE OR REPLACE VIEW s.v AS SELECT 1)", R"(create view <VIEW> s.v or-replace)"},
        {R"(CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1)",
         R"(create materialized view <MATERIALIZED VIEW> v if-not-exists)"},
        {R"(CREATE OR REPLACE FUNCTION s.f(IN x int, OUT y text, VARIADIC z varchar(3)[]) RETURNS text LANGUAGE sql AS 'x')",
         R"(create function <FUNCTION> s.f(int4, varchar[]) or-replace)",
         R"(create function <FUNCTION> s.f or-replace)"},
        {R"(CREATE PROCEDURE p(a "Mine".t, b "char") LANGUAGE sql AS '')",
         R"(create procedure <PROCEDURE> p("Mine".t, "char"))", R"(create procedure <PROCEDURE> p)"},
        {R"(CREATE FUNCTION f() RETURNS TABLE (a int) LANGUAGE sql AS '')", R"(create function <FUNCTION> f())",
         R"(create function <FUNCTION> f)"},
        {R"(CREATE AGGREGATE g(int4) (sfunc = f, stype = int))", R"(create aggregate <AGGREGATE> g(int4))",
         R"(create aggregate <AGGREGATE> g)"},
        {R"(CREATE TRIGGER r AFTER INSERT OR UPDATE OF a ON s.t EXECUTE FUNCTION f())",
         R"(create trigger <TRIGGER> r@s.t)"},
        {R"(CREATE POLICY p ON t)", R"(create policy <POLICY> p@t)"},
        {R"(CREATE RULE r AS ON INSERT TO s.t DO NOTHING)", R"(create rule <RULE> r@s.t)"},
        {R"(CREATE TYPE s.e AS ENUM ('a', 'b'))", R"(create enum <TYPE> s.e (a,b))"},
        {R"(CREATE TYPE c AS (a int))", R"(create composite <TYPE> c)"},
        {R"(CREATE TYPE r AS RANGE (subtype = int))", R"(create range <TYPE> r)"},
        {R"(CREATE DOMAIN d AS int CHECK (value > 0))", R"(create domain <DOMAIN> d)"},
        {R"(CREATE SEQUENCE IF NOT EXISTS s.q)", R"(create sequence <SEQUENCE> s.q if-not-exists)"},
        {R"(CREATE SCHEMA IF NOT EXISTS s)", R"(create schema <SCHEMA> s if-not-exists)"},
        {R"(CREATE EXTENSION IF NOT EXISTS x)", R"(create extension <EXTENSION> x if-not-exists)"},
        {R"(CREATE ROLE r)", R"(create role <ROLE> r)"},
        {R"(CREATE FOREIGN TABLE f (a int) SERVER s)", R"(create foreign table <FOREIGN TABLE> f)"},
        {R"(CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f())", R"(create other <EVENT TRIGGER> e)",
         R"(other create)"},
        {R"(CREATE COLLATION c FROM "C")", R"(create other <COLLATION> c)", R"(other create)"},
    });
}

TEST(PostgresqlChanges, DroppedThingsAreNamedAsTheServerFindsThem) {
    expect({
        {R"(DROP TABLE IF EXISTS a.b, c CASCADE)", R"(drop table a.b c if-exists cascade)"},
        {R"(DROP INDEX CONCURRENTLY s.i)", R"(drop index s.i concurrently)"},
        {R"(DROP TRIGGER r ON s.t)", R"(drop trigger r@s.t)"},
        {R"(DROP POLICY IF EXISTS p ON t)", R"(drop policy p@t if-exists)"},
        {R"(DROP FUNCTION f(), f(int, OUT text, VARIADIC text[]), g)", R"(drop function f() f(int4, text[]) g)",
         R"(drop function f f g)"},
        {R"(DROP TYPE s.e)", R"(drop composite s.e)"},
        {R"(DROP SCHEMA a, b CASCADE)", R"(drop schema a b cascade)"},
        {R"(DROP VIEW v)", R"(drop view v)"},
        {R"(DROP MATERIALIZED VIEW v)", R"(drop materialized view v)"},
        {R"(DROP EXTENSION x)", R"(drop extension x)"},
        {R"(DROP ROLE r)", R"(drop role r)"},
        {R"(DROP AGGREGATE f(*))", R"(drop aggregate f(*))", R"(drop aggregate f)"},
    });
}

TEST(PostgresqlChanges, ChangedRowsSayOfWhichTableAndWhetherOfAll) {
    expect({
        {R"(TRUNCATE a, s.b CASCADE)", R"(truncate a s.b cascade)"},
        {R"(INSERT INTO s.t SELECT 1)", R"(insert s.t from-query)"},
        {R"(INSERT INTO t (a) VALUES ('x'))", R"(insert t)"},
        {R"(INSERT INTO t DEFAULT VALUES)", R"(insert t)"},
        {R"(WITH x AS (SELECT 1) UPDATE t SET a = 1 WHERE b)", R"(update t where)"},
        {R"(UPDATE ONLY t SET a = (SELECT 1 WHERE true))", R"(update t)"},
        {R"(DELETE FROM s.t)", R"(delete s.t)"},
        {R"(MERGE INTO t USING s ON a = b WHEN MATCHED THEN DELETE)", R"(merge t)"},
        {R"(COPY t FROM '/file')", R"(copy t)"},
    });
}

TEST(PostgresqlChanges, WhatTheSchemaDoesNotShowIsToldApart) {
    expect({
        {R"(CREATE CAST (int AS text) WITHOUT FUNCTION)", R"(other CreateCastStmt)", R"(other create)"},
        {R"(REINDEX (CONCURRENTLY) TABLE s.t)", R"(reindex s.t concurrently)"},
        {R"(REINDEX (CONCURRENTLY off) INDEX i)", R"(reindex i)", R"(reindex i concurrently)"},
        {R"(REINDEX SCHEMA s)", R"(reindex s)"},
        {R"(CLUSTER t USING i)", R"(cluster t)"},
        {R"(VACUUM (FULL, ANALYZE) s.t)", R"(vacuum full s.t)"},
        {R"(VACUUM (FULL false) t)", R"(other VacuumStmt)", R"(vacuum full t)"},
        {R"(VACUUM t)", R"(other VacuumStmt)", R"(other vacuum)"},
        {R"(REFRESH MATERIALIZED VIEW CONCURRENTLY v)", R"(refresh v concurrently)"},
        {R"(COPY t TO '/file')", R"(other CopyStmt)", R"(other copy)"},
        {R"(SET search_path = a, b)", R"(set search_path to <a>)"},
        {R"(SET LOCAL lock_timeout = '1s')", R"(set lock_timeout to <1s> local)"},
        {R"(SET SESSION statement_timeout TO 5)", R"(set statement_timeout to <5>)"},
        {R"(RESET role)", R"(set role to <>)"},
        {R"(SET x.y TO DEFAULT)", R"(set x.y to <>)"},
        {R"(SET TIME ZONE 'UTC')", R"(set timezone to <UTC>)"},
        {R"(SELECT pg_catalog.set_config('search_path', '', false))", R"(set search_path to <>)", R"(run SELECT)"},
        {R"(SELECT 1)", R"(run SELECT)"},
        {R"(COMMENT ON COLUMN s.t.a IS 'x')", R"(comment on column t.a)", R"(other comment)"},
        {R"(GRANT SELECT ON t TO x)", R"(grant)"},
        {R"(REVOKE ALL ON t FROM x)", R"(revoke)"},
        {R"(GRANT a TO b)", R"(grant)"},
        {R"(ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM x)", R"(revoke)", R"(other alter)"},
        {R"(DO 'BEGIN END')", R"(run DO)"},
        {R"(CALL f())", R"(run CALL)"},
        {R"(LOCK TABLE t)", R"(other LockStmt)", R"(other lock)"},
        {R"(ALTER SEQUENCE s OWNED BY t.c)", R"(other AlterSeqStmt)", R"(other ALTER SEQUENCE)"},
        {R"(LISTEN x)", R"(other ListenStmt)", R"(other listen)"},
    });
}

TEST(PostgresqlChanges, PlacesAreThoseOfTheFile) {
    const std::string sql = "-- head\n\nALTER TABLE t ADD a int CHECK (a > 0), DROP b;\nSELECT 'x';";
    const auto changes = changes_in(sql, engine_kind::postgresql);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[1].statement, 1U);
    EXPECT_EQ(sql.substr(changes[1].offset), "SELECT 'x';");
    const auto& actions = std::get<alter_table>(changes[0].what).actions;
    ASSERT_EQ(actions.size(), 2U);
    EXPECT_EQ(sql.substr(actions[0].offset, 9), "ADD a int");
    EXPECT_EQ(sql.substr(actions[1].offset, 6), "DROP b");
    const column_definition& column = std::get<add_column>(actions[0].what).column;
    EXPECT_EQ(sql.substr(column.offset, 5), "a int");
    EXPECT_EQ(sql.substr(column.constraints.at(0).offset, 5), "CHECK");
}

TEST(PostgresqlChanges, ConstantsAreThereOnceAnEnumHasANewValue) {
    const std::string sql =
        "SELECT 'x';\nALTER TYPE e ADD VALUE 'new';\nINSERT INTO t VALUES ('it''s', $$no$$, \"no\", E'new');";
    const auto changes = changes_in(sql, engine_kind::postgresql);
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_TRUE(changes[0].constants.empty());
    EXPECT_TRUE(changes[1].constants.empty());
    ASSERT_EQ(changes[2].constants.size(), 2U);
    EXPECT_EQ(changes[2].constants[0].value, "it's");
    EXPECT_EQ(sql.substr(changes[2].constants[0].offset, 7), "'it''s'");
    EXPECT_EQ(changes[2].constants[1].value, "new");
}

}  // namespace
}  // namespace varve::generator
