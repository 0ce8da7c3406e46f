// What varve believes a history leaves is what PostgreSQL's catalog says it left.
#include "outline.hpp"
#include "scripts.hpp"

#include <support/postgresql_server.hpp>

#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include <algorithm>

namespace varve::generator {
namespace {

constexpr const char* catalog = R"(
WITH tables AS (
  SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind = 'p' AS partitioned,
         (SELECT p.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
           WHERE i.inhrelid = c.oid AND c.relispartition) AS parent
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')
SELECT 'table ' || name || CASE WHEN partitioned THEN ' partitioned' ELSE '' END || coalesce(' of ' || parent, '')
  FROM tables
UNION ALL
SELECT 'column ' || name || '.' || attname || ' ' || typname || CASE WHEN attnotnull THEN ' not null' ELSE '' END ||
       CASE WHEN atthasdef AND attgenerated = '' THEN ' default' ELSE '' END ||
       CASE WHEN attidentity <> '' THEN ' identity' ELSE '' END ||
       CASE WHEN attgenerated <> '' THEN ' generated' ELSE '' END
  FROM tables JOIN pg_attribute a ON a.attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
       JOIN pg_type t ON t.oid = a.atttypid
UNION ALL
SELECT 'constraint ' || name || '.' || conname || ' ' || contype::text ||
       CASE WHEN convalidated THEN '' ELSE ' not valid' END
  FROM tables JOIN pg_constraint k ON k.conrelid = tables.oid
 WHERE contype IN ('p', 'u', 'c', 'f', 'x')
UNION ALL
SELECT 'index ' || name || '.' || i.relname || CASE WHEN indisunique THEN ' unique' ELSE '' END
  FROM tables JOIN pg_index x ON x.indrelid = tables.oid JOIN pg_class i ON i.oid = x.indexrelid)";

struct on_server {
    pqxx::connection connection{
        testing::shared_postgresql_server().uri(testing::shared_postgresql_server().create_database())};

    void run(const std::vector<std::string>& scripts) {
        pqxx::nontransaction work(connection);
        for (const std::string& script : scripts) work.exec(script);
    }

