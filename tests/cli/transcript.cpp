#include "transcript.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace varve::testing {
namespace {

// What differs each time: the clock, and how long something took. Times keep their width, so that tables do.
std::string stable(const std::string& text) {
    static const std::regex date(R"(\d{4}-\d\d-\d\d)");
    static const std::regex clock(R"(\d\d:\d\d:\d\d(\.\d{3})?)");
    static const std::regex in_text(R"(\d+ ms\)|in \d+ ms)");
    static const std::regex in_json(R"("duration_ms": ?\d+)");
    std::string result = std::regex_replace(text, in_json, R"("duration_ms": 0)");
    result = std::regex_replace(std::regex_replace(result, date, "2026-01-07"), clock, "09:30:00$1");
    result = std::regex_replace(result, std::regex(R"(SQLite \d+\.\d+\.\d+)"), "SQLite 3.40.1");
    result = std::regex_replace(result, std::regex(R"(PostgreSQL \d+[^,\n"]*)"), "PostgreSQL 15");
    result = std::regex_replace(result, std::regex(R"(\d{8}-\d{6})"), "20260107-093000");
    result = std::regex_replace(result, std::regex(R"(09:30:00\.\d{3})"), "09:30:00.123");
    for (std::smatch found; std::regex_search(result, found, in_text);) {
        const std::string replacement = found.str().starts_with("in ") ? "in some ms" : "some ms)";
        result.replace(static_cast<std::size_t>(found.position()), static_cast<std::size_t>(found.length()),
                       replacement);
    }
    return result;
}

// Escape codes as a reviewer can read them.
std::string visible(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '\x1b') {
            result += "\\e";
        } else if (c == '\r') {
            result += "\\r";
        } else {
            result += c;
        }
    }
    return result;
}

// Indented, for the reviewer; and proof that somebody else can read it.
std::string reviewed(const std::string& out, const std::vector<std::string>& words) {
    if (std::find(words.begin(), words.end(), "--json") == words.end()) return visible(out);
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1) << out;
    return nlohmann::ordered_json::parse(out).dump(2) + '\n';
}

}  // namespace

void transcript::run(engine& database, const histories& known, const std::vector<std::string>& words,
                     const char* answer) {
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in(answer == nullptr ? "" : answer);
    const console where{.out = &out, .err = &err, .style = style_, .in = answer == nullptr ? nullptr : &in};
    const int code = tools ? command_line(database, known, arguments(words), *tools, defaults, where)
                           : command_line(database, known, arguments(words), defaults, where);
    text_ += "$ db";
    for (const auto& word : words) text_ += ' ' + word;
    text_ += '\n' + stable(reviewed(out.str(), words));
    if (!err.str().empty()) text_ += "[standard error]\n" + stable(visible(err.str()));
    if (answer != nullptr) text_ += "[answered: " + std::string(answer, 0, std::string(answer).find('\n')) + "]\n";
    text_ += "[exit code " + std::to_string(code) + "]\n\n";
}

void expect_golden(const std::string& name, const std::string& text) {
    const std::string path = VARVE_GOLDEN "/" + name + ".txt";
    const char* const update = std::getenv("VARVE_UPDATE_GOLDEN");
    if (update != nullptr && *update != '\0') {
        std::ofstream file(path, std::ios::binary);
        file << text;
        EXPECT_TRUE(file.good()) << path << " cannot be written";
        return;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    EXPECT_EQ(text, expected) << path << " differs; VARVE_UPDATE_GOLDEN=1 rewrites it";
}

}  // namespace varve::testing
