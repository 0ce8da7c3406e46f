// SARIF 2.1.0: what is printed is read back with another JSON library and held against what the specification demands.
#include <gtest/gtest.h>

#include <source/diagnostic.hpp>

#include <nlohmann/json.hpp>

#include <set>
#include <sstream>
#include <string>

namespace varve::generator {
namespace {

using nlohmann::json;

diagnostic problem(std::string code, location where, std::string message) {
    return {.level = severity::error,
            .code = std::move(code),
            .where = std::move(where),
            .message = std::move(message),
            .hint = {},
            .notes = {}};
}

location place(std::string path, std::uint32_t line = 2, std::uint32_t column = 3) {
    return {.path = std::move(path), .line = line, .column = column, .source_line = {}};
}

std::string printed(const diagnostics& all) {
    std::ostringstream out;
    print(out, all, output_format::sarif);
    return out.str();
}

void only_these_keys(const json& object, const std::set<std::string>& known) {
    ASSERT_TRUE(object.is_object());
    for (const auto& [key, ignored] : object.items()) EXPECT_TRUE(known.contains(key)) << "SARIF has no " << key;
}

bool is_a_uri_reference(const std::string& uri) {
    for (std::size_t i = 0; i < uri.size(); ++i) {
        const auto byte = static_cast<unsigned char>(uri[i]);
        if (byte <= ' ' || byte >= 0x7F || std::string_view("\"<>\\^`{|}#?[]").find(uri[i]) != std::string::npos)
            return false;
        const auto is_hex = [&](std::size_t at) { return at < uri.size() && std::isxdigit(uri[at]) != 0; };
        if (uri[i] == '%' && !(is_hex(i + 1) && is_hex(i + 2))) return false;
    }
    // A colon in the first part would make it a scheme.
    const std::size_t colon = uri.find(':');
    return !uri.empty() && (colon == std::string::npos || uri.starts_with("file:"));
}

void is_a_message(const json& message) {
    only_these_keys(message, {"text"});
    const std::string text = message.at("text");
    EXPECT_FALSE(text.empty());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '{' && text[i] != '}') continue;
        ASSERT_TRUE(i + 1 < text.size() && text[i + 1] == text[i]) << "a placeholder in " << text;
        ++i;
    }
}

void is_a_physical_location(const json& at) {
    only_these_keys(at, {"artifactLocation", "region"});
    EXPECT_TRUE(is_a_uri_reference(at.at("artifactLocation").at("uri"))) << at.dump();
    only_these_keys(at.at("region"), {"startLine", "startColumn"});
    EXPECT_GE(at.at("region").at("startLine").get<int>(), 1);
    EXPECT_GE(at.at("region").at("startColumn").get<int>(), 1);
}

void is_a_rule(const json& rule) {
    only_these_keys(rule, {"id", "name", "shortDescription", "help"});
    EXPECT_TRUE(rule.at("id").is_string());
    if (rule.contains("shortDescription")) is_a_message(rule.at("shortDescription"));
    EXPECT_FALSE(rule.at("help").at("text").get<std::string>().empty());
}

