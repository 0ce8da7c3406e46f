#include "page.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <varve/error.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>

namespace varve::testing {
namespace {

namespace fs = std::filesystem;

struct finished_process {
    std::string output;  ///< standard output and error together, as a reader of a page would see them
    int code = 0;
};

finished_process run_in(const fs::path& directory, const std::string& commands) {
    const fs::path script = directory.parent_path() / (directory.filename().string() + ".sh");
    std::ofstream(script) << "set -euo pipefail\ncd '" << directory.string() << "'\nexport PATH='" VARVE_PREFIX
                          << "/bin':$PATH CMAKE_PREFIX_PATH='" VARVE_PREFIX "'\n"
                          << commands;
    const auto close = [](std::FILE* pipe) { ::pclose(pipe); };
    std::unique_ptr<std::FILE, decltype(close)> pipe(::popen(("bash '" + script.string() + "' 2>&1").c_str(), "r"),
                                                     close);
    finished_process result;
    std::array<char, 4096> piece{};
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe.get())) {
        result.output.append(piece.data(), size);
    }
    const int status = ::pclose(pipe.release());
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

/// Follows a page from top to bottom in a directory of its own.
class follower {
public:
    explicit follower(const fs::path& page) : page_(page), directory_(fs::path(VARVE_WORK) / page.filename().stem()) {
        fs::remove_all(directory_);
        fs::create_directories(directory_);
    }

    void follow() {
        for (const auto& block : fenced_blocks(read_page(page_))) {
            SCOPED_TRACE(page_.filename().string() + ':' + std::to_string(block.line));
            do_as_it_says(block);
            if (::testing::Test::HasFatalFailure()) return;
        }
    }

private:
    void do_as_it_says(const fenced_block& block) {
        if (block.language == "sh") return run(block);
        if (block.language == "text") return compare(block);
        const bool is_file = block.language == "sql" || block.language == "cmake" || block.language == "cpp";
        ASSERT_TRUE(is_file) << "a block of \"" << block.language << "\", which nobody tries";
        ASSERT_NE(block.label, "") << "a block of code without a file name, which nobody tries";
        fs::create_directories((directory_ / block.label).parent_path());
        std::ofstream(directory_ / block.label) << block.text;
    }

    void run(const fenced_block& block) {
        last_ = run_in(directory_, block.text);
        const bool should_fail = block.label == "fails";
        ASSERT_EQ(last_.code != 0, should_fail) << block.text << "exit code " << last_.code << '\n' << last_.output;
    }

    void compare(const fenced_block& block) const {
        ASSERT_TRUE(is_as_shown(block.text, last_.output)) << "the page shows\n"
                                                           << block.text << "but it is\n"
                                                           << last_.output;
    }

    fs::path page_;
    fs::path directory_;
    finished_process last_;
};

TEST(Documentation, TheReadmeIsTrue) { follower(VARVE_SOURCE "/README.md").follow(); }

TEST(Documentation, TheTutorialIsTrue) { follower(VARVE_SOURCE "/docs/tutorial.md").follow(); }

// Every word of an enumeration whose `to_string` says "unknown" behind the last one.
template <typename Enumeration>
std::vector<std::string> words_of() {
    std::vector<std::string> words;
    for (int value = 0; to_string(static_cast<Enumeration>(value)) != "unknown"; ++value) {
        words.emplace_back(to_string(static_cast<Enumeration>(value)));
    }
    return words;
}

TEST(Documentation, TheRunbookKnowsEveryCode) {
    const std::string page = read_page(VARVE_SOURCE "/docs/runbook.md");
    const std::size_t problems = page.find("\n## Problems\n");
    ASSERT_NE(problems, std::string::npos);
    const auto codes = words_of<error_code>();
    const auto kinds = words_of<problem_kind>();
    ASSERT_GT(codes.size(), 10U);
    ASSERT_GT(kinds.size(), 10U);
    for (const auto& code : codes) EXPECT_LT(page.find("\n### " + code + "\n"), problems) << code;
    for (const auto& kind : kinds) EXPECT_NE(page.find("\n### " + kind + "\n", problems), std::string::npos) << kind;
}

TEST(Documentation, LinksLeadSomewhere) {
    std::vector<fs::path> pages{VARVE_SOURCE "/README.md", VARVE_SOURCE "/CONTRIBUTING.md", VARVE_SOURCE "/SECURITY.md",
                                VARVE_SOURCE "/example_project/README.md"};
    for (const auto& each : fs::recursive_directory_iterator(VARVE_SOURCE "/docs")) {
        if (each.path().extension() == ".md") pages.push_back(each.path());
    }
    for (const auto& page : pages) {
        for (const auto& link : relative_links(read_page(page))) {
            EXPECT_TRUE(fs::exists(page.parent_path() / link)) << page << " links to " << link;
        }
    }
}

}  // namespace
}  // namespace varve::testing
