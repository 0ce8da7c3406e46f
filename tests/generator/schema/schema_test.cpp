// What the schema says beside its tables: who made something, what goes with it, what is proven.
#include "scripts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace varve::generator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr engine_kind sqlite = engine_kind::sqlite;

std::vector<std::string> names(const std::vector<lost_dependent>& lost) {
    std::vector<std::string> all;
    for (const lost_dependent& each : lost) {
        all.push_back((each.kind == object_kind::index ? "index " : "constraint ") + each.table.name + "." + each.name);
    }
    return all;
}

TEST(Schema, KnowsWhichStatementMadeSomething) {
    const schema made =
        after({"CREATE TABLE t (a int)",
               "SELECT 1; ALTER TABLE t ADD b int, ADD CONSTRAINT c CHECK (a > 0); CREATE INDEX i ON t (a)"});
    const known_table& table = *made.find_table({"", "t"});
    EXPECT_EQ(table.origin.migration, 0U);
    EXPECT_EQ(table.find_column("a")->origin.migration, 0U);
    EXPECT_EQ(table.find_column("b")->origin.migration, 1U);
    EXPECT_EQ(table.find_column("b")->origin.statement, 1U);
    EXPECT_EQ(table.find_constraint("c")->origin.statement, 1U);
    EXPECT_EQ(made.find_index({"", "i"})->origin.statement, 2U);
}

TEST(Schema, TheDefaultSchemaNeedNotBeWritten) {
    const schema made = after({"CREATE TABLE public.t (a int); CREATE INDEX i ON t (a); CREATE TABLE s.t (b int)"});
    EXPECT_EQ(made.find_table({"", "t"}), made.find_table({"public", "t"}));
    EXPECT_NE(made.find_table({"s", "t"}), made.find_table({"", "t"}));
    EXPECT_EQ(made.table_of_index({"public", "i"}), made.find_table({"", "t"}));
    EXPECT_EQ(made.table_of_index({"s", "i"}), nullptr);
}

TEST(Schema, SqliteNamesAreTheSameWhateverTheirCase) {
    const schema made =
        after({"CREATE TABLE Users (Id INTEGER PRIMARY KEY); CREATE INDEX By_Id ON USERS (ID)"}, sqlite);
    const known_table* table = made.find_table({"MAIN", "users"});
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->name.name, "Users");
    EXPECT_NE(table->find_column("ID"), nullptr);
    EXPECT_EQ(made.table_of_index({"", "by_id"}), table);
}

TEST(Schema, PostgresqlNamesAreComparedAsTheyAre) {
    const schema made = after({"CREATE TABLE \"Users\" (Id int)"});
    EXPECT_EQ(made.find_table({"", "users"}), nullptr);
    EXPECT_NE(made.find_table({"", "Users"})->find_column("id"), nullptr);
}

TEST(Schema, ATemporaryTableHidesTheOtherOfItsName) {
    const schema made = after({"CREATE TABLE t (a int); CREATE TEMP TABLE t (b int)"});
    EXPECT_TRUE(made.find_table({"", "t"})->temporary);
    EXPECT_FALSE(made.find_table({"public", "t"})->temporary);
    const schema again = after({"CREATE TABLE t (a int); CREATE TEMP TABLE t (b int); DROP TABLE t"});
    EXPECT_FALSE(again.find_table({"", "t"})->temporary);
}

TEST(Schema, WhatDoesNotFitChangesNothing) {
    const schema made =
        after({"ALTER TABLE gone ADD a int; CREATE INDEX i ON gone (a); DROP TABLE gone; DROP INDEX i;"
               "CREATE TABLE t (a int); CREATE TABLE IF NOT EXISTS t (b int);"
               "ALTER TABLE t DROP x, ALTER y SET NOT NULL, DROP CONSTRAINT z; ALTER TABLE t RENAME x TO y;"
               "ALTER TABLE gone RENAME TO here; ALTER INDEX i RENAME TO j; ALTER TYPE e ADD VALUE 'a'"});
    ASSERT_EQ(made.tables().size(), 1U);
    EXPECT_EQ(made.find_table({"", "t"})->columns.size(), 1U);
}

TEST(Schema, NotNullIsProvenByTheColumnAValidCheckOrAPrimaryKey) {
    const std::string table = "CREATE TABLE t (id int PRIMARY KEY, said int NOT NULL, a int, b int);";
    const schema unchecked = after({table + "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID"});
    const known_table& before = *unchecked.find_table({"", "t"});
    EXPECT_TRUE(before.proves_not_null("id"));
    EXPECT_TRUE(before.proves_not_null("said"));
    EXPECT_FALSE(before.proves_not_null("a"));
    const schema checked = after({table + "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;"
                                          "ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t RENAME a TO b2"});
    EXPECT_TRUE(checked.find_table({"", "t"})->proves_not_null("b2"));
    EXPECT_FALSE(checked.find_table({"", "t"})->proves_not_null("b"));
}

