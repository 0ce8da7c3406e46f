#include "sqlite_shop.hpp"

#include <varve/json_lines.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;

/// The lines of a text, each read back by somebody else.
std::vector<nlohmann::ordered_json> lines_of(const std::string& text) {
    std::vector<nlohmann::ordered_json> result;
    std::istringstream from(text);
    for (std::string line; std::getline(from, line);) result.push_back(nlohmann::ordered_json::parse(line));
    return result;
}

std::vector<std::string> events_of(const std::string& text) {
    std::vector<std::string> result;
    for (const auto& line : lines_of(text)) {
        result.push_back(line.contains("event") ? line["event"].get<std::string>()
                                                : "result of " + line["command"].get<std::string>());
    }
    return result;
}

/// What a program wrote to standard output.
std::string output_of(sqlite_shop& shop, const std::vector<std::string>& words) {
    std::ostringstream out;
    std::ostringstream err;
    command_line(shop.database(), shop.known(), arguments(words), {}, {.out = &out, .err = &err});
    return out.str();
}

TEST(JsonLines, HaveWhatIsKnownAboutAStatement) {
    const event told{.kind = event_kind::statement_ended,
                     .history = "shop",
                     .version = 7,
                     .name = "add_email",
                     .action = "apply",
                     .file = "migrations/0007_add_email.sql",
                     .line = 12,
                     .sql = "ALTER TABLE users\n  ADD \"e-mail\" text",
                     .statement = 2,
                     .statement_count = 3,
                     .took = std::chrono::milliseconds{1500}};
    EXPECT_EQ(to_json(told),
              R"({"event":"statement_ended","history":"shop","version":7,"name":"add_email","action":"apply",)"
              R"("file":"migrations/0007_add_email.sql","statement_count":3,"statement":2,"line":12,)"
              R"("sql":"ALTER TABLE users\n  ADD \"e-mail\" text","duration_ms":1500})");
}

TEST(JsonLines, HaveHowFarALongStatementIs) {
    event told{.kind = event_kind::progressed, .phase = "scanning heap", .unit = "blocks", .done = 3, .total = 8};
    EXPECT_EQ(to_json(told),
              R"({"event":"progressed","phase":"scanning heap","relation":null,"unit":"blocks","done":3,"total":8})");
    told.relation = "orders";
    told.total = 0;
    EXPECT_EQ(to_json(told),
              R"({"event":"progressed","phase":"scanning heap","relation":"orders","unit":"blocks","done":3,)"
              R"("total":null})");
}

TEST(JsonLines, SayOnlyWhatThereIsToSay) {
    EXPECT_EQ(to_json({.kind = event_kind::waiting, .message = "ann@web1 has the lock"}),
              R"({"event":"waiting","message":"ann@web1 has the lock"})");
}

TEST(JsonLines, HaveTheTimeInFrontAndEndInALineBreak) {
    std::ostringstream out;
    json_lines lines(out);
    lines.on_event({.kind = event_kind::waiting, .message = "a\nb"});
    EXPECT_THAT(out.str(), MatchesRegex("\\{\"time\":\"20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6]"
                                        "[0-9]\\.[0-9][0-9][0-9]Z\",\"event\":\"waiting\",\"message\":\"a.nb\"\\}\n"));
}

TEST(JsonLines, AreWhatACommandTellsIfAskedTo) {
    sqlite_shop shop;
    const std::string text = output_of(shop, {"migrate", "--to", "1", "--progress", "json", "--json"});
    EXPECT_THAT(events_of(text),
                ElementsAre("started", "statement_begun", "statement_ended", "committed", "result of migrate"));
    EXPECT_EQ(lines_of(text)[0]["version"], 1);
}

TEST(JsonLines, EndWithTheFailure) {
    sqlite_shop shop;
    shop.break_draft();
    const std::string text = output_of(shop, {"migrate", "--progress", "json", "--json"});
    const auto lines = lines_of(text);
    ASSERT_GT(lines.size(), 2U);
    EXPECT_EQ(lines[lines.size() - 2]["event"], "failed");
    EXPECT_EQ(lines.back()["error"]["code"], "statement_failed");
}

TEST(JsonLines, AreNotMixedWithWhatIsToldToAPerson) {
    sqlite_shop shop;
    EXPECT_EQ(output_of(shop, {"migrate", "--to", "1", "--progress", "none"}).find("applied 1"), std::string::npos);
    EXPECT_NE(output_of(shop, {"migrate", "--to", "2", "--progress", "text"}).find("applied 2"), std::string::npos);
}

}  // namespace
}  // namespace varve::testing
