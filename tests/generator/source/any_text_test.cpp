#include <gtest/gtest.h>

#include <array>
#include <random>
#include <source/directive.hpp>
#include <source/file_name.hpp>
#include <string>
#include <variant>

namespace varve::generator {
namespace {

/// Texts put together from pieces that mean something, in a repeatable order.
class any_text {
public:
    template <std::size_t N>
    std::string of(const std::array<std::string_view, N>& pieces, std::size_t most) {
        std::string text;
        for (std::size_t count = random_() % (most + 1); count > 0; --count) text += pieces[random_() % N];
        return text;
    }

private:
    std::mt19937 random_{42};
};

constexpr std::array<std::string_view, 24> name_pieces = {"0007",
                                                          "7",
                                                          "0",
                                                          "_",
                                                          "-",
                                                          ".",
                                                          "add",
                                                          "é",
                                                          "up",
                                                          "down",
                                                          ".up",
                                                          ".down",
                                                          ".sqlite",
                                                          ".pg",
                                                          ".sql",
                                                          "sql",
                                                          "V",
                                                          "R_",
                                                          " ",
                                                          "~",
                                                          "\xFF",
                                                          "\xE2\x80\x8B",
                                                          "99999999999999999999",
                                                          ".."};

TEST(FileName, OfAnyFormIsTakenApartCompletelyOrRefusedWithAName) {
    any_text any;
    for (int i = 0; i < 20'000; ++i) {
        const std::string file = any.of(name_pieces, 7) + ".sql";
        const auto parsed = parse_file_name(file);
        if (const auto* parts = std::get_if<file_name>(&parsed)) {
            std::string again = parts->version_text + "_" + parts->name;
            if (parts->which == direction::down) again += ".down";
            if (parts->which == direction::up && file.find(".up.") != std::string::npos) again += ".up";
            if (parts->engine) again += "." + std::string(engine_word(*parts->engine));
            EXPECT_EQ(again + ".sql", file);
            continue;
        }
        const std::string& hint = std::get<bad_file_name>(parsed).hint;
        constexpr std::string_view lead = "rename it to ";
        if (!hint.starts_with(lead) || hint.find('<') != std::string::npos) continue;
        EXPECT_TRUE(std::holds_alternative<file_name>(parse_file_name(hint.substr(lead.size()))))
            << file << ": " << hint;
    }
}

constexpr std::array<std::string_view, 26> comment_pieces = {"-- varve:",
                                                             "--varve: ",
                                                             "-- Varve:",
                                                             "varve",
                                                             ":",
                                                             " depends",
                                                             " 3",
                                                             ",",
                                                             " auth:5",
                                                             " allow",
                                                             " M201",
                                                             " why",
                                                             " transaction",
                                                             " no-transaction",
                                                             " irreversible",
                                                             "\n",
                                                             "\n",
                                                             "/*",
                                                             "*/",
                                                             "SELECT 1;",
                                                             "'",
                                                             "--",
                                                             "\t",
                                                             "$$",
                                                             "\xFF",
                                                             "-- +goose Down\n"};

TEST(Directive, OfAnyTextIsReadOrReportedInsideTheFile) {
    any_text any;
    for (int i = 0; i < 20'000; ++i) {
        const text_file file("x.sql", any.of(comment_pieces, 12));
        diagnostics found;
        const directives said = read_directives(file, lex(file.text(), engine_kind::postgresql), direction::up, found);
        const std::uint32_t lines = file.position_of(file.text().size()).line;
        for (const diagnostic& each : found.sorted()) {
            ASSERT_GE(each.where.line, 1U);
            ASSERT_LE(each.where.line, lines) << file.text();
            ASSERT_LE(each.where.column, each.where.source_line.size() + 1) << file.text();
        }
        for (const dependency_source& each : said.depends) ASSERT_TRUE(each.version == 3 || each.version == 5);
    }
}

}  // namespace
}  // namespace varve::generator
