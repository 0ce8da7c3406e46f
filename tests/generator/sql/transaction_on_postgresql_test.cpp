// Whether a statement may run inside a transaction: what the generator derives, and what a live PostgreSQL says.
#include <sql/classify.hpp>

#include <gtest/gtest.h>
#include <pqxx/pqxx>
#include <support/postgresql_server.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {
namespace {

constexpr const char* setup = R"(
CREATE TABLE t (id int PRIMARY KEY, body text);
CREATE INDEX t_body ON t (body);
CREATE TABLE parts (id int, day date) PARTITION BY RANGE (day);
CREATE INDEX parts_day ON parts (day);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE SCHEMA other;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS id;
CREATE UNIQUE INDEX m_id ON m (id);
CREATE TYPE mood AS ENUM ('good');
CREATE PUBLICATION p FOR TABLE t;
CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
CREATE PROCEDURE other.rolls_back() LANGUAGE plpgsql AS $$ BEGIN IF true THEN ROLLBACK; END IF; END $$;
CREATE PROCEDURE works() LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$;
CREATE PROCEDURE was_harmless() LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$;
CREATE OR REPLACE PROCEDURE was_harmless() LANGUAGE plpgsql AS $$ BEGIN COMMIT AND CHAIN; END $$;
CREATE PROCEDURE old_name() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
ALTER PROCEDURE old_name() RENAME TO new_name;
ALTER TABLE parts RENAME TO pieces;
CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
)";

const std::vector<std::string> statements = {
    "CREATE INDEX i ON t (body)",
    "CREATE INDEX CONCURRENTLY i ON t (body)",
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_body ON t (body)",
    "DROP INDEX t_body",
    "DROP INDEX CONCURRENTLY t_body",
    "DROP INDEX CONCURRENTLY IF EXISTS t_body",
    "REINDEX TABLE t",
    "REINDEX INDEX t_body",
    "REINDEX TABLE CONCURRENTLY t",
    "REINDEX INDEX CONCURRENTLY t_body",
    "REINDEX (CONCURRENTLY) TABLE t",
    "REINDEX (CONCURRENTLY off, VERBOSE) TABLE t",
    "REINDEX (CONCURRENTLY false) TABLE t",
    "REINDEX (VERBOSE) TABLE t",
    "REINDEX SCHEMA other",
    "REINDEX DATABASE this_database",
    "REINDEX SYSTEM this_database",
    "REINDEX TABLE pieces",
    "REINDEX INDEX parts_day",
    "REINDEX TABLE parts_1",
    "VACUUM",
    "VACUUM t",
    "VACUUM FULL t",
    "VACUUM (ANALYZE) t",
    "VACUUM ANALYZE",
    "ANALYZE",
    "ANALYZE t",
    "CLUSTER",
    "CLUSTER VERBOSE",
    "CLUSTER t USING t_body",
    "CLUSTER pieces USING parts_day",
    "ALTER SYSTEM SET work_mem = '8MB'",
    "ALTER SYSTEM RESET ALL",
    "CREATE DATABASE another",
    "DROP DATABASE another",
    "DROP DATABASE IF EXISTS another",
    "ALTER DATABASE this_database SET TABLESPACE pg_default",
    "ALTER DATABASE this_database SET work_mem = '8MB'",
    "ALTER DATABASE this_database CONNECTION LIMIT 100",
    "CREATE TABLESPACE space LOCATION '/nowhere'",
    "DROP TABLESPACE space",
    "DROP TABLESPACE IF EXISTS space",
    "ALTER TABLESPACE pg_default SET (seq_page_cost = 1)",
    "ALTER TABLE pieces DETACH PARTITION parts_1",
    "ALTER TABLE pieces DETACH PARTITION parts_1 CONCURRENTLY",
    "ALTER TABLE t SET TABLESPACE pg_default",
    "CREATE SUBSCRIPTION another CONNECTION 'host=/nowhere' PUBLICATION p",
    "CREATE SUBSCRIPTION another CONNECTION 'host=/nowhere' PUBLICATION p WITH (connect = false)",
    "CREATE SUBSCRIPTION another CONNECTION 'host=/nowhere' PUBLICATION p WITH (connect = false, create_slot = false)",
    "ALTER SUBSCRIPTION s ADD PUBLICATION q WITH (refresh = false)",
    "ALTER SUBSCRIPTION s SET (synchronous_commit = off)",
    "ALTER SUBSCRIPTION s DISABLE",
    "DISCARD ALL",
    "DISCARD PLANS",
    "DISCARD SEQUENCES",
    "DISCARD TEMP",
    "DO $$ BEGIN PERFORM 1; END $$",
    "DO $$ BEGIN COMMIT; END $$",
    "DO $$ BEGIN ROLLBACK AND NO CHAIN; END $$",
    "DO 'BEGIN COMMIT; END'",
    "DO LANGUAGE plpgsql $$ BEGIN RAISE NOTICE 'COMMIT;'; END $$",
    "CALL commits()",
    "CALL public.commits()",
    "CALL other.rolls_back()",
    "CALL works()",
    "CALL was_harmless()",
    "CALL new_name()",
    "REFRESH MATERIALIZED VIEW m",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
    "ALTER TYPE mood ADD VALUE 'better'",
    "CHECKPOINT",
    "LOAD 'plpgsql'",
    "CREATE EXTENSION IF NOT EXISTS plpgsql",
    "CREATE ROLE somebody",
    "CREATE PUBLICATION q FOR TABLE t",
    "TRUNCATE t",
    "LISTEN a",
    "NOTIFY a",
    "UNLISTEN *",
    "LOCK TABLE t",
    "LOCK t IN SHARE MODE NOWAIT",
    "DECLARE c CURSOR FOR SELECT 1",
    "DECLARE c CURSOR WITHOUT HOLD FOR SELECT 1",
    "DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT 1",
    "SET LOCAL work_mem = '8MB'",
    "SET work_mem = '8MB'",
    "SET SESSION work_mem = '8MB'",
    "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "SET CONSTRAINTS ALL DEFERRED",
    "RESET ALL",
    "CREATE TABLE u AS SELECT 1 AS id",
    "SELECT 1",
};

