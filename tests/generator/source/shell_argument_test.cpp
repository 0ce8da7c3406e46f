#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <source/shell_argument.hpp>
#include <string>

namespace varve::generator {
namespace {

// What a real shell makes of it.
std::string read_by_shell(const std::string& argument) {
    const std::string command = "printf %s " + argument;
    std::FILE* output = ::popen(command.c_str(), "r");
    std::string text;
    std::array<char, 256> piece{};
    while (std::fgets(piece.data(), static_cast<int>(piece.size()), output) != nullptr) text += piece.data();
    ::pclose(output);
    return text;
}

TEST(ShellArgument, IsTheTextItselfWhereNothingIsSpecial) {
    EXPECT_EQ(shell_argument("../shop/migrations/sqlite-2.lock"), "../shop/migrations/sqlite-2.lock");
    EXPECT_EQ(shell_argument("C:/shop/größe"), "C:/shop/größe");
}

TEST(ShellArgument, IsInDoubleQuotesWhichEveryShellKnowsWhereTheyAreEnough) {
    EXPECT_EQ(shell_argument("my shop/migrations"), "\"my shop/migrations\"");
    EXPECT_EQ(shell_argument("a&b;(c)"), "\"a&b;(c)\"");
}

TEST(ShellArgument, ReachesAProgramAsItWasWhateverIsInIt) {
    for (int byte = 1; byte < 0x80; ++byte) {
        const std::string text{'a', static_cast<char>(byte), 'b'};
        EXPECT_EQ(read_by_shell(shell_argument(text)), text) << byte;
    }
    for (const std::string text : {"", "~", "*", "#x", "it's $HOME `id` \\ \"!\" %PATH%", "'", "''", "a b'c"}) {
        EXPECT_EQ(read_by_shell(shell_argument(text)), text) << text;
    }
}

}  // namespace
}  // namespace varve::generator
