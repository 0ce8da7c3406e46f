#include "page.hpp"

#include <sql/postgresql_parser.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <commands/command_line.hpp>
#include <fstream>
#include <lint/rule.hpp>
#include <regex>
#include <set>
#include <source/text_file.hpp>
#include <sql/checksum.hpp>
#include <sql/postgresql_parser.hpp>
#include <sstream>
#include <support/temporary_directory.hpp>

namespace varve::testing {
namespace {

namespace fs = std::filesystem;

const fs::path pages_directory = VARVE_PAGES_DIRECTORY;
const fs::path generator_directory = VARVE_GENERATOR_DIRECTORY;

std::vector<fs::path> all_pages() {
    std::vector<fs::path> pages;
    for (const auto& entry : fs::directory_iterator(pages_directory)) {
        if (entry.path().filename() != "README.md") pages.push_back(entry.path());
    }
    std::sort(pages.begin(), pages.end());
    return pages;
}

std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The codes that the generator's sources report: string literals of exactly the form of a code.
std::set<std::string> codes_in_sources() {
    static const std::regex literal("\"(M[0-9]{3})\"");
    std::set<std::string> codes;
    for (const auto& entry : fs::recursive_directory_iterator(generator_directory)) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = content(entry.path());
        for (std::sregex_iterator at(text.begin(), text.end(), literal), end; at != end; ++at) codes.insert((*at)[1]);
    }
    return codes;
}

std::string checksum_of(const example& shown, const std::string& file) {
    const auto found = std::ranges::find(shown.files, file, &example_file::name);
    if (found == shown.files.end()) return "no file " + file + " in the example";
    const generator::text_file text(file, found->text);
    const auto& rule = generator::checksum_rules().back();
    const auto tokens = generator::lex(text.text(), shown.engine).tokens;
    return generator::to_string({.rule = rule.number, .value = rule.of(text.text(), tokens, shown.engine)});
}

/// `<up 0001_x.sql>` and `<down 0001_x.down.sql>` become checksums.
std::string with_checksums(const example& shown, std::string text) {
    static const std::regex placeholder("<(?:up|down) ([^>]+)>");
    std::smatch found;
    while (std::regex_search(text, found, placeholder)) {
        text = found.prefix().str() + checksum_of(shown, found[1]) + found.suffix().str();
    }
    return text;
}

/// `varve check --name shop` as its words.
std::vector<std::string> words_of(const std::string& command) {
    std::istringstream in(command);
    return {std::istream_iterator<std::string>(in), {}};
}

void add_default(std::vector<std::string>& words, const std::string& option, const std::string& value) {
    if (std::ranges::find(words, option) != words.end()) return;
    words.insert(words.end(), {option, value});
}

/// The command of an example on its directory: what a page leaves away is added, paths lead into `root`.
std::vector<std::string> command_of(const diagnostic_page& page, const example& shown, const fs::path& root) {
    std::vector<std::string> words = {"varve", "check"};
    const auto own = std::ranges::find(shown.files, "command", &example_file::name);
    if (own != shown.files.end()) words = words_of(own->text);
    static const std::set<std::string> take_a_path = {"--directory", "--schema", "--lock-file",
                                                      "--cpp",       "--header", "--stamp"};
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (take_a_path.contains(words[i - 1])) words[i] = (root / words[i]).string();
    }
    add_default(words, "--directory", root.string());
    add_default(words, "--engine", shown.engine == engine_kind::sqlite ? "sqlite" : "postgresql");
    add_default(words, "--name", "shop");
    // The other pages show a part of a history, which cannot be run from nothing.
    if (!page.code.starts_with("M6")) add_default(words, "--replay", "off");
    return words;
}

struct outcome {
    int exit_code = 0;
    std::string said;
};