enum class place : std::uint8_t { inside, outside };

struct answer {
    std::string state;  ///< SQLSTATE; empty: it worked
    bool warned = false;
};

/// What the server says to a statement there; nothing of it stays.
class live_database {
public:
    live_database() : name_(server().create_database()) {
        pqxx::connection connection(server().uri(name_));
        pqxx::nontransaction(connection).exec(setup);
    }

    [[nodiscard]] std::string statement_for(std::string text) const {
        const std::string_view stand_in = "this_database";
        if (const auto at = text.find(stand_in); at != std::string::npos) text.replace(at, stand_in.size(), name_);
        return text;
    }

    [[nodiscard]] answer ask(const std::string& statement, place where) const {
        pqxx::connection connection(server().uri(name_));
        const std::size_t logged = server().log_of(name_).size();
        answer said;
        pqxx::nontransaction session(connection);
        try {
            if (where == place::inside) session.exec("BEGIN");
            session.exec(statement);
        } catch (const pqxx::sql_error& error) {
            said.state = error.sqlstate();
        }
        const std::string log = server().log_of(name_).substr(logged);
        said.warned = log.find("can only be used in transaction blocks") != std::string::npos;
        return said;
    }

private:
    static testing::postgresql_server& server() { return testing::shared_postgresql_server(); }
    std::string name_;
};

struct derived {
    bool refuses_transaction = false;
    bool needs_transaction = false;
};

/// As the generator sees it behind the setup, which is an earlier script.
derived derive(const std::string& statement) {
    const auto run = [](std::string_view text, const classify_terms& terms, known_objects& known, diagnostics& found) {
        const text_file file("0001_a.sql", text);
        return classify(file, lex(file.text(), engine_kind::postgresql), terms, known, found);
    };
    known_objects known;
    diagnostics found;
    static_cast<void>(run(setup, {.dialect = engine_kind::postgresql}, known, found));
    const classify_terms alone{.dialect = engine_kind::postgresql, .asked = transaction_mode::no_transaction};
    const classified_script script = run(statement, alone, known, found);
    bool needs = false;
    for (const diagnostic& each : found.sorted()) {
        EXPECT_EQ(each.code, "M120") << statement << ": " << each.message;
        needs = true;
    }
    return {.refuses_transaction = !script.statements.front().transactional, .needs_transaction = needs};
}

TEST(TransactionOnPostgresql, TheGeneratorAgreesWithTheServerAboutEveryStatement) {
    const live_database database;
    for (const std::string& each : statements) {
        const std::string statement = database.statement_for(each);
        const derived ours = derive(statement);
        const std::string inside = database.ask(statement, place::inside).state;
        // active_sql_transaction, invalid_transaction_termination
        const bool refused = inside == "25001" || inside == "2D000";
        EXPECT_EQ(ours.refuses_transaction, refused) << statement << ": " << inside;
        if (refused) continue;
        const answer outside = database.ask(statement, place::outside);
        // no_active_sql_transaction, or a warning that it has no effect
        EXPECT_EQ(ours.needs_transaction, outside.state == "25P01" || outside.warned) << statement << outside.state;
    }
}

}  // namespace
}  // namespace varve::generator