void is_a_result(const json& result, const json& rules) {
    only_these_keys(result, {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations"});
    EXPECT_EQ(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id"), result.at("ruleId"));
    EXPECT_TRUE((std::set<std::string>{"note", "warning", "error"}.contains(result.at("level"))));
    is_a_message(result.at("message"));
    for (const json& each : result.value("locations", json::array()))
        is_a_physical_location(each.at("physicalLocation"));
    std::set<int> ids;
    for (const json& each : result.value("relatedLocations", json::array())) {
        only_these_keys(each, {"id", "physicalLocation", "message"});
        EXPECT_TRUE(ids.insert(each.at("id").get<int>()).second);
        if (each.contains("physicalLocation")) is_a_physical_location(each.at("physicalLocation"));
        is_a_message(each.at("message"));
    }
}

/// The log, held against the specification; its one run.
json run_of(const diagnostics& all) {
    const json log = json::parse(printed(all));
    only_these_keys(log, {"$schema", "version", "runs"});
    EXPECT_EQ(log.at("version"), "2.1.0");
    EXPECT_EQ(log.at("runs").size(), 1U);
    const json run = log.at("runs").at(0);
    only_these_keys(run, {"tool", "columnKind", "results"});
    EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints");
    const json& driver = run.at("tool").at("driver");
    only_these_keys(driver, {"name", "version", "rules"});
    EXPECT_EQ(driver.at("name"), "varve");
    std::set<std::string> ids;
    for (const json& rule : driver.at("rules")) {
        is_a_rule(rule);
        EXPECT_TRUE(ids.insert(rule.at("id")).second) << "a rule twice";
    }
    for (const json& result : run.at("results")) is_a_result(result, driver.at("rules"));
    return run;
}

json result_of(const diagnostic& shown) {
    diagnostics all;
    all.report(shown);
    return run_of(all).at("results").at(0);
}

TEST(Sarif, OfNothingHasNoResultsAndNoRules) {
    const json run = run_of({});
    EXPECT_EQ(run.at("results"), json::array());
    EXPECT_EQ(run.at("tool").at("driver").at("rules"), json::array());
}

TEST(Sarif, AResultHasItsPlaceItsRuleAndItsHint) {
    diagnostic shown = problem("M106", place("migrations/0003_index.sql", 12, 8), "it cannot");
    shown.details = "- before\n+ after";
    shown.hint = "move it\nor write it";
    const json result = result_of(shown);
    EXPECT_EQ(result.at("ruleId"), "M106");
    EXPECT_EQ(result.at("level"), "error");
    EXPECT_EQ(result.at("message").at("text"), "it cannot\n- before\n+ after\nhint: move it\nor write it");
    EXPECT_EQ(result.at("locations"), json::parse(R"([{"physicalLocation": {
        "artifactLocation": {"uri": "migrations/0003_index.sql"}, "region": {"startLine": 12, "startColumn": 8}}}])"));
    EXPECT_FALSE(result.contains("relatedLocations"));
}

TEST(Sarif, AFileAsAWholeIsItsFirstCharacter) {
    const json at = result_of(problem("M001", place("a.sql", 0, 0), "no")).at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(at.at("region"), json::parse(R"({"startLine": 1, "startColumn": 1})"));
}

TEST(Sarif, NotesAreRelatedLocations) {
    diagnostic shown = problem("M034", place("sqlite.lock"), "twice");
    shown.notes = {{place("sqlite.lock", 4, 1), "the first"}, {place("b.sql", 0, 0), "its file"}};
    const json related = result_of(shown).at("relatedLocations");
    ASSERT_EQ(related.size(), 2U);
    EXPECT_EQ(related.at(0).at("message").at("text"), "the first");
    EXPECT_EQ(related.at(0).at("physicalLocation").at("region").at("startLine"), 4);
    EXPECT_EQ(related.at(1).at("physicalLocation").at("artifactLocation").at("uri"), "b.sql");
}

TEST(Sarif, EachCodeIsOneRuleWithTheNameOfItsPage) {
    diagnostics all;
    all.report(problem("M040", place("b.sql"), "edited"));
    all.report(problem("M003", place("a.sql"), "twice"));
    all.report(problem("M040", place("c.sql"), "edited"));
    const json rules = run_of(all).at("tool").at("driver").at("rules");
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_EQ(rules.at(0).at("name"), "a-version-used-twice");
    EXPECT_EQ(rules.at(1).at("id"), "M040");
    EXPECT_EQ(rules.at(1).at("shortDescription").at("text"), "a released migration was edited");
    EXPECT_NE(rules.at(1).at("help").at("text").get<std::string>().find("docs/diagnostics/M040.md"), std::string::npos);
}

TEST(Sarif, ACodeWithoutAPageIsARuleAllTheSame) {
    EXPECT_EQ(result_of(problem("M999", place("a.sql"), "no")).at("ruleId"), "M999");
}

TEST(Sarif, PathsBecomeUriReferences) {
    const auto uri = [](std::string path) {
        const json result = result_of(problem("M001", place(std::move(path)), "no"));
        return result.at("locations").at(0).at("physicalLocation").at("artifactLocation").at("uri").get<std::string>();
    };
    EXPECT_EQ(uri("my migrations/100%_\xC3\xA9#?.sql"), "my%20migrations/100%25_%C3%A9%23%3F.sql");
    EXPECT_EQ(uri("/srv/shop/a.sql"), "file:///srv/shop/a.sql");
    EXPECT_EQ(uri("C:/shop/a b.sql"), "file:///C:/shop/a%20b.sql");
    EXPECT_EQ(uri("//server/share/a.sql"), "file://server/share/a.sql");
    EXPECT_EQ(uri("c:x/a.sql"), "c%3Ax/a.sql");
    EXPECT_EQ(uri("a[1]\"{b}\\\n\xFF.sql"), "a%5B1%5D%22%7Bb%7D%5C%0A%FF.sql");
}

TEST(Sarif, OddCharactersInMessagesStayReadable) {
    const json result =
        result_of(problem("M116", place("a.sql"), "say \"${name}\"\n\t\\ \x01\x7F \xC3\xA9 \xE9 \xED\xA0\x80"));
    EXPECT_EQ(result.at("message").at("text").get<std::string>(),
              "say \"${{name}}\"\n\t\\ \x01\x7F \xC3\xA9 \xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Sarif, NamesInBracketsAreNoLinks) {
    const json result = result_of(problem("M040", place("a.sql"), "CREATE TABLE [a](b int[])"));
    EXPECT_EQ(result.at("message").at("text"), "CREATE TABLE [a\\](b int[])");
}

TEST(Sarif, WithoutAPlaceThereIsNoLocation) {
    diagnostic shown = problem("M001", {}, "no");
    shown.notes.push_back({{}, "because"});
    const json result = result_of(shown);
    EXPECT_FALSE(result.contains("locations"));
    EXPECT_FALSE(result.at("relatedLocations").at(0).contains("physicalLocation"));
}

}  // namespace
}  // namespace varve::generator
