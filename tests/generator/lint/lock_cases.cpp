#include "lock_cases.hpp"

namespace varve::generator {
namespace {

const std::string plain =
    "CREATE TABLE t (id bigint PRIMARY KEY, a int, b text, c varchar(20), r int4range, other bigint);\n"
    "CREATE INDEX t_b ON t (b);\n"
    "CREATE TABLE u (id bigint PRIMARY KEY);\n"
    "INSERT INTO u SELECT i FROM generate_series(1, 100) i;\n"
    "INSERT INTO t SELECT i, i, 'b', 'c', int4range(i, i + 1), i FROM generate_series(1, 100) i;\n";

const std::string partitioned =
    "CREATE TABLE t (id bigint, a int) PARTITION BY RANGE (a);\n"
    "CREATE TABLE part PARTITION OF t FOR VALUES FROM (0) TO (100);\n"
    "INSERT INTO t SELECT i, i FROM generate_series(1, 50) i;\n";

const std::string partition =
    "CREATE TABLE whole (id bigint, a int NOT NULL) PARTITION BY RANGE (a);\n"
    "CREATE TABLE t (id bigint, a int NOT NULL);\n"
    "INSERT INTO t SELECT i, i FROM generate_series(1, 50) i;\n";

const std::string attach = "ALTER TABLE whole ATTACH PARTITION t FOR VALUES FROM (0) TO (100);";

void add_indexes(std::vector<lock_case>& all) {
    all.insert(all.end(), {
                              {plain, "CREATE INDEX t_a ON t (a);", "M201"},
                              {plain, "CREATE UNIQUE INDEX t_a ON t (a) WHERE a > 0;", "M201"},
                              {partitioned, "CREATE INDEX t_a ON t (a);", "M201"},
                              {plain, "DROP INDEX t_b;", "M202"},
                              {plain, "REINDEX TABLE t;", "M203"},
                              {plain, "REINDEX INDEX t_b;", "M203"},
                              {plain, "CLUSTER t USING t_pkey;", "M203"},
                              {plain + "ALTER TABLE t RENAME TO s; CREATE MATERIALIZED VIEW t AS SELECT * FROM s;\n"
                                       "CREATE UNIQUE INDEX t_id ON t (id);\n",
                               "REFRESH MATERIALIZED VIEW t;", "M203"},
                              {plain, "ALTER INDEX t_b RENAME TO t_text;", ""},
                          });
}

void add_constraints(std::vector<lock_case>& all) {
    const std::string unique = plain + "CREATE UNIQUE INDEX t_a ON t (a);\n";
    const std::string present =
        plain +
        "ALTER TABLE t ADD CONSTRAINT t_a CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT t_a;\n";
    all.insert(
        all.end(),
        {
            {plain, "ALTER TABLE t ADD FOREIGN KEY (other) REFERENCES u (id);", "M204"},
            {plain, "ALTER TABLE t ADD COLUMN x bigint DEFAULT 1 REFERENCES u (id);", "M204"},
            {plain, "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (other) REFERENCES u (id) NOT VALID;", ""},
            {plain, "ALTER TABLE t ADD COLUMN x bigint REFERENCES u (id);", ""},
            {plain, "ALTER TABLE t ADD CHECK (a > 0);", "M205"},
            {plain, "ALTER TABLE t ADD COLUMN x int CHECK (x > 0);", "M205"},
            {plain, "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID;", ""},
            {"CREATE DOMAIN d AS int; CREATE TABLE t (a d); INSERT INTO t SELECT i FROM generate_series(1, 100) i;\n",
             "ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0);", "M205"},
            {"CREATE DOMAIN d AS int; CREATE TABLE t (a d); INSERT INTO t SELECT i FROM generate_series(1, 100) i;\n",
             "ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID;", ""},
            {plain, "ALTER TABLE t ADD UNIQUE (a);", "M206"},
            {plain, "ALTER TABLE t ADD COLUMN x int UNIQUE;", "M206"},
            {plain + "ALTER TABLE t DROP CONSTRAINT t_pkey;\n", "ALTER TABLE t ADD PRIMARY KEY (id);", "M206"},
            {unique, "ALTER TABLE t ADD CONSTRAINT t_a UNIQUE USING INDEX t_a;", ""},
            {plain, "ALTER TABLE t ADD EXCLUDE USING gist (r WITH &&);", "M207"},
            {plain, "ALTER TABLE t ALTER COLUMN a SET NOT NULL;", "M208"},
            {present, "ALTER TABLE t ALTER COLUMN a SET NOT NULL;", ""},
            {present, "ALTER TABLE t ALTER COLUMN a SET NOT NULL, DROP CONSTRAINT t_a;", "M208"},
            {plain, "ALTER TABLE t ALTER COLUMN id SET NOT NULL;", ""},
            {plain, "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT k;",
             "M211"},
            {plain,
             "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (other) REFERENCES u NOT VALID; ALTER TABLE t VALIDATE "
             "CONSTRAINT f;",
             "M211"},
        });
}

void add_type_change(std::vector<lock_case>& all, const std::string& from, const std::string& to,
                     const std::string& code, const std::string& value) {
    all.push_back({"CREATE TABLE t (id int, x " + from + "); INSERT INTO t SELECT i, " + value +
                       " FROM generate_series(1, 100) i;\n",
                   "ALTER TABLE t ALTER COLUMN x TYPE " + to + ";", code});
}

void add_types(std::vector<lock_case>& all) {
    for (const char* to : {"varchar(20)", "varchar(40)", "varchar", "text"}) {
        add_type_change(all, "varchar(20)", to, "", "'x'");
    }
    add_type_change(all, "text", "varchar", "", "'x'");
    add_type_change(all, "numeric(8,2)", "numeric(10,2)", "", "1");
    add_type_change(all, "numeric(8,2)", "numeric", "", "1");
    add_type_change(all, "numeric(8)", "numeric(10,0)", "", "1");
    add_type_change(all, "varbit(8)", "varbit(16)", "", "B'1'");
    add_type_change(all, "varbit(8)", "varbit", "", "B'1'");
    add_type_change(all, "timestamp(3)", "timestamp(6)", "", "now()");
    add_type_change(all, "timestamptz(3)", "timestamptz", "", "now()");
    add_type_change(all, "time(3)", "time", "", "now()::time");
    add_type_change(all, "interval(3)", "interval", "", "'1 day'::interval");
    add_type_change(all, "bit(8)", "varbit", "", "B'10101010'");
    add_type_change(all, "text[]", "varchar[]", "M209", "'{}'::text[]");
    add_type_change(all, "varchar(5)[]", "text[]", "M209", "'{}'::text[]");
    add_type_change(all, "varchar(5)", "char(9)", "M209", "'x'");
    add_type_change(all, "varchar", "char", "M209", "'x'");
    add_type_change(all, "cidr", "inet", "", "'10.0.0.0/8'::cidr");
    add_type_change(all, "int", "integer", "", "1");
    add_type_change(all, "text[]", "text[]", "", "'{}'::text[]");

    add_type_change(all, "varchar(20)", "varchar(10)", "M209", "'x'");
    add_type_change(all, "text", "varchar(10)", "M209", "'x'");
    add_type_change(all, "char(5)", "text", "M209", "'x'");
    add_type_change(all, "char(5)", "char(6)", "M209", "'x'");
    add_type_change(all, "int", "bigint", "M209", "1");
    add_type_change(all, "int", "text", "M209", "1");
    add_type_change(all, "numeric(8,2)", "numeric(10,3)", "M209", "1");
    add_type_change(all, "numeric", "numeric(10,2)", "M209", "1");
    add_type_change(all, "timestamp(6)", "timestamp(3)", "M209", "now()");
    add_type_change(all, "timestamp", "timestamptz", "M209", "now()");
    add_type_change(all, "varchar(5)[]", "varchar(9)[]", "M209", "'{}'::text[]");
    add_type_change(all, "json", "jsonb", "M209", "'{}'::json");
    add_type_change(all, "varchar(9)", "varchar(20) COLLATE \"C\" USING upper(x)", "M209", "'x'");
}

void add_columns(std::vector<lock_case>& all) {
    for (const char* free : {"x int", "x int DEFAULT 5", "x timestamptz DEFAULT now()", "x text DEFAULT 'a' NOT NULL",
                             "x date DEFAULT CURRENT_DATE", "x int DEFAULT NULL", "x text DEFAULT lower('A')",
                             "x int[] DEFAULT '{}'", "x int DEFAULT 1 + 1"}) {
        all.push_back({plain, "ALTER TABLE t ADD COLUMN " + std::string(free) + ";", ""});
    }
    for (const char* costly : {"x uuid DEFAULT gen_random_uuid()", "x float DEFAULT random()", "x bigserial",
                               "x timestamptz DEFAULT clock_timestamp()", "x int GENERATED BY DEFAULT AS IDENTITY",
                               "x int GENERATED ALWAYS AS (a * 2) STORED"}) {
        all.push_back({plain, "ALTER TABLE t ADD COLUMN " + std::string(costly) + ";", "M210"});
    }
}

void add_others(std::vector<lock_case>& all) {
    all.insert(all.end(), {
                              {partitioned, "ALTER TABLE t DETACH PARTITION part;", "M212"},
                              {partition, attach, "M212"},
                              {partition + "ALTER TABLE t ADD CONSTRAINT k CHECK (a >= 0 AND a < 100);\n", attach, ""},
                              {plain, "ALTER TABLE t SET UNLOGGED;", "M213"},
                              {"CREATE UNLOGGED TABLE t (a int); INSERT INTO t VALUES (1);\n",
                               "ALTER TABLE t SET LOGGED;", "M213"},
                          });
    for (const char* free :
         {"ALTER COLUMN a SET DEFAULT 5", "ALTER COLUMN a DROP DEFAULT", "ALTER COLUMN id DROP IDENTITY IF EXISTS",
          "DISABLE TRIGGER USER", "ENABLE ROW LEVEL SECURITY", "ALTER COLUMN a SET STATISTICS 5",
          "SET (fillfactor = 90)", "RESET (fillfactor)", "CLUSTER ON t_b", "REPLICA IDENTITY FULL",
          "OWNER TO CURRENT_USER", "ALTER COLUMN a SET (n_distinct = 5)", "ALTER COLUMN b SET STORAGE EXTERNAL",
          "SET WITHOUT CLUSTER", "NO FORCE ROW LEVEL SECURITY"}) {
        all.push_back({plain, "ALTER TABLE t " + std::string(free) + ";", ""});
    }
    all.push_back(
        {plain + "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID;\n", "ALTER TABLE t DROP CONSTRAINT k;", ""});
}

}  // namespace

std::vector<lock_case> lock_cases() {
    std::vector<lock_case> all;
    add_indexes(all);
    add_constraints(all);
    add_types(all);
    add_columns(all);
    add_others(all);
    return all;
}

}  // namespace varve::generator