TEST(Schema, AColumnTakesItsConstraintsItsIndexesAndWhoRefersToItAlong) {
    const schema made =
        after({"CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE, b int, CHECK (a > b));"
               "CREATE INDEX by_b ON t (b); CREATE INDEX by_expression ON t ((a + 1));"
               "CREATE INDEX partial ON t (b) WHERE a > 0; CREATE INDEX including ON t (b) INCLUDE (a);"
               "CREATE TABLE child (t_id int REFERENCES t, t_a int REFERENCES t (a))"});
    EXPECT_THAT(names(made.lost_with_column({"", "t"}, "a")),
                UnorderedElementsAre("constraint t.t_a_key", "constraint t.t_check", "index t.by_expression",
                                     "index t.partial", "index t.including", "constraint child.child_t_a_fkey"));
    EXPECT_THAT(names(made.lost_with_column({"", "t"}, "id")),
                ElementsAre("constraint t.t_pkey", "constraint child.child_t_id_fkey"));
    EXPECT_THAT(names(made.references_to({"public", "t"})),
                ElementsAre("constraint child.child_t_id_fkey", "constraint child.child_t_a_fkey"));
    EXPECT_THAT(names(made.lost_with_column({"", "child"}, "nothing")), IsEmpty());
    EXPECT_THAT(names(made.lost_with_column({"", "gone"}, "a")), IsEmpty());
}

TEST(Schema, CodeMakesItIncomplete) {
    EXPECT_TRUE(after({"SELECT 1; UPDATE t SET a = 1"}).is_complete());
    EXPECT_FALSE(after({"DO 'BEGIN END'"}).is_complete());
    EXPECT_FALSE(after({"CALL make_tables()"}).is_complete());
}

TEST(Schema, AReplacedViewIsThatOfItsNewestStatement) {
    const schema made =
        after({"CREATE VIEW v AS SELECT 1", "CREATE OR REPLACE VIEW v AS SELECT 2", "CREATE VIEW w AS SELECT 1"});
    EXPECT_EQ(made.find_object(object_kind::view, {"", "v"})->origin.migration, 1U);
    EXPECT_EQ(made.find_object(object_kind::view, {"public", "w"})->origin.migration, 2U);
    EXPECT_EQ(made.find_object(object_kind::function, {"", "v"}), nullptr);
}

TEST(Schema, TriggersFollowTheirTable) {
    const std::string before = "CREATE TABLE t (a INT); CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;";
    const schema renamed = after({before + "ALTER TABLE t RENAME TO u"}, sqlite);
    EXPECT_EQ(renamed.find_object(object_kind::trigger, {"", "R"})->definition.of.name, "u");
    EXPECT_NE(renamed.find_object(object_kind::trigger, {"", "r"}, {"main", "U"}), nullptr);
    EXPECT_EQ(after({before + "DROP TABLE t"}, sqlite).find_object(object_kind::trigger, {"", "r"}), nullptr);
    EXPECT_EQ(after({before + "DROP TRIGGER r"}, sqlite).find_object(object_kind::trigger, {"", "r"}), nullptr);
}

TEST(Schema, EnumTypesHaveTheirValues) {
    const schema made =
        after({"CREATE TYPE s.mood AS ENUM ('sad', 'ok'); ALTER TYPE s.mood ADD VALUE 'happy';"
               "ALTER TYPE s.mood RENAME VALUE 'ok' TO 'fine'; ALTER TYPE s.mood RENAME TO feeling"});
    const known_object* type = made.find_object(object_kind::enum_type, {"s", "feeling"});
    ASSERT_NE(type, nullptr);
    EXPECT_THAT(type->definition.enum_values, ElementsAre("sad", "fine", "happy"));
    EXPECT_EQ(made.find_object(object_kind::composite_type, {"s", "feeling"}), type);
    EXPECT_EQ(after({"CREATE TYPE e AS ENUM ('a'); DROP TYPE e"}).find_object(object_kind::enum_type, {"", "e"}),
              nullptr);
}

TEST(Schema, ASerialColumnIsWhatTheServerMakesOfIt) {
    const schema made = after({"CREATE TABLE t (id bigserial)"});
    const column_definition& column = made.find_table({"", "t"})->find_column("id")->definition;
    EXPECT_EQ(column.type.name, "int8");
    EXPECT_TRUE(column.not_null);
    EXPECT_EQ(column.default_value, default_kind::volatile_expression);
    EXPECT_EQ(column.default_text, "nextval('t_id_seq'::regclass)");
}

TEST(Schema, WhoseColumnsAreNotSaidIsNotTakenForEmpty) {
    const schema made = after({"CREATE TABLE a AS SELECT 1; CREATE TABLE b (LIKE a); CREATE TABLE c (x int)"});
    EXPECT_FALSE(made.find_table({"", "a"})->columns_are_known);
    EXPECT_FALSE(made.find_table({"", "b"})->columns_are_known);
    EXPECT_TRUE(made.find_table({"", "c"})->columns_are_known);
}

}  // namespace
}  // namespace varve::generator
