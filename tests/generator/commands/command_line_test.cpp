#include "program.hpp"

#include <gmock/gmock.h>

#include <array>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
class CommandLine : public testing::Program {};

TEST_F(CommandLine, TellsItsVersion) {
    const auto result = run({"--version"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(
        result.out,
        MatchesRegex(
            "varve [0-9]+\\.[0-9]+\\.[0-9]+\ncontract 1\nchecksum rules 1 101\npostgresql grammar ([0-9]+|none)\n"
            "sqlite replay ([0-9.]+|none)\n"));
}

TEST_F(CommandLine, HelpsOnStandardOutput) {
    const auto result = run({"--help"});
    EXPECT_EQ(result.exit_code, 0);
    for (const char* command : {"embed", "check", "lock", "new"}) EXPECT_THAT(result.out, HasSubstr(command));
}

TEST_F(CommandLine, HidesWhatIsForVarveAlone) {
    EXPECT_EQ(run({"embed", "--help"}).out.find("own-ledger"), std::string::npos);
}

TEST_F(CommandLine, SaysThatStandardOutputCannotBeWritten) {
    std::ofstream full("/dev/full");
    std::ostringstream err;
    const std::array<const char*, 2> argv{"varve", "--help"};
    EXPECT_EQ(generator::run(2, argv.data(), full, err), 3);
    EXPECT_EQ(err.str(), "varve: error: standard output cannot be written\n");
}

TEST_F(CommandLine, RefusesTwoOutputsInOneFile) {
    const auto result =
        run(source("embed", {"--namespace", "shop", "--cpp", path("out/shop.cpp").string(), "--header",
                             path("out/shop.hpp").string(), "--stamp", path("out/../out/shop.cpp").string()}));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err,
                HasSubstr("two outputs are to be written to the same file: " + path("out/shop.cpp").string()));
    EXPECT_FALSE(exists("out"));
}

TEST_F(CommandLine, NeedsACommand) { EXPECT_EQ(run({}).exit_code, 2); }

TEST_F(CommandLine, RefusesWhatItDoesNotKnow) {
    const auto result = run(source("check", {"--colour"}));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("--colour"));
}

TEST_F(CommandLine, NamesTheEnginesThereAre) {
    const auto result = run({"check", "--directory", "x", "--engine", "mysql", "--name", "x"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.err,
              "varve: error: --engine: 'mysql' is none of: sqlite postgresql\n"
              "  hint: varve --help, or varve COMMAND --help, lists what there is\n");
}

TEST_F(CommandLine, RefusesANamespaceThatIsNone) {
    const auto result = run(source("embed", {"--namespace", "a::new", "--cpp", "c", "--header", "h", "--stamp", "s"}));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("--namespace: 'new' is a word of C++ itself"));
}

TEST_F(CommandLine, RefusesAVersionThatIsNone) {
    const auto result = run(source("lock", {"--down", "seven"}));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("'seven' is not a version"));
}

TEST_F(CommandLine, KeepsTheNamesOfVarvesOwnHistories) {
    const auto result =
        run({"check", "--directory", path("migrations").string(), "--engine", "sqlite", "--name", "varve_x"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("[M007]"));
}

}  // namespace
}  // namespace varve::generator
