#include "page.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>

namespace varve::testing {
namespace {

constexpr std::string_view fence = "```text\n";

std::string read_runbook() {
    std::ifstream file(VARVE_RUNBOOK, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The end of the heading's line; npos if there is no such heading.
std::size_t after_heading(const std::string& page, part which, std::string_view code) {
    const std::size_t from = which == part::problems ? page.find("\n## Problems\n") : 0;
    const std::string heading = "\n### " + std::string(code) + "\n";
    const std::size_t at = page.find(heading, from);
    return at == std::string::npos ? at : at + heading.size();
}

/// The size of the block at a place, fences included; 0 if there is none.
std::size_t size_of_block(const std::string& page, std::size_t at) {
    if (page.compare(at, fence.size(), fence) != 0) return 0;
    return page.find("\n```\n", at) + 5 - at;
}

}  // namespace

std::string stable(std::string text) {
    static const std::pair<std::regex, std::string> same[] = {
        {std::regex(R"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?)"), "2026-01-07T09:30:00"},
        {std::regex(R"(server process \d+)"), "server process 4711"},
        {std::regex(R"(application varve runbook_test [^ :]+:\d+)"), "application varve shop web1:4711"},
        {std::regex(R"(user@\S+|\S+@\S+:\d+)"), "deploy@web1:4711"},
        {std::regex(R"(postgresql://[^ :;,]*)"), "postgresql://deploy@db1/shop"},
        {std::regex(R"((/[A-Za-z0-9._-]+)+/\.s\.PGSQL\.\d+)"), "/run/postgresql/.s.PGSQL.5432"},
        {std::regex(R"((/[A-Za-z0-9._-]+)+/shop\.db)"), "shop.db"},
        {std::regex(R"(runbook_test)"), "shop"},
    };
    for (const auto& [what, by] : same) text = std::regex_replace(text, what, by);
    return text;
}

std::string section_of(part which, std::string_view code) {
    const std::string page = read_runbook();
    const std::size_t at = after_heading(page, which, code);
    return at == std::string::npos ? "" : page.substr(at, page.find("\n##", at) - at);
}

void expect_shown(part which, std::string_view code, const std::string& output) {
    std::string page = read_runbook();
    const std::size_t at = after_heading(page, which, code);
    ASSERT_NE(at, std::string::npos) << "docs/runbook.md has no heading for " << code;
    const std::string block = std::string(fence) + stable(output) + "\n```\n";
    const std::size_t size = size_of_block(page, at);
    if (std::getenv("VARVE_UPDATE_GOLDEN") != nullptr) {
        page.replace(at, size, block);
        std::ofstream(VARVE_RUNBOOK, std::ios::binary) << page;
        return;
    }
    EXPECT_EQ(page.substr(at, size), block) << "what docs/runbook.md shows for " << code << " is not what happens; "
                                            << "VARVE_UPDATE_GOLDEN=1 rewrites it";
}

}  // namespace varve::testing
