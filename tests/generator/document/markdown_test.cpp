#include <document/entity_diagram.hpp>
#include <document/markdown.hpp>
#include <schema/changes.hpp>

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

TEST(Markdown, WritesWhateverIsInAText) {
    EXPECT_EQ(markdown::plain("a_b <c>\n *d*"), "a\\_b \\<c\\> \\*d\\*");
    EXPECT_EQ(markdown::code("a\n  b"), "`a b`");
    EXPECT_EQ(markdown::code("a `b`"), "`` a `b` ``");
    EXPECT_EQ(markdown::code(""), "");
    EXPECT_EQ(markdown::codes({"a", "b"}), "`a`, `b`");
    EXPECT_EQ(markdown::row({"a", "", "`b|c`", "d\\|e"}), "| a | | `b\\|c` | d\\|e |\n");
    EXPECT_EQ(markdown::header({"a", "b"}), "| a | b |\n|---|---|\n");
    EXPECT_EQ(markdown::link("0001", "0001 add_Users"), "[0001](#0001-add_users)");
}

TEST(Markdown, FencesATextThatHasFences) {
    EXPECT_EQ(markdown::block("sql", "SELECT 1;"), "```sql\nSELECT 1;\n```\n");
    EXPECT_EQ(markdown::block("sql", "-- ```\n"), "````sql\n-- ```\n````\n");
}

create_table table_of(std::string name, std::vector<column_definition> columns) {
    create_table made;
    made.table.name = std::move(name);
    made.columns = std::move(columns);
    return made;
}

column_definition column_of(std::string name, std::string type) {
    column_definition made;
    made.name = std::move(name);
    made.type.name = std::move(type);
    return made;
}

// Anything else would end the diagram with an error.
TEST(EntityDiagram, HasOnlyWhatMermaidReads) {
    schema made(engine_kind::sqlite);
    made.apply({0, 0, table_of("a \"b\"", {column_of("c d", ""), column_of("1st", "double precision")}), {}}, 0);
    EXPECT_EQ(entity_diagram(made),
              "erDiagram\n"
              "    \"a 'b'\" {\n"
              "        any c_d\n"
              "        double_precision _1st\n"
              "    }\n");
    EXPECT_EQ(entity_diagram(schema(engine_kind::sqlite)), "");
}

}  // namespace
}  // namespace varve::generator
