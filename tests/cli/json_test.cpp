#include <gtest/gtest.h>
#include <cli/json.hpp>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>

namespace varve::cli {
namespace {

std::string read_back(std::string_view text) {
    return nlohmann::json::parse(json_object().text("key", text).ended())["key"].get<std::string>();
}

TEST(Json, KeepsTheOrderOfKeys) {
    json_array list;
    list.add(json_object().number("a", 1));
    list.add("two");
    const auto text = json_object().flag("z", true).null("y").array("list", list).object("o", json_object()).ended();
    EXPECT_EQ(text, R"({"z":true,"y":null,"list":[{"a":1},"two"],"o":{}})");
}

TEST(Json, AnEmptyTextMayMeanNothing) {
    EXPECT_EQ(json_object().text_or_null("a", "").text_or_null("b", "x").ended(), R"({"a":null,"b":"x"})");
}

TEST(Json, WritesEveryAsciiCharacterSoThatItCanBeRead) {
    std::string all;
    for (char c = 0; c < 127; ++c) all += c;
    all += '\x7f';
    EXPECT_EQ(read_back(all), all);
}

TEST(Json, KeepsTextBeyondAscii) { EXPECT_EQ(read_back("größe € 𐍈"), "größe € 𐍈"); }

TEST(Json, IsValidWhateverTheBytesAre) {
    EXPECT_EQ(read_back("a\xff"
                        "b"),
              "a\uFFFDb");
    EXPECT_EQ(read_back("\xc3"), "\uFFFD");
    EXPECT_EQ(read_back("\xc0\xaf"), "\uFFFD\uFFFD");            // overlong
    EXPECT_EQ(read_back("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
    EXPECT_EQ(read_back("\xf4\x90\x80\x80").size(), 12U);        // beyond U+10FFFF
    EXPECT_EQ(read_back("\xe2\x82"), "\uFFFD\uFFFD");
}

TEST(Json, WritesTheWholeRangeOfNumbers) {
    EXPECT_EQ(json_object().number("n", std::numeric_limits<std::int64_t>::min()).ended(),
              R"({"n":-9223372036854775808})");
}

}  // namespace
}  // namespace varve::cli
