// docs/checksum.md promises its test vectors to whoever writes another implementation: every row is computed here.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <source/text_file.hpp>
#include <sql/checksum.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

struct vector_row {
    std::string text;
    engine_kind dialect = engine_kind::sqlite;
    std::string shows;
    std::string hash;
};

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line.substr(1));
    for (std::string cell; std::getline(stream, cell, '|');) {
        const std::size_t first = cell.find_first_not_of(' ');
        const std::size_t last = cell.find_last_not_of(' ');
        cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
    }
    return cells;
}

std::string unescaped(const std::string& cell) {
    if (cell == "(nothing)") return {};
    const std::map<char, char> letters{{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'\\', '\\'}};
    std::string text;
    for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
        if (cell[i] != '\\') {
            text += cell[i];
        } else if (cell[++i] == 'x') {
            text += static_cast<char>(std::stoi(cell.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            text += letters.at(cell[i]);
        }
    }
    return text;
}

std::vector<vector_row> rows_of_the_page() {
    std::ifstream page(VARVE_CHECKSUM_PAGE);
    std::vector<vector_row> rows;
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| `") && !line.starts_with("| (nothing)")) continue;
        const std::vector<std::string> cells = cells_of(line);
        if (cells.size() != 4) throw std::runtime_error("not a row of four cells: " + line);
        if (cells[1] != "PostgreSQL" && cells[1] != "SQLite") throw std::runtime_error("unknown dialect: " + line);
        rows.push_back({.text = unescaped(cells[0]),
                        .dialect = cells[1] == "SQLite" ? engine_kind::sqlite : engine_kind::postgresql,
                        .shows = cells[2],
                        .hash = cells[3]});
    }
    return rows;
}

std::string hash_or_error(const vector_row& row) {
    const text_file file("a.sql", row.text);
    const lexed result = lex(file.text(), row.dialect);
    if (!result.errors.empty()) return "error";
    return to_string(checksum{.rule = 1, .value = token_checksum(file.text(), result.tokens, row.dialect)}).substr(2);
}

TEST(ChecksumPage, EveryVectorIsWhatTheRuleGives) {
    const std::vector<vector_row> rows = rows_of_the_page();
    EXPECT_GT(rows.size(), 120U);
    for (const vector_row& row : rows) EXPECT_EQ(hash_or_error(row), row.hash) << row.shows << ": " << row.text;
}

}  // namespace
}  // namespace varve::generator
