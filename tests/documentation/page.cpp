#include "page.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <span>
#include <sstream>

namespace varve::testing {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream all{std::string(text)};
    for (std::string line; std::getline(all, line);) lines.push_back(line);
    return lines;
}

bool line_matches(std::string_view shown, std::string_view line) {
    const std::size_t dots = shown.find("...");
    if (dots == std::string_view::npos) return shown == line;
    if (!line.starts_with(shown.substr(0, dots))) return false;
    shown.remove_prefix(dots + 3);
    line.remove_prefix(dots);
    for (std::size_t skipped = 0; skipped <= line.size(); ++skipped) {
        if (line_matches(shown, line.substr(skipped))) return true;
    }
    return false;
}

bool lines_match(std::span<const std::string> shown, std::span<const std::string> lines) {
    if (shown.empty()) return lines.empty();
    if (shown.front() == "...") {
        for (std::size_t skipped = 0; skipped <= lines.size(); ++skipped) {
            if (lines_match(shown.subspan(1), lines.subspan(skipped))) return true;
        }
        return false;
    }
    return !lines.empty() && line_matches(shown.front(), lines.front()) &&
           lines_match(shown.subspan(1), lines.subspan(1));
}

}  // namespace

std::vector<fenced_block> fenced_blocks(std::string_view page) {
    std::vector<fenced_block> blocks;
    bool inside = false;
    std::size_t number = 0;
    for (const auto& line : lines_of(page)) {
        ++number;
        if (!line.starts_with("```")) {
            if (inside) blocks.back().text += line + '\n';
            continue;
        }
        inside = !inside;
        if (!inside) continue;
        const std::size_t space = std::min(line.find(' '), line.size());
        blocks.push_back({line.substr(3, space - 3), line.substr(std::min(space + 1, line.size())), "", number});
    }
    return blocks;
}

std::vector<std::string> relative_links(std::string_view page) {
    static const std::regex link(R"(\]\(([^)#\s]+)(#[^)\s]*)?\))");
    std::vector<std::string> targets;
    const std::string text(page);
    for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
        const std::string target = (*at)[1];
        if (target.find("://") == std::string::npos) targets.push_back(target);
    }
    return targets;
}

bool is_as_shown(std::string_view shown, std::string_view output) {
    const auto expected = lines_of(shown);
    const auto lines = lines_of(output);
    return lines_match(expected, lines);
}

std::string read_page(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace varve::testing
