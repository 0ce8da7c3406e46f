// Up, the inferred down: the catalog is what it was before.
#include "inverse_scenario.hpp"

#include <pqxx/pqxx>

#include <support/postgresql_server.hpp>

namespace varve::generator {
namespace {

struct round_trip {
    const char* name;
    std::vector<std::string> before;  ///< the migrations before the one that is undone
    std::string up;
};

void PrintTo(const round_trip& each, std::ostream* out) { *out << each.up; }

std::vector<round_trip> round_trips();

class PostgresqlRoundTrip : public ::testing::TestWithParam<round_trip> {};

/// Everything a statement of these tests can change, a line each.
constexpr const char* catalog = R"(
WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_|^information'),
     relations AS (SELECT * FROM pg_class WHERE relnamespace IN (TABLE ours) AND relkind NOT IN ('i', 'I'))
SELECT concat_ws(' ', 'relation', oid::regclass, relkind, relpersistence, relrowsecurity, relforcerowsecurity,
                 pg_get_expr(relpartbound, oid), obj_description(oid),
                 nullif(relacl, acldefault('r', relowner)),
                 CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END) AS line FROM relations
UNION ALL SELECT concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
                 attidentity, attgenerated, pg_get_expr(d.adbin, d.adrelid), col_description(attrelid, attnum),
                 nullif(attacl, '{}'))
  FROM pg_attribute JOIN relations r ON r.oid = attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = attrelid AND d.adnum = attnum WHERE attnum > 0 AND NOT attisdropped
UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid, indisclustered)
  FROM pg_index JOIN relations r ON r.oid = indrelid
UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, contypid::regtype, conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace IN (TABLE ours)
UNION ALL SELECT concat_ws(' ', 'routine', oid::regprocedure, CASE WHEN prokind <> 'a' THEN pg_get_functiondef(oid) END)
  FROM pg_proc WHERE pronamespace IN (TABLE ours)
UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid))
  FROM pg_policy
UNION ALL SELECT concat_ws(' ', 'rule', pg_get_ruledef(w.oid)) FROM pg_rewrite w JOIN relations r ON r.oid = ev_class
UNION ALL SELECT concat_ws(' ', 'type', oid::regtype, typtype, typbasetype::regtype,
                 (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
  FROM pg_type t WHERE typnamespace IN (TABLE ours)
UNION ALL SELECT concat_ws(' ', 'schema', nspname) FROM pg_namespace
UNION ALL SELECT concat_ws(' ', 'collation', oid::regcollation) FROM pg_collation WHERE collnamespace IN (TABLE ours)
UNION ALL SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(oid)) FROM pg_statistic_ext
UNION ALL SELECT concat_ws(' ', 'inherits', inhrelid::regclass, inhparent::regclass) FROM pg_inherits
ORDER BY 1)";

class database {
public:
    database()
        : connection_(testing::shared_postgresql_server().uri(testing::shared_postgresql_server().create_database())) {}

    void run(const std::string& sql) {
        pqxx::nontransaction transaction(connection_);
        transaction.exec(sql);
    }

    std::string schema() {
        pqxx::nontransaction transaction(connection_);
        std::string lines;
        for (const auto& row : transaction.exec(catalog)) lines += std::string(row[0].c_str()) + "\n";
        return lines;
    }

private:
    pqxx::connection connection_;
};

TEST_P(PostgresqlRoundTrip, EndsWhereItBegan) {
    std::vector<std::string> all = GetParam().before;
    all.push_back(GetParam().up);
    const inferred down = infer(all, engine_kind::postgresql);
    EXPECT_EQ(down.problems, "");
    database server;
    for (const std::string& each : GetParam().before) server.run(each);
    const std::string before = server.schema();
    server.run(GetParam().up);
    const std::string between = server.schema();
    SCOPED_TRACE(down.script);
    for (const std::string& each : down.statements) server.run(each);
    EXPECT_NE(between, before) << "the migration changed nothing that this test sees";
    EXPECT_EQ(server.schema(), before);
}

std::string name_of(const ::testing::TestParamInfo<round_trip>& each) { return each.param.name; }

INSTANTIATE_TEST_SUITE_P(Tables, PostgresqlRoundTrip, ::testing::ValuesIn(round_trips()), name_of);

const std::string users =
    "CREATE TABLE users (id int PRIMARY KEY, email varchar(20) NOT NULL DEFAULT 'none', age int CHECK (age > 0),"
    " CONSTRAINT one_email UNIQUE (email));";
const std::string odd =
    R"(CREATE SCHEMA "Odd"; CREATE TABLE "Odd"."Table" ("select" int, "it""s" text DEFAULT 'a''b');)";
