// The rules of the profile strict: what each finds, and what it leaves alone. The pages of docs/diagnostics have an
// example of each.
#include "lint_scenario.hpp"

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

/// The codes from 501 on that a draft gets after a released migration.
std::string style(std::string_view draft, std::string_view released = "SELECT 1;") {
    lint_scenario history;
    history.released(released).draft(draft);
    history.options.profile = lint_profile::strict;
    std::string codes;
    for (const diagnostic& each : history.found().sorted()) {
        if (each.code >= "M5") codes += (codes.empty() ? "" : " ") + each.code;
    }
    return codes;
}

/// The same of a column `price` in a table that nothing else is wrong with.
std::string style_of(std::string_view type) {
    return style("CREATE TABLE s.t (id bigint PRIMARY KEY, price " + std::string(type) + ");");
}

TEST(StyleRules, AreOnOnlyInTheProfileStrict) {
    lint_scenario history;
    history.draft("CREATE TABLE t (a timestamp);");
    EXPECT_EQ(history.codes(), "");
    history.options.errors = {"M501"};
    EXPECT_EQ(history.codes(), "M501");
}

TEST(StyleRules, LookAtTheTypesOfColumns) {
    EXPECT_EQ(style_of("timestamp(3)"), "M501");
    EXPECT_EQ(style_of("timestamptz"), "");
    EXPECT_EQ(style_of("char(2)"), "M502");
    EXPECT_EQ(style_of("\"char\""), "");
    EXPECT_EQ(style_of("json"), "M503");
    EXPECT_EQ(style_of("mine.json"), "");
    EXPECT_EQ(style_of("bigserial"), "M504");
    EXPECT_EQ(style_of("money"), "M505");
    EXPECT_EQ(style_of("varchar(20)"), "M507");
    EXPECT_EQ(style_of("varchar"), "");
    EXPECT_EQ(style_of("real"), "M508");
    EXPECT_EQ(style_of("numeric(12, 2)"), "");
}

TEST(StyleRules, LookAtAddedAndChangedColumnsToo) {
    EXPECT_EQ(style("ALTER TABLE s.t ADD COLUMN a json, ALTER COLUMN b TYPE char(3);"), "M503 M502");
}

TEST(StyleRules, AFloatIsMoneyIfAWordOfItsNameIs) {
    EXPECT_EQ(style("ALTER TABLE s.t ADD unit_price real, ADD taxi real, ADD total_weight_kg real, ADD width real;"),
              "M508 M508");
}

TEST(StyleRules, AnIntegerPrimaryKeyRunsOut) {
    EXPECT_EQ(style("CREATE TABLE s.t (id int PRIMARY KEY);"), "M506");
    EXPECT_EQ(style("CREATE TABLE s.t (id smallint, PRIMARY KEY (id));"), "M506");
    EXPECT_EQ(style("CREATE TABLE s.t (id serial PRIMARY KEY);"), "M504 M506");
    EXPECT_EQ(style("CREATE TABLE s.t (a int, b int, PRIMARY KEY (a, b));"), "");
    EXPECT_EQ(style("CREATE TABLE s.t (id int PRIMARY KEY REFERENCES s.u);"), "");
}

TEST(StyleRules, ANameIsMeasuredInBytesAndOnlyWhereItIsOne) {
    const std::string name(64, 'n');
    EXPECT_EQ(style("ALTER TABLE s.t ADD " + name + " text;"), "M509");
    EXPECT_EQ(style("ALTER TABLE s.t ADD \"" + name + "\" text;"), "M509");
    EXPECT_EQ(style("ALTER TABLE s.t ADD " + name.substr(1) + " text, ADD b text DEFAULT '" + name + "';"), "");
}

