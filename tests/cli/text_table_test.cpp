#include <gtest/gtest.h>
#include <cli/text_table.hpp>

namespace varve::cli {
namespace {

constexpr auto plain = console::kind::plain;
constexpr auto terminal = console::kind::terminal;

TEST(TextTable, AlignsByCodePoints) {
    text_table table{{"version", alignment::right}, {"name"}, {"by"}};
    table.add("7");
    table.add("größe");
    table.add("ann");
    table.add("20260107093000");
    table.add("x");
    table.add("bob");
    EXPECT_EQ(table.text(plain),
              "       version  name   by\n"
              "             7  größe  ann\n"
              "20260107093000  x      bob\n");
}

TEST(TextTable, LeavesOutAColumnWithoutValues) {
    text_table table({{"a"}, {"empty"}, {"b"}});
    table.add("1");
    table.add("");
    table.add("2");
    EXPECT_EQ(table.text(plain), "a  b\n1  2\n");
}

TEST(TextTable, EndsNoLineInSpaces) {
    text_table table({{"name"}, {"took", alignment::right}, {"note"}});
    table.add("a");
    table.add("12 ms");
    table.add("late");
    table.add("longer");
    table.add("");
    table.add("");
    table.add("b");
    table.add("");
    table.add("x");
    EXPECT_EQ(table.text(plain),
              "name     took  note\n"
              "a       12 ms  late\n"
              "longer\n"
              "b              x\n");
}

TEST(TextTable, ColoursDoNotCountAsWidth) {
    text_table table({{"state"}, {"by"}});
    table.add("applied", tint::good);
    table.add("ann");
    table.add("pending", tint::waiting);
    table.add("");
    EXPECT_EQ(table.text(terminal),
              "\x1b[2mstate\x1b[0m    \x1b[2mby\x1b[0m\n"
              "\x1b[32mapplied\x1b[0m  ann\n"
              "\x1b[33mpending\x1b[0m\n");
}

}  // namespace
}  // namespace varve::cli
