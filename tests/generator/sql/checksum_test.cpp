#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <source/text_file.hpp>
#include <sql/checksum.hpp>
#include <sql/statement.hpp>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

constexpr engine_kind postgresql = engine_kind::postgresql;

checksum checksum_of(std::string_view bytes, engine_kind dialect) {
    const text_file file("a.sql", bytes);
    return {.rule = 1, .value = token_checksum(file.text(), lex(file.text(), dialect).tokens, dialect)};
}

TEST(Sha256, IsTheStandardOne) {
    EXPECT_EQ(to_string({.rule = 1, .value = sha256("abc")}),
              "1:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_string({.rule = 1, .value = sha256("")}),
              "1:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_string({.rule = 1, .value = sha256(std::string(1000000, 'a'))}),
              "1:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Checksum, IsWrittenWithItsRuleAndReadBack) {
    const checksum value = checksum_of("SELECT 1", postgresql);
    EXPECT_EQ(to_string(value), "1:7ad65f73cf6acfd85d1240a579325180605e52b8ca561ea1fdc127e84abdbdde");
    EXPECT_EQ(parse_checksum(to_string(value)), value);
    EXPECT_EQ(parse_checksum("255" + to_string(value).substr(1))->rule, 255);
}

TEST(Checksum, NothingElseIsRead) {
    const std::string digits = to_string(checksum_of("", postgresql)).substr(2);
    const std::vector<std::string> malformed{"",
                                             ":",
                                             digits,
                                             ":" + digits,
                                             "1:",
                                             "0:" + digits,
                                             "01:" + digits,
                                             "+1:" + digits,
                                             " 1:" + digits,
                                             "256:" + digits,
                                             "-1:" + digits,
                                             "x:" + digits,
                                             "1x:" + digits,
                                             "1:" + digits.substr(1),
                                             "1:" + digits + "0",
                                             "1:E" + digits.substr(1),
                                             "1: " + digits.substr(1),
                                             "1:" + digits.substr(1) + "g",
                                             "1:+" + digits.substr(1)};
    for (const std::string& text : malformed) {
        EXPECT_EQ(parse_checksum(text), std::nullopt) << text;
    }
}

TEST(Checksum, RuleOneIsKnownAndTheNewestIsLast) {
    ASSERT_NE(find_checksum_rule(1), nullptr);
    EXPECT_EQ(find_checksum_rule(1)->of, &token_checksum);
    EXPECT_EQ(find_checksum_rule(2), nullptr);
    EXPECT_EQ(checksum_rules().back().number, 1);
}

TEST(Checksum, AStatementHasTheChecksumOfItsOwnText) {
    const std::string_view text = "SELECT 1; SELECT 'a'\n'b';";
    const lexed result = lex(text, postgresql);
    const auto statements = cut(text, result.tokens, postgresql);
    ASSERT_EQ(statements.size(), 2U);
    const std::span<const token> second =
        std::span(result.tokens).subspan(statements[1].first_token, statements[1].token_count);
    EXPECT_EQ(token_checksum(text, second, postgresql), checksum_of("SELECT 'a'\n'b'", postgresql).value);
}

TEST(Mark, IsMadeOfFiveBytesOfSlotAndChecksum) {
    EXPECT_EQ(mark_of("v:7", checksum_of("SELECT 1", postgresql)), 358452443578);
    EXPECT_NE(mark_of("v:8", checksum_of("SELECT 1", postgresql)), mark_of("v:7", checksum_of("SELECT 1", postgresql)));
    EXPECT_LT(mark_of("v:7", checksum_of("SELECT 1", postgresql)), std::int64_t{1} << 40);
}

}  // namespace
}  // namespace varve::generator