const std::string function = "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;";

std::vector<round_trip> round_trips() {
    return {
        {"Table", {}, "CREATE TABLE t (id serial PRIMARY KEY, v int GENERATED ALWAYS AS IDENTITY UNIQUE);"},
        {"TablesThatReferToEachOther",
         {users},
         "CREATE TABLE posts (id int PRIMARY KEY, by int REFERENCES users, next int);"
         "CREATE TABLE likes (post int REFERENCES posts);"
         "ALTER TABLE posts ADD FOREIGN KEY (next) REFERENCES posts;"
         "CREATE INDEX likes_post ON likes (post); INSERT INTO likes SELECT 1 WHERE false;"
         "COMMENT ON TABLE likes IS 'hearts'; ALTER TABLE likes ALTER post SET NOT NULL;"},
        {"TablesInACircle",
         {},
         "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);"
         "ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (b) REFERENCES b;"},
        {"TableOfAQuery", {users}, "CREATE TABLE copied AS SELECT * FROM users; SELECT * INTO again FROM users;"},
        {"ObjectsMadeAfterTheirTable",
         {users},
         function + "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (id int);"
                    "CREATE FUNCTION twice(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 2';"
                    "CREATE INDEX t_twice ON t (twice(id)); ALTER TABLE t ADD m mood, ADD n int DEFAULT twice(2);"
                    "CREATE TRIGGER touched BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();"},
        {"Columns",
         {users, odd},
         R"(ALTER TABLE users ADD phone text, ADD COLUMN IF NOT EXISTS nick text UNIQUE, ADD "Größe" int REFERENCES users;
            ALTER TABLE "Odd"."Table" ADD COLUMN "User" int, ADD "a.b" int;)"},
        {"RenamedColumnsAndTables",
         {users, odd},
         R"(ALTER TABLE users RENAME age TO "Age"; ALTER TABLE users RENAME CONSTRAINT one_email TO "order";
            ALTER TABLE users RENAME TO people; ALTER TABLE "Odd"."Table" RENAME "it""s" TO its;
            ALTER TABLE "Odd"."Table" RENAME TO plain; ALTER SCHEMA "Odd" RENAME TO even;)"},
        {"NotNullBothWays",
         {users},
         "ALTER TABLE users ALTER age SET NOT NULL, ALTER email DROP NOT NULL, ALTER id SET NOT NULL;"},
        {"Defaults",
         {users, odd},
         R"(ALTER TABLE users ALTER email SET DEFAULT 'x', ALTER age SET DEFAULT 1 + 2;
            ALTER TABLE "Odd"."Table" ALTER "it""s" DROP DEFAULT;)"},
        {"DefaultOfTheDefaultBefore",
         {users, "ALTER TABLE users ALTER age SET DEFAULT 7; ALTER TABLE users ALTER age DROP DEFAULT;",
          "ALTER TABLE users ALTER age SET DEFAULT (8);"},
         "ALTER TABLE users ALTER age SET DEFAULT 9;"},
        {"WiderTypes",
         {"CREATE TABLE t (a smallint DEFAULT 1, b int, c varchar(3), d numeric(5,2), e real, f cidr, g date,"
          " h timestamp(0), i serial, j varchar);"},
         "ALTER TABLE t ALTER a TYPE int, ALTER b TYPE bigint, ALTER c TYPE varchar(9), ALTER d TYPE numeric(9,4),"
         " ALTER e TYPE float8, ALTER f TYPE inet, ALTER g TYPE timestamp, ALTER h TYPE timestamp(6),"
         " ALTER i TYPE bigint, ALTER j TYPE text; ALTER TABLE t ALTER c TYPE text, ALTER a TYPE numeric;"},
        {"Constraints",
         {users},
         "ALTER TABLE users ADD CONSTRAINT young CHECK (age < 200) NOT VALID, ADD UNIQUE (age),"
         " ADD CONSTRAINT self FOREIGN KEY (age) REFERENCES users, ADD CHECK (age <> 13),"
         " ADD EXCLUDE USING btree (email WITH =);"},
        {"PrimaryKeyOfColumnsThatCouldBeNull",
         {"CREATE TABLE t (a int, b int NOT NULL);"},
         "ALTER TABLE t ADD PRIMARY KEY (a, b);"},
        {"ConstraintOfAnIndex",
         {"CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX t_a ON t (a);"},
         "ALTER TABLE t ADD CONSTRAINT t_key UNIQUE USING INDEX t_a; ALTER TABLE t ADD PRIMARY KEY (b);"},
        {"DroppedConstraints",
         {users,
          "CREATE TABLE posts (id int CONSTRAINT posts_key PRIMARY KEY, by int REFERENCES users (id) ON DELETE"
          " CASCADE, n int UNIQUE, CONSTRAINT far FOREIGN KEY (n) REFERENCES users NOT VALID,"
          " CONSTRAINT big CHECK (n > 5) NO INHERIT);"
          "ALTER TABLE posts ADD CONSTRAINT odd CHECK (n % 2 = 1) NOT VALID;"
          "ALTER TABLE posts VALIDATE CONSTRAINT odd;"
          "ALTER TABLE posts ADD CONSTRAINT late CHECK (n < 99) NOT VALID;"},
         "ALTER TABLE users DROP CONSTRAINT one_email, DROP CONSTRAINT users_age_check;"
         "ALTER TABLE posts DROP CONSTRAINT posts_by_fkey, DROP CONSTRAINT posts_n_key, DROP CONSTRAINT far,"
         " DROP CONSTRAINT big, DROP CONSTRAINT odd, DROP CONSTRAINT late, DROP CONSTRAINT posts_key;"},
        {"Indexes",
         {users, odd},
         R"(CREATE INDEX ON users (age); CREATE INDEX ON users (lower(email)); CREATE UNIQUE INDEX "Users" ON users (age);
            CREATE INDEX IF NOT EXISTS partial ON users (age) WHERE age > 1; CREATE INDEX in_odd ON "Odd"."Table" ("select");)"},
        {"DroppedIndexes",
         {users,
          "CREATE INDEX one ON users (age, lower(email)) WHERE age > 1;"
          "CREATE UNIQUE INDEX two ON users (age DESC NULLS LAST) INCLUDE (email);"},
         "DROP INDEX one, two;"},
        {"Views",
         {users, "CREATE VIEW mails AS SELECT email FROM users; COMMENT ON VIEW mails IS 'all of them';"},
         "CREATE OR REPLACE VIEW mails AS SELECT email, age FROM users; CREATE VIEW ages AS SELECT age FROM users;"
         "CREATE MATERIALIZED VIEW stored AS SELECT age FROM ages; CREATE UNIQUE INDEX stored_age ON stored (age);"},
        {"DroppedViews",
         {users,
          "CREATE VIEW mails AS SELECT email FROM users; CREATE MATERIALIZED VIEW ages AS SELECT age FROM users;"
          "COMMENT ON VIEW mails IS 'all of them';"},
         "DROP VIEW IF EXISTS mails, never_made; DROP MATERIALIZED VIEW ages;"},
        {"FunctionsReplaced",
         {"CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
          "CREATE OR REPLACE FUNCTION f(a int, VARIADIC b text[]) RETURNS int LANGUAGE sql AS 'SELECT 2';"
          "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';"},
         "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 10';"
         "CREATE OR REPLACE FUNCTION f(a int, VARIADIC b text[]) RETURNS int LANGUAGE sql AS 'SELECT 20';"
         "CREATE OR REPLACE PROCEDURE p() LANGUAGE sql AS 'SELECT 3';"
         "CREATE OR REPLACE FUNCTION f(a text, OUT b int) LANGUAGE sql AS 'SELECT 30';"
         "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int); CREATE AGGREGATE every_row(*) (SFUNC = int8inc,"
         " STYPE = bigint, INITCOND = '0');"},
        {"FunctionsDropped",
         {"CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
          "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;"
          "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int); CREATE PROCEDURE p() LANGUAGE sql AS '';"},
         "DROP FUNCTION f(text); DROP FUNCTION f(int); DROP AGGREGATE total(int); DROP PROCEDURE p;"},
        {"TriggersPoliciesRules",
         {users, function + "CREATE TRIGGER old BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION touch();"
                            "CREATE POLICY theirs ON users USING (age > 1);"
                            "CREATE RULE quiet AS ON DELETE TO users DO INSTEAD NOTHING;"},
         "CREATE OR REPLACE TRIGGER old BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch();"
         "CREATE TRIGGER \"New\" AFTER INSERT ON users EXECUTE FUNCTION touch(); CREATE POLICY mine ON users;"
         "CREATE RULE loud AS ON UPDATE TO users DO ALSO NOTHING; DROP POLICY theirs ON users;"
         "DROP RULE quiet ON users; ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
         "ALTER TABLE users DISABLE TRIGGER old; ALTER TRIGGER old ON users RENAME TO older;"
         "ALTER POLICY mine ON users RENAME TO ours; ALTER RULE loud ON users RENAME TO silent;"},
        {"DroppedTrigger",
         {users, function + "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON users DEFERRABLE FOR EACH ROW EXECUTE FUNCTION"
                            " touch();"},
         "DROP TRIGGER t ON users; DROP FUNCTION touch();"},
        {"TypesDomainsSequencesSchemas",
         {},
         "CREATE TYPE mood AS ENUM ('sad', 'it''s ok'); CREATE TYPE pair AS (a int, b text);"
         "CREATE TYPE span AS RANGE (subtype = float8); CREATE DOMAIN positive AS int CHECK (VALUE > 0);"
         "CREATE SEQUENCE numbers; CREATE SCHEMA \"Other\"; CREATE SEQUENCE \"Other\".\"Numbers\";"
         "CREATE COLLATION german (locale = 'C'); CREATE TABLE t (a int, b int); CREATE STATISTICS s (ndistinct) ON a, "
         "b FROM t;"},
        {"RenamedObjects",
         {users,
          "CREATE TYPE mood AS ENUM ('sad', 'it''s ok'); CREATE DOMAIN positive AS int; CREATE SEQUENCE numbers;"
          "CREATE VIEW v AS SELECT 1 AS one; CREATE INDEX i ON users (age); CREATE TYPE pair AS (a int);"
          "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
          "CREATE FUNCTION g(text) RETURNS int LANGUAGE sql AS 'SELECT 2'; CREATE AGGREGATE total(int) (SFUNC = int4pl,"
          " STYPE = int);"},
         "ALTER TYPE mood RENAME VALUE 'it''s ok' TO 'fine'; ALTER TYPE mood RENAME TO feeling;"
         "ALTER DOMAIN positive RENAME TO plus; ALTER SEQUENCE numbers RENAME TO counter; ALTER VIEW v RENAME TO w;"
         "ALTER INDEX i RENAME TO j; ALTER TABLE w RENAME COLUMN one TO two; ALTER FUNCTION f(int) RENAME TO g;"
         "ALTER AGGREGATE total(int) RENAME TO sum_of;"
         "ALTER TYPE pair RENAME TO two;"},
        {"MovedToASchema",
         {users,
          "CREATE SCHEMA attic; CREATE TABLE attic.old (a int); CREATE VIEW v AS SELECT 1; CREATE TYPE mood AS"
          " ENUM ('sad'); CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SEQUENCE s;"
          "CREATE FUNCTION attic.f(text) RETURNS int LANGUAGE sql AS 'SELECT 1';"},
         "ALTER TABLE users SET SCHEMA attic; ALTER TABLE attic.old SET SCHEMA public; ALTER VIEW v SET SCHEMA attic;"
         "ALTER TYPE mood SET SCHEMA attic; ALTER FUNCTION f(int) SET SCHEMA attic; ALTER SEQUENCE s SET SCHEMA "
         "attic;"},
        {"Partitions",
         {"CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);"
          "CREATE TABLE y2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');"
          "CREATE TABLE rest PARTITION OF events DEFAULT; CREATE TABLE y2026 (id int, at date);"},
         "CREATE TABLE y2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');"
         "ALTER TABLE events ATTACH PARTITION y2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
         "ALTER TABLE events DETACH PARTITION y2024; ALTER TABLE events DETACH PARTITION rest;"},
        {"Inheritance",
         {"CREATE TABLE a (i int); CREATE TABLE b (i int); CREATE TABLE c (i int) INHERITS (a);"},
         "ALTER TABLE b INHERIT a; ALTER TABLE c NO INHERIT a;"},
        {"Unlogged", {users}, "ALTER TABLE users SET UNLOGGED;"},
        {"Comments",
         {users, "COMMENT ON COLUMN users.email IS 'where to write'; COMMENT ON TABLE users IS 'people';"},
         "COMMENT ON COLUMN \"users\".email IS 'never'; COMMENT ON COLUMN users.age IS 'in years';"
         "COMMENT ON TABLE users IS NULL;"},
        {"Privileges",
         {users, "CREATE ROLE reader; GRANT INSERT, UPDATE ON users TO reader;"},
         "GRANT SELECT (id), UPDATE (email) ON users TO PUBLIC; REVOKE INSERT, UPDATE ON users FROM reader;"
         "CREATE VIEW v AS SELECT 1; GRANT ALL ON v TO reader WITH GRANT OPTION;"},
        {"Domains", {"CREATE DOMAIN d AS int;"}, "ALTER DOMAIN d ADD CONSTRAINT small CHECK (VALUE < 9);"},
        {"Concurrently",
         {users, "CREATE INDEX a ON users (age);", "CREATE INDEX CONCURRENTLY b ON users (id);"},
         "DROP INDEX CONCURRENTLY a;"},
    };
}

}  // namespace
}  // namespace varve::generator
