#include "replayed.hpp"

#include <gmock/gmock.h>
#include <replay/replay_state.hpp>

#include <fstream>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class Cache : public testing::Replayed {
protected:
    Cache() {
        options.cache = directory() / "cache";
        options.use = cache_use::read_and_write;
        write("0001_a.sql", "CREATE TABLE a (x);\nINSERT INTO a VALUES (1);\n");
        write("0002_b.sql", "CREATE TABLE b (x);\n");
        write("0003_c.sql", "CREATE TABLE c (x);\n");
    }

    /// How many migrations a replay has to run.
    [[nodiscard]] std::size_t runs() {
        EXPECT_EQ(replayed(), "");
        return report().replayed;
    }

    void damage_files(std::string_view bytes) const {
        for (const auto& each : fs::directory_iterator(options.cache)) std::ofstream(each.path()) << bytes;
    }
};

TEST_F(Cache, SavesEverythingIfNothingChanged) {
    EXPECT_EQ(runs(), 3U);
    EXPECT_EQ(runs(), 0U);
}

TEST_F(Cache, ReplaysOnlyWhatIsNew) {
    (void)runs();
    write("0004_d.sql", "INSERT INTO c SELECT x FROM a;\n");
    EXPECT_EQ(runs(), 1U);
}

TEST_F(Cache, ReplaysOnlyTheNewestIfItWasEdited) {
    (void)runs();
    write("0003_c.sql", "CREATE TABLE c (x, y);\n");
    EXPECT_EQ(runs(), 1U);
    write("0003_c.sql", "INSERT INTO missing VALUES (1);\n");
    EXPECT_THAT(replayed(), HasSubstr("[M601]"));
    EXPECT_EQ(report().replayed, 1U);
}

TEST_F(Cache, KeepsWhatIsReleased) {
    write("0003_c.sql", "CREATE TABLE c (x);\n");
    release();
    write("0004_d.sql", "CREATE TABLE d (x);\n");
    write("0005_e.sql", "CREATE TABLE e (x);\n");
    (void)runs();
    write("0004_d.sql", "CREATE TABLE d (y);\n");
    EXPECT_EQ(runs(), 2U);
}

TEST_F(Cache, ReplaysEverythingBehindAnEdit) {
    (void)runs();
    write("0001_a.sql", "CREATE TABLE a (x);\n");
    EXPECT_EQ(runs(), 3U);
    EXPECT_EQ(runs(), 0U);
}

TEST_F(Cache, ReplaysAnewForOtherOptions) {
    (void)runs();
    options.functions = {{"slugify", 1}};
    EXPECT_EQ(runs(), 3U);
    options.functions = {{"slugify", 2}};
    EXPECT_EQ(runs(), 3U);
    options.collations = {"natural"};
    EXPECT_EQ(runs(), 3U);
}

TEST_F(Cache, SaysAgainWhatWasFound) {
    write("0002_b.sql", "INSERT INTO missing VALUES (1);\n");
    const std::string said = replayed();
    EXPECT_THAT(said, HasSubstr("0002_b.sql:1:13: error: no such table: missing [M601]"));
    EXPECT_EQ(replayed(), said);
    EXPECT_EQ(report().replayed, 0U);
}

TEST_F(Cache, IsNoHazardIfItIsDamaged) {
    for (const char* bytes : {"", "x", "0000000000000000000000000000000000000000000000000000000000000000\n5 abc"}) {
        (void)runs();
        damage_files(bytes);
        EXPECT_EQ(runs(), 3U) << bytes;
        EXPECT_EQ(runs(), 0U) << bytes;
        fs::remove_all(options.cache);
    }
}

TEST_F(Cache, IsNoHazardIfItCannotBeWritten) {
    write("../cache", "a file where a directory is wanted");
    EXPECT_EQ(runs(), 3U);
    EXPECT_EQ(runs(), 3U);
}

TEST_F(Cache, OnlyHoldsWhatTheNextBuildCanUse) {
    (void)runs();
    for (int i = 0; i < 5; ++i) {
        write("0003_c.sql", "CREATE TABLE c (x" + std::to_string(i) + ");\n");
        (void)runs();
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(options.cache), fs::directory_iterator()), 2);
}

TEST_F(Cache, IsNotWrittenByWhoOnlyReads) {
    options.use = cache_use::read;
    EXPECT_EQ(runs(), 3U);
    EXPECT_FALSE(fs::exists(options.cache));
}

TEST(ReplayState, SurvivesItsBytes) {
    const replay_state state{.image = std::string("a\0b 7 ", 6),
                             .unreliable = {"x", ""},
                             .findings = {{.level = severity::warning,
                                           .code = "M601",
                                           .where = {3, direction::down, 17},
                                           .message = "m\n",
                                           .hint = "",
                                           .notes = {{{1, direction::up, 2}, "n"}}}}};
    const std::string bytes = to_bytes(state);
    const auto read = state_from(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(to_bytes(*read), bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(state_from(bytes.substr(0, size))) << size;
    EXPECT_FALSE(state_from(bytes + " "));
    EXPECT_FALSE(state_from("0 99999999999999999999 "));
}

}  // namespace
}  // namespace varve::generator