TEST(StyleRules, AForeignKeyNeedsAnIndexThatBeginsWithItsColumns) {
    const std::string table = "CREATE TABLE s.t (id bigint PRIMARY KEY, a bigint REFERENCES s.u, b bigint);";
    EXPECT_EQ(style(table), "M510");
    EXPECT_EQ(style(table + "CREATE INDEX i ON s.t (a, b);"), "");
    EXPECT_EQ(style(table + "CREATE INDEX i ON s.t (b, a);"), "M510");
    EXPECT_EQ(style(table + "ALTER TABLE s.t ADD UNIQUE (a);"), "");
    EXPECT_EQ(style("CREATE TABLE s.t (id bigint PRIMARY KEY REFERENCES s.u);"), "");
    EXPECT_EQ(style("CREATE TABLE s.t (a bigint, b bigint, PRIMARY KEY (b, a), FOREIGN KEY (a, b) REFERENCES s.u);"),
              "");
    const std::string add = "ALTER TABLE s.t ADD FOREIGN KEY (a) REFERENCES s.u NOT VALID;";
    EXPECT_EQ(style(add, "CREATE TABLE s.t (a bigint); CREATE INDEX i ON s.t (a);"), "");
    EXPECT_EQ(style(add, "CREATE TABLE s.t (a bigint);"), "M510");
}

TEST(StyleRules, ATableNeedsAPrimaryKeyByTheEndOfItsScript) {
    EXPECT_EQ(style("CREATE TABLE s.t (a bigint UNIQUE);"), "M511");
    EXPECT_EQ(style("CREATE TABLE s.t AS SELECT 1 AS a;"), "M511");
    EXPECT_EQ(style("CREATE TABLE s.t (a bigint); ALTER TABLE s.t ADD PRIMARY KEY (a);"), "");
    EXPECT_EQ(style("CREATE TABLE s.t AS SELECT 1 AS a; ALTER TABLE s.t ADD id bigint PRIMARY KEY;"), "");
    EXPECT_EQ(style("CREATE TEMP TABLE t (a bigint);"), "");
    EXPECT_EQ(style("CREATE TABLE s.p PARTITION OF s.t FOR VALUES IN (1);"), "");
}

TEST(StyleRules, AnIndexIsSuperfluousIfAnotherFindsAllItFinds) {
    const std::string table = "CREATE TABLE s.t (id bigint PRIMARY KEY, a text, b text, UNIQUE (b, a));";
    const auto with = [&](const std::string& first, const std::string& second) {
        return style(table + "CREATE " + first + "; CREATE " + second + ";");
    };
    EXPECT_EQ(style(table + "CREATE INDEX i ON s.t (b);"), "M512");
    EXPECT_EQ(with("INDEX i ON s.t (a, b)", "INDEX j ON s.t (a)"), "M512");
    EXPECT_EQ(with("INDEX i ON s.t (a)", "INDEX j ON s.t (a, id)"), "M512");
    EXPECT_EQ(with("INDEX i ON s.t (a)", "UNIQUE INDEX j ON s.t (a)"), "M512");
    EXPECT_EQ(with("INDEX i ON s.t (a, b)", "UNIQUE INDEX j ON s.t (a)"), "");
    EXPECT_EQ(with("INDEX i ON s.t (a, id)", "INDEX j ON s.t (a) WHERE id > 0"), "");
    EXPECT_EQ(with("INDEX i ON s.t (a, id)", "INDEX j ON s.t (a text_pattern_ops)"), "");
    EXPECT_EQ(with("INDEX i ON s.t (a, id)", "INDEX j ON s.t USING hash (a)"), "");
    EXPECT_EQ(with("INDEX i ON s.t (a)", "INDEX j ON s.t (lower(a))"), "");
    EXPECT_EQ(with("INDEX i ON s.t (id, a)", "INDEX j ON s.t (a)"), "");
}

TEST(StyleRules, ASchemaIsSaidWhereSomethingIsMade) {
    EXPECT_EQ(style("CREATE TABLE t (id bigint PRIMARY KEY);"), "M513");
    EXPECT_EQ(style("CREATE VIEW v AS SELECT 1; CREATE TYPE e AS ENUM ('a'); CREATE SEQUENCE q;"), "M513 M513 M513");
    EXPECT_EQ(style("CREATE SCHEMA s; CREATE EXTENSION x; ALTER TABLE t ADD a text; CREATE VIEW s.v AS SELECT 1;"), "");
}

}  // namespace
}  // namespace varve::generator
