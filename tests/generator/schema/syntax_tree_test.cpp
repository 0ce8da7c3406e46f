// The reader of trees, which must not trust that it is given one.
#include <schema/syntax_tree.hpp>

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

TEST(SyntaxTree, NodesAreFoundByName) {
    const std::string json = R"({"A":{"list":[{"B":{"x":"y"}},{"C":{}}],"flag":true,"number":-12,"empty":""}})";
    const syntax_tree tree(json);
    const syntax_node a = tree.root().as("A");
    ASSERT_TRUE(a);
    EXPECT_EQ(tree.root().name(), "A");
    EXPECT_EQ(a["list"].first().as("B")["x"].text(), "y");
    EXPECT_TRUE(a["flag"].flag());
    EXPECT_EQ(a["number"].number(), -12);
    EXPECT_TRUE(a["empty"]);
    EXPECT_EQ(a["empty"].text(), "");
    EXPECT_FALSE(tree.root().as("B"));
}

TEST(SyntaxTree, NothingIsInNothing) {
    const syntax_tree tree(R"({"A":{}})");
    const syntax_node nothing = tree.root()["B"]["C"].first().as("D");
    EXPECT_FALSE(nothing);
    EXPECT_FALSE(nothing.flag());
    EXPECT_EQ(nothing.number(7), 7);
    EXPECT_EQ(nothing.text(), "");
    EXPECT_EQ(nothing.name(), "");
    for ([[maybe_unused]] const syntax_node each : nothing) FAIL();
}

TEST(SyntaxTree, EscapesAreResolved) {
    const syntax_tree tree(R"({"a":"q\"b\\s\/n\nt\t\u003eZ\u00e9\u20ac","b":"\\"})");
    EXPECT_EQ(tree.root()["a"].text(), "q\"b\\s/n\nt\t>Z\xC3\xA9\xE2\x82\xAC");
    EXPECT_EQ(tree.root()["b"].text(), "\\");
}

TEST(SyntaxTree, EveryBeginningOfATreeIsReadWithoutHarm) {
    const std::string json = R"({"A":{"list":[{"B":{"x":"y\u003e\\"}},{"C":{}}],"flag":true,"number":-12}})";
    for (std::size_t size = 0; size < json.size(); ++size) {
        const std::string cut = json.substr(0, size);
        const syntax_tree tree(cut);
        EXPECT_FALSE(tree.root()) << cut;
    }
}

TEST(SyntaxTree, WhatIsNotJsonHoldsNothing) {
    for (const std::string_view text : {"", "}", "]]", "{1}", "{\"a\"", "[}{", "\"", "\\", "{\"a\":\"\\u00"}) {
        const syntax_tree tree(text);
        EXPECT_EQ(tree.root()["a"].text(), "") << text;
    }
}

}  // namespace
}  // namespace varve::generator