outcome run(const diagnostic_page& page, const example& shown) {
    const temporary_directory root;
    for (const example_file& file : shown.files) {
        if (file.name != "command") root.write(file.name, with_checksums(shown, file.text));
    }
    const std::vector<std::string> words = command_of(page, shown, root.path());
    std::vector<const char*> arguments;
    for (const std::string& word : words) arguments.push_back(word.c_str());
    std::ostringstream out;
    std::ostringstream err;
    const int exit_code = generator::run(static_cast<int>(arguments.size()), arguments.data(), out, err);
    return {exit_code, err.str() + out.str()};
}

/// The codes of the errors and warnings in what was printed.
std::set<std::string> findings_in(const std::string& said) {
    static const std::regex error(": (?:error|warning): [^\\n]*\\[(M[0-9]{3})\\]");
    std::set<std::string> codes;
    for (std::sregex_iterator at(said.begin(), said.end(), error), end; at != end; ++at) codes.insert((*at)[1]);
    return codes;
}

class Page : public ::testing::TestWithParam<fs::path> {};

/// Something too large, something that changes all the time, a build that does not look again, and something that
/// crashes.
const std::set<std::string> no_small_directory_shows = {"M050", "M051", "M061", "M121"};

/// Found by PostgreSQL's own grammar, which not every build has.
bool can_be_found(const std::string& code) {
    if (generator::postgresql_parser_version()) return true;
    const generator::rule* const rule = generator::find_rule(code);
    const bool reads_trees = rule != nullptr && rule->engines != generator::rule_engines::sqlite;
    return !reads_trees && code != "M101" && code != "M102";
}

TEST_P(Page, HasItsCodeAsTitleAndExamplesOfBothKinds) {
    const diagnostic_page page = read_page(GetParam());
    EXPECT_EQ(page.title.substr(0, page.title.find(':')), page.code);
    if (no_small_directory_shows.contains(page.code)) return;
    for (const verdict kind : {verdict::bad, verdict::good}) {
        EXPECT_TRUE(std::ranges::count(page.examples, kind, &example::expected) > 0);
    }
}

TEST_P(Page, BadExamplesReportItsCodeAndNothingElse) {
    const diagnostic_page page = read_page(GetParam());
    for (const example& shown : page.examples) {
        if (shown.expected != verdict::bad || !can_be_found(page.code)) continue;
        const outcome result = run(page, shown);
        SCOPED_TRACE("line " + std::to_string(shown.line) + ":\n" + result.said);
        EXPECT_NE(result.said.find("[" + page.code + "]"), std::string::npos);
        std::set<std::string> others = findings_in(result.said);
        others.erase(page.code);
        EXPECT_TRUE(others.empty()) << "also " << *others.begin();
    }
}

TEST_P(Page, GoodExamplesReportNothing) {
    const diagnostic_page page = read_page(GetParam());
    for (const example& shown : page.examples) {
        if (shown.expected != verdict::good) continue;
        const outcome result = run(page, shown);
        SCOPED_TRACE("line " + std::to_string(shown.line) + ":\n" + result.said);
        EXPECT_EQ(result.exit_code, 0);
        EXPECT_EQ(result.said.find("[" + page.code + "]"), std::string::npos);
        const std::set<std::string> others = findings_in(result.said);
        EXPECT_TRUE(others.empty()) << "but " << *others.begin();
    }
}

INSTANTIATE_TEST_SUITE_P(Diagnostics, Page, ::testing::ValuesIn(all_pages()),
                         [](const auto& page) { return page.param.stem().string(); });

/// Those of the first that the second has not.
std::vector<std::string> missing(const std::set<std::string>& wanted, const std::set<std::string>& there) {
    std::vector<std::string> result;
    std::ranges::set_difference(wanted, there, std::back_inserter(result));
    return result;
}

TEST(Pages, ThereIsOneForEachCodeThatTheGeneratorReportsAndNoOther) {
    std::set<std::string> pages;
    for (const fs::path& page : all_pages()) pages.insert(page.stem().string());
    EXPECT_THAT(missing(codes_in_sources(), pages), ::testing::IsEmpty()) << "no page in docs/diagnostics";
    EXPECT_THAT(missing(pages, codes_in_sources()), ::testing::IsEmpty()) << "nothing reports it";
}

}  // namespace
}  // namespace varve::testing
