// Statements that nobody would write: whatever they do to the schema, reading them does no harm.
#include "scripts.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace varve::generator {
namespace {

constexpr std::array<std::string_view, 22> statements{
    "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE CHECK (b > a), c text DEFAULT lower('x') NOT NULL, d int "
    "REFERENCES u)",
    "CREATE TABLE u (a int, b serial, UNIQUE (a, b), FOREIGN KEY (a) REFERENCES t (a)) PARTITION BY RANGE (a)",
    "CREATE TABLE t PARTITION OF u FOR VALUES IN (1) PARTITION BY LIST (b)",
    "CREATE TABLE u (b int) INHERITS (t, u)",
    "CREATE TEMP TABLE t AS SELECT 1",
    "ALTER TABLE u ATTACH PARTITION t DEFAULT",
    "ALTER TABLE t ADD COLUMN c int[] DEFAULT \"\" (1), DROP COLUMN b CASCADE, ALTER a TYPE numeric(10, 2), ADD CHECK "
    "(a > 0)",
    "ALTER TABLE u ADD CONSTRAINT k PRIMARY KEY USING INDEX i, DROP CONSTRAINT t_pkey, VALIDATE CONSTRAINT k",
    "ALTER TABLE t RENAME TO u",
    "ALTER TABLE u RENAME a TO b",
    "ALTER TABLE t RENAME CONSTRAINT t_pkey TO i",
    "ALTER INDEX i RENAME TO t_pkey",
    "ALTER TABLE t SET SCHEMA s",
    "CREATE UNIQUE INDEX i ON t USING btree (a, lower(c) DESC) INCLUDE (b) WHERE d IS NOT NULL",
    "CREATE INDEX ON u (a, \"\")",
    "CREATE TRIGGER r AFTER UPDATE OF a ON t EXECUTE FUNCTION f()",
    "CREATE TYPE e AS ENUM ('a', 'b')",
    "ALTER TYPE e ADD VALUE 'c' AFTER 'a'",
    "DROP TABLE IF EXISTS t, s.u CASCADE",
    "DROP INDEX i",
    "WITH x AS (SELECT 1) INSERT INTO t (a) SELECT * FROM x WHERE a = 'c'",
    "DROP SCHEMA s CASCADE"};

/// Statements with tokens left out, doubled and taken from others; always the same for a seed.
class odd_scripts {
public:
    explicit odd_scripts(unsigned seed) : random_(seed) {
        for (const std::string_view each : statements) {
            const lexed cut = lex(each, engine_kind::postgresql);
            for (const token& one : cut.tokens) words_.push_back(text_of(each, one));
            ends_.push_back(words_.size());
        }
    }

    std::string next() {
        std::string script;
        for (int i = 0; i < 6; ++i) script += statement();
        return script;
    }

private:
    std::size_t below(std::size_t end) { return random_() % end; }

    std::string statement() {
        const std::size_t which = below(ends_.size());
        std::string text;
        for (std::size_t i = which == 0 ? 0 : ends_[which - 1]; i < ends_[which]; ++i) {
            const std::size_t fate = below(40);
            if (fate == 0) continue;
            if (fate == 1) text.append(words_[below(words_.size())]).append(" ");
            text.append(fate == 2 ? words_[below(words_.size())] : words_[i]).append(" ");
        }
        return text + ";\n";
    }

    std::mt19937 random_;
    std::vector<std::string_view> words_;
    std::vector<std::size_t> ends_;
};

std::size_t lost_in(const schema& made) {
    std::size_t count = 0;
    for (const auto& [key, table] : made.tables()) {
        for (const known_column& each : table.columns) {
            count += made.lost_with_column(table.name, each.definition.name).size();
        }
    }
    return count;
}

TEST(AnyStatements, AreReadAndAppliedWithoutHarm) {
    odd_scripts scripts(1);
    std::size_t lost = 0;
    for (int i = 0; i < 400; ++i) {
        const std::string sql = scripts.next();
        for (const engine_kind engine : {engine_kind::postgresql, engine_kind::sqlite}) {
            schema made(engine);
            for (const statement_change& each : changes_by_tokens(sql, engine)) made.apply(each, 0);
            lost += lost_in(made);
        }
        lost += lost_in(after({sql}));
    }
    EXPECT_GT(lost, 300U);
}

TEST(AnyStatements, ATableCanSayThatItIsItsOwnPartition) {
    const schema made =
        after({"CREATE TABLE t PARTITION OF t FOR VALUES IN (1) PARTITION BY LIST (a);"
               "CREATE TABLE a PARTITION OF b FOR VALUES IN (1) PARTITION BY LIST (a);"
               "CREATE TABLE b PARTITION OF a FOR VALUES IN (1) PARTITION BY LIST (a);"
               "ALTER TABLE t ADD x int; ALTER TABLE b ADD y int; ALTER TABLE a RENAME y TO z;"
               "DROP TABLE t; DROP TABLE a"});
    EXPECT_TRUE(made.tables().empty());
}

}  // namespace
}  // namespace varve::generator