    std::vector<std::string> outline() {
        pqxx::nontransaction work(connection);
        std::vector<std::string> lines;
        for (const auto& row : work.exec(catalog)) lines.push_back(row[0].as<std::string>());
        std::sort(lines.begin(), lines.end());
        return lines;
    }
};

std::string text(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& each : lines) all += each + "\n";
    return all;
}

void compare(const std::vector<std::string>& scripts) {
    on_server server;
    server.run(scripts);
    EXPECT_EQ(text(postgresql_outline(after(scripts))), text(server.outline()));
}

/// The history too where there is no grammar.
void compare_also_by_tokens(const std::vector<std::string>& scripts) {
    compare(scripts);
    schema by_tokens(engine_kind::postgresql);
    for (const std::string& script : scripts) {
        for (const statement_change& each : changes_by_tokens(script, engine_kind::postgresql))
            by_tokens.apply(each, 0);
    }
    EXPECT_EQ(text(postgresql_outline(by_tokens)), text(postgresql_outline(after(scripts))));
}

TEST(SchemaOnPostgresql, WhatIsNotNamedHasTheNameTheServerChooses) {
    compare_also_by_tokens({R"(
        CREATE TABLE users (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE CHECK (email <> ''), age int,
                            CHECK (age > 0), CHECK (age < 200), CHECK (age > 0 OR email = 'x'), UNIQUE (email, age));
        CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id bigint REFERENCES users,
                             other_id bigint REFERENCES users (id) ON DELETE SET NULL, a int, b int,
                             FOREIGN KEY (user_id) REFERENCES users, UNIQUE (a, b), CHECK (1 > 0));
        CREATE INDEX ON orders (a);
        CREATE INDEX ON orders (a);
        CREATE INDEX ON orders (a, b, user_id);)"});
}

TEST(SchemaOnPostgresql, NamesThatAreTooLongAreCutAsTheServerCutsThem) {
    const std::string a(40, 'a');
    const std::string b(50, 'b');
    compare_also_by_tokens(
        {"CREATE TABLE " + a + " (" + b + " int PRIMARY KEY CHECK (" + b + " > 0), " + b +
             "2 int UNIQUE, x int REFERENCES " + a + ", UNIQUE (" + b + ", x)); CREATE INDEX ON " + a + " (" + b +
             ", x);",
         "CREATE TABLE " + a + a + " (" + b + b + " int, UNIQUE (" + b + b + "))",
         "CREATE TABLE \"ÄÖÜäöüÄÖÜäöüÄÖÜäöüÄÖÜäöüÄÖÜäöü\" (\"ßßßßßßßßßßßßßßßßßßßßßßßßß\" int UNIQUE)"});
}

TEST(SchemaOnPostgresql, AnIndexOnAnExpressionIsNamedAfterIt) {
    compare({R"(
        CREATE TABLE t (a text, b int, c timestamptz, d jsonb);
        CREATE INDEX ON t (lower(a), upper(a), b);
        CREATE INDEX ON t ((b + 1), (b * 2));
        CREATE INDEX ON t (coalesce(a, ''), (a || 'x'), (b::text), nullif(b, 1), greatest(b, 2));
        CREATE INDEX ON t ((d ->> 'x')) INCLUDE (a) WHERE b > 0;
        CREATE INDEX ON t ((CASE WHEN b > 0 THEN 1 ELSE 2 END), (a COLLATE "C"), ((d ->> 'y')::int));)"});
}

TEST(SchemaOnPostgresql, OfTwoEqualKeysOneIsBuilt) {
    compare_also_by_tokens({R"(
        CREATE TABLE a (id int UNIQUE PRIMARY KEY, b int UNIQUE, UNIQUE (b));
        CREATE TABLE c (id int CONSTRAINT named UNIQUE PRIMARY KEY, d int UNIQUE CONSTRAINT other UNIQUE);)"});
}

TEST(SchemaOnPostgresql, ColumnsAreAddedChangedAndDroppedWithWhatNamesThem) {
    compare_also_by_tokens(
        {R"(
        CREATE TABLE t (id int PRIMARY KEY, a int, b int UNIQUE, c int CHECK (c > 0), d text DEFAULT 'x',
                        CHECK (a > b), UNIQUE (a, c));
        CREATE TABLE other (t_id int REFERENCES t, b int REFERENCES t (b));
        CREATE INDEX by_a ON t (a);
        CREATE INDEX by_d ON t (d) WHERE c > 0;)",
         R"(ALTER TABLE t ADD COLUMN e varchar(20) NOT NULL DEFAULT 'e' UNIQUE, ADD f int[], ADD COLUMN IF NOT EXISTS a int;
        ALTER TABLE t ALTER a TYPE bigint, ALTER a SET NOT NULL, ALTER d DROP DEFAULT, ALTER a SET DEFAULT 3;
        ALTER TABLE t DROP COLUMN c, DROP COLUMN b CASCADE, DROP COLUMN IF EXISTS nothing;
        ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
        ALTER TABLE other DROP CONSTRAINT other_t_id_fkey;)"});
}

TEST(SchemaOnPostgresql, APrimaryKeyThatGoesTakesItsReferences) {
    compare_also_by_tokens({R"(
        CREATE TABLE t (id int PRIMARY KEY);
        CREATE TABLE child (t_id int REFERENCES t, again int REFERENCES t (id));
        ALTER TABLE t DROP CONSTRAINT t_pkey CASCADE;
        CREATE TABLE u (id int PRIMARY KEY);
        CREATE TABLE child_of_u (u_id int REFERENCES u);
        DROP TABLE u CASCADE;)"});
}

TEST(SchemaOnPostgresql, ConstraintsAreAddedValidatedAndTakeIndexesOver) {
    compare_also_by_tokens({R"(
        CREATE TABLE t (id int NOT NULL, a int, b int);
        ALTER TABLE t ADD CHECK (a IS NOT NULL) NOT VALID, ADD CONSTRAINT positive CHECK (b > 0) NOT VALID;
        ALTER TABLE t VALIDATE CONSTRAINT positive;
        CREATE UNIQUE INDEX by_id ON t (id);
        CREATE UNIQUE INDEX by_a ON t (a);
        ALTER TABLE t ADD CONSTRAINT key_of_t PRIMARY KEY USING INDEX by_id, ADD UNIQUE USING INDEX by_a;)"});
}

TEST(SchemaOnPostgresql, RenamedThingsKeepWhatHangsOnThem) {
    compare_also_by_tokens({R"(
        CREATE TABLE users (id int PRIMARY KEY, mail text UNIQUE, CHECK (mail <> ''));
        CREATE TABLE orders (user_id int REFERENCES users (id), CONSTRAINT named CHECK (user_id > 0));
        CREATE INDEX by_mail ON users (lower(mail), mail);)",
                            R"(ALTER TABLE users RENAME TO old_users;
        ALTER TABLE old_users RENAME COLUMN mail TO email;
        ALTER TABLE old_users RENAME id TO number;
        ALTER INDEX by_mail RENAME TO by_email;
        ALTER TABLE orders RENAME CONSTRAINT named TO positive;
        ALTER TABLE old_users RENAME CONSTRAINT users_mail_key TO one_mail;
        ALTER INDEX users_pkey RENAME TO old_users_pkey;)",
                            R"(CREATE TABLE users (id int PRIMARY KEY, mail text UNIQUE CHECK (mail <> ''));
        ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey, ADD FOREIGN KEY (user_id) REFERENCES users;
        DROP INDEX by_email; DROP TABLE old_users;)"});
}

TEST(SchemaOnPostgresql, ASecondTableOfANameDoesNotGetTheNamesOfTheFirst) {
    compare_also_by_tokens({R"(
        CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE CHECK (a > 0) REFERENCES t);
        ALTER TABLE t RENAME TO t_old;
        CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE CHECK (a > 0) REFERENCES t);
        CREATE INDEX ON t (a);
        DROP TABLE t_old CASCADE;
        CREATE TABLE t_a (key int); ALTER TABLE t ADD UNIQUE (id, a);)"});
}

TEST(SchemaOnPostgresql, SchemasAreKeptApart) {
    compare_also_by_tokens({R"(
        CREATE SCHEMA shop; CREATE SCHEMA old;
        CREATE TABLE shop.t (id int PRIMARY KEY, a int);
        CREATE TABLE t (id int PRIMARY KEY, shop_id int REFERENCES shop.t);
        CREATE INDEX by_a ON shop.t (a);
        CREATE INDEX by_a ON public.t (shop_id);
        CREATE TABLE old.gone (id int);
        ALTER TABLE shop.t RENAME TO items;
        ALTER TABLE shop.items SET SCHEMA old;
        ALTER TABLE "public"."t" ADD COLUMN "Größe" int;
        DROP INDEX old.by_a;
        CREATE TABLE shop.left (id int REFERENCES old.items);
        DROP SCHEMA old CASCADE;)"});
}

TEST(SchemaOnPostgresql, PartitionsFollowTheirTable) {
    compare({R"(
        CREATE TABLE users (id int PRIMARY KEY);
        CREATE TABLE log (id int NOT NULL, at date NOT NULL, a int CHECK (a > 0), user_id int REFERENCES users,
                          PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
        CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE TABLE log_2 (LIKE log INCLUDING CONSTRAINTS);
        DROP TABLE log_2;
        CREATE TABLE log_3 (id int NOT NULL, at date NOT NULL, a int CONSTRAINT log_a_check CHECK (a > 0), user_id int);
        CREATE INDEX ON log (a);
        ALTER TABLE log ATTACH PARTITION log_3 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
        ALTER TABLE log ADD COLUMN b int DEFAULT 1, ADD CHECK (b > 0);
        ALTER TABLE log ALTER COLUMN b SET NOT NULL;
        ALTER TABLE log RENAME COLUMN a TO c;
        ALTER TABLE log DETACH PARTITION log_1;
        ALTER TABLE log DROP COLUMN b;)"});
}

TEST(SchemaOnPostgresql, ChildrenHaveTheColumnsAndChecksOfTheirParents) {
    compare_also_by_tokens({R"(
        CREATE TABLE parent (id int PRIMARY KEY, a int DEFAULT 1 CHECK (a > 0));
        CREATE TABLE child (b int UNIQUE) INHERITS (parent);)"});
}

TEST(SchemaOnPostgresql, TypesAreCalledWhatTheCatalogCallsThem) {
    compare_also_by_tokens({R"(
        CREATE TABLE t (a timestamp with time zone, b timestamp(3), c double precision, d char, e character varying(3),
                        f bit varying, h int[3][], i real, j decimal(10, 2), k json, l smallint, m boolean,
                        n timestamp (3) without time zone, o time with time zone, p "char", q pg_catalog.int8,
                        r smallserial, s serial8, u float, v bigint GENERATED BY DEFAULT AS IDENTITY,
                        w int GENERATED ALWAYS AS (l * 2) STORED, x text COLLATE "C" NOT NULL DEFAULT now()::text))"});
}

}  // namespace
}  // namespace varve::generator
