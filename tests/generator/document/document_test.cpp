#include "program.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;

class Docs : public testing::Program {
protected:
    [[nodiscard]] testing::run_result docs(const std::vector<std::string>& more = {}) const {
        return run(source("docs", more));
    }
    [[nodiscard]] testing::run_result docs_on_postgresql() const {
        return run({"docs", "--directory", path("migrations").string(), "--engine", "postgresql", "--name", "shop"});
    }
    void expect_golden(const std::string& name, const std::string& text) const {
        const std::string golden = VARVE_GOLDEN "/" + name;
        const char* const update = std::getenv("VARVE_UPDATE_GOLDEN");
        if (update != nullptr && *update != '\0') return write_always(golden, text);
        EXPECT_EQ(text, read(golden)) << golden << " differs; VARVE_UPDATE_GOLDEN=1 rewrites it";
    }
    void write_shop() const {
        write("migrations/0001_create_customers.sql",
              "-- varve: description Customers | and *their* addresses\n"
              "-- created 2026-01-07\n"
              "CREATE TABLE customers (\n"
              "    id INTEGER PRIMARY KEY,\n"
              "    email VARCHAR(80) NOT NULL UNIQUE,\n"
              "    name TEXT DEFAULT 'nobody' CHECK (name <> '')\n"
              ");\n");
        write("migrations/0001_create_customers.down.sql", "DROP TABLE customers;\n");
        write("migrations/0002_create_orders.sql",
              "-- varve: depends 1\n"
              "CREATE TABLE orders (\n"
              "    id INTEGER PRIMARY KEY,\n"
              "    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,\n"
              "    gift_for INTEGER REFERENCES customers (id)\n"
              ");\n"
              "CREATE INDEX orders_by_customer ON orders (customer_id);\n"
              "CREATE VIEW recent_orders AS SELECT * FROM orders WHERE id > 1000;\n");
        write("migrations/0002_create_orders.down.sql", "DROP VIEW recent_orders;\nDROP TABLE orders;\n");
    }
};

TEST_F(Docs, ShowTheSchemaAndTheMigrations) {
    write_shop();
    ASSERT_EQ(run(source("lock")).exit_code, 0);
    write("migrations/0003_forget_names.sql",
          "-- varve: irreversible\n-- varve: allow M302 nobody reads them\n"
          "CREATE TABLE settings (customer_id INTEGER PRIMARY KEY REFERENCES customers (id), value);\n"
          "DROP TABLE orders;\n");
    const auto result = docs();
    EXPECT_EQ(result.exit_code, 0) << result.err;
    expect_golden("sqlite.md", result.out);
}

#ifdef VARVE_WITH_GRAMMAR
TEST_F(Docs, ShowWhatPostgresqlLocks) {
    write_shop();
    write("migrations/0003_gift_cards.sql",
          "CREATE TYPE card_state AS ENUM ('new', 'used');\n"
          "CREATE TABLE shop_cards (code text, part int, state card_state DEFAULT 'new', PRIMARY KEY (code, part));\n"
          "ALTER TABLE orders ADD COLUMN card text, ADD COLUMN card_part int;\n"
          "ALTER TABLE orders ADD FOREIGN KEY (card, card_part) REFERENCES shop_cards (code, part);\n"
          "CREATE FUNCTION cards() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM shop_cards $$;\n"
          "DO $$ BEGIN PERFORM 1; END $$;\n");
    write("migrations/0004_index_cards.sql", "CREATE UNIQUE INDEX CONCURRENTLY by_card ON orders (lower(card));\n");
    const auto result = docs_on_postgresql();
    EXPECT_EQ(result.exit_code, 0) << result.err;
    expect_golden("postgresql.md", result.out);
}
#endif

TEST_F(Docs, AreTheSameEachTime) {
    write_shop();
    EXPECT_EQ(docs().out, docs().out);
    EXPECT_THAT(docs().out, HasSubstr("2 migrations, 2 not released yet"));
}

TEST_F(Docs, OfAnEmptyDirectorySayThatThereIsNothing) {
    const auto result = docs();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out,
                HasSubstr("0 migrations.\n\n## Tables\n\nThere is none.\n\n## Migrations\n\nThere is none.\n"));
}

TEST_F(Docs, AreWrittenOnlyIfTheyDiffer) {
    write_shop();
    const std::string file = path("doc/schema.md").string();
    EXPECT_EQ(docs({"--output", file}).out, file + "\n");
    EXPECT_EQ(read("doc/schema.md"), docs().out);
    EXPECT_EQ(docs({"--output", file}).out, file + ": nothing changed\n");
}

TEST_F(Docs, AreNeverWrittenOverSomethingElse) {
    write_shop();
    write("notes.md", "# Mine\n");
    const auto result = docs({"--output", path("notes.md").string()});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("`varve docs` did not write it"));
    EXPECT_EQ(read("notes.md"), "# Mine\n");
}

TEST_F(Docs, AreCheckedWithoutBeingWritten) {
    write_shop();
    const std::vector<std::string> check{"--check", "--output", path("schema.md").string()};
    const auto missing = docs(check);
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_THAT(missing.err, HasSubstr("schema.md is not there"));
    ASSERT_EQ(docs({"--output", path("schema.md").string()}).exit_code, 0);
    EXPECT_EQ(docs(check).exit_code, 0);
    const std::string before = read("schema.md");
    write("migrations/0003_more.sql", "CREATE TABLE more (id INTEGER);\n");
    const auto old = docs(check);
    EXPECT_EQ(old.exit_code, 1);
    EXPECT_THAT(old.err, HasSubstr("schema.md is not up to date\n  hint: "));
    EXPECT_EQ(read("schema.md"), before);
    EXPECT_EQ(docs({"--check"}).exit_code, 2) << "which file?";
}

TEST_F(Docs, OfWhatTheBuildWouldRefuseAreNotWritten) {
    write("migrations/0001_a.sql", "SELECT 'open;\n");
    const auto result = docs({"--output", path("schema.md").string()});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("0001_a.sql:1:8: error: "));
    EXPECT_FALSE(exists("schema.md"));
}

}  // namespace
}  // namespace varve::generator
