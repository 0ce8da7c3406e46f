#include "program.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class Embed : public testing::Program {
protected:
    void write_two() const {
        write("migrations/0001_create_users.sql", "CREATE TABLE users (id INTEGER);\n");
        write("migrations/0002_add_posts.sql", "CREATE TABLE posts (id INTEGER);\n");
    }

    [[nodiscard]] testing::run_result embed_to(std::string_view cpp, std::string_view stamp) const {
        return run(source("embed", {"--namespace", "shop", "--cpp", path(cpp).string(), "--header",
                                    path("out/shop.hpp").string(), "--stamp", path(stamp).string()}));
    }

    // Gives every output an old time, so that a new one is seen.
    void age_outputs() const {
        for (const auto& each : fs::recursive_directory_iterator(path("out"))) {
            if (each.is_regular_file()) fs::last_write_time(each.path(), long_ago_);
        }
    }
    [[nodiscard]] bool is_old(std::string_view file) const { return fs::last_write_time(path(file)) == long_ago_; }

private:
    fs::file_time_type long_ago_ = fs::file_time_type::clock::now() - std::chrono::hours(1);
};

TEST_F(Embed, WritesASourceAHeaderAStampAndADepfile) {
    write_two();
    const auto result = embed();
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(read("out/shop.cpp"), HasSubstr("\"CREATE TABLE posts (id INTEGER)\"sv"));
    EXPECT_THAT(read("out/include/shop.hpp"), HasSubstr("namespace company::shop::inline contract_1 {"));
    EXPECT_EQ(read("out/shop.stamp"), "");
}

TEST_F(Embed, SaysHowManyAreNotLocked) {
    write_two();
    EXPECT_THAT(embed().err, HasSubstr("2 migrations are drafts"));
}

TEST_F(Embed, NamesEverythingItReadInTheDepfile) {
    write_two();
    (void)run(source("lock"));
    (void)embed();
    const std::string directory = path("migrations").string();
    const std::string depfile = read("out/shop.d");
    EXPECT_THAT(depfile, ::testing::StartsWith(path("out/shop.stamp").string() + ":"));
    for (const std::string& each : {directory + " \\\n", directory + "/0001_create_users.sql",
                                    directory + "/0002_add_posts.sql", directory + "/sqlite.lock"}) {
        EXPECT_THAT(depfile, HasSubstr(" " + each));
    }
}

TEST_F(Embed, NamesNoLockFileThatIsNotThereButItsDirectory) {
    write_two();
    fs::create_directories(path("locks"));
    EXPECT_EQ(embed({"--lock-file", path("locks/shop.lock").string()}).exit_code, 0);
    EXPECT_EQ(read("out/shop.d").find("shop.lock"), std::string::npos);
    EXPECT_THAT(read("out/shop.d"), HasSubstr(path("locks").string() + "\n"));
}

TEST_F(Embed, WritesOnlyTheStampIfNothingChanged) {
    write_two();
    (void)embed();
    age_outputs();
    (void)embed();
    EXPECT_TRUE(is_old("out/shop.cpp"));
    EXPECT_TRUE(is_old("out/include/shop.hpp"));
    EXPECT_FALSE(is_old("out/shop.stamp"));
}

TEST_F(Embed, KeepsTheHeaderIfOnlySqlChanged) {
    write_two();
    (void)embed();
    age_outputs();
    write("migrations/0003_c.sql", "SELECT 1;\n");
    (void)embed();
    EXPECT_FALSE(is_old("out/shop.cpp"));
    EXPECT_TRUE(is_old("out/include/shop.hpp"));
}

TEST_F(Embed, WritesNothingAfterAnError) {
    write("migrations/0001_a.sql", "SELECT 'open;\n");
    EXPECT_EQ(embed().exit_code, 1);
    EXPECT_FALSE(exists("out"));
}

TEST_F(Embed, LeavesTheOutputsAloneAfterAnError) {
    write_two();
    (void)embed();
    age_outputs();
    write("migrations/0003_c.sql", "SELECT 'open;\n");
    EXPECT_EQ(embed().exit_code, 1);
    for (const char* each : {"out/shop.cpp", "out/include/shop.hpp", "out/shop.stamp", "out/shop.d"}) {
        EXPECT_TRUE(is_old(each)) << each;
    }
}

TEST_F(Embed, SaysThatAnOutputCannotBeWritten) {
    write_two();
    write("out", "a file where a directory is wanted");
    const auto result = embed();
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr(path("out/shop.d").string() + ":1:1: error: cannot write this file: "));
    EXPECT_THAT(result.err, HasSubstr("[M052]"));
}

// An output inside the directory changes it, as somebody who saves a file meanwhile does; dotfiles may lie there.
TEST_F(Embed, StartsOverIfTheDirectoryChangedMeanwhile) {
    write_two();
    const auto result = embed_to("migrations/.shop.cpp", "out/shop.stamp");
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_TRUE(exists("out/shop.stamp"));
}

TEST_F(Embed, GivesUpOnADirectoryThatNeverRests) {
    write_two();
    const auto result = embed_to("out/shop.cpp", "migrations/.shop.stamp");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("[M051]"));
    EXPECT_FALSE(exists("migrations/.shop.stamp"));
}

TEST_F(Embed, AcceptsAnEmptyDirectory) {
    EXPECT_EQ(embed().exit_code, 0);
    EXPECT_THAT(read("out/shop.cpp"), HasSubstr("constinit const ::varve::history history{"));
}

TEST_F(Embed, AcceptsAScriptOfCommentsOnly) {
    write("migrations/0001_a.sql", "-- nothing yet\n");
    EXPECT_EQ(embed().exit_code, 0);
}

TEST_F(Embed, WritesTheSameBytesWhateverTheDirectoryIsIn) {
    write_two();
    (void)embed();
    const std::string source_here = read("out/shop.cpp");
    const std::string header_here = read("out/include/shop.hpp");
    fs::create_directories(path("else/where"));
    fs::rename(path("migrations"), path("else/where/migrations"));
    (void)run({"embed", "--directory", path("else/where/migrations/").string(), "--engine", "sqlite", "--name",
               "shop_schema", "--namespace", "company::shop", "--cpp", path("two/other.cpp").string(), "--header",
               path("two/other.hpp").string(), "--stamp", path("two/other.stamp").string()});
    EXPECT_EQ(read("two/other.cpp"), source_here);
    EXPECT_EQ(read("two/other.hpp"), header_here);
    EXPECT_EQ(source_here.find(path("").string()), std::string::npos);
}

TEST_F(Embed, ReadsWindowsLineEndsAndAByteOrderMarkAsIfTheyWereNotThere) {
    write("migrations/0001_a.sql", "CREATE TABLE a (\n  id INTEGER\n);\n");
    (void)embed();
    const std::string unix_source = read("out/shop.cpp");
    write("migrations/0001_a.sql",
          "\xEF\xBB\xBF"
          "CREATE TABLE a (\r\n  id INTEGER\r\n);\r\n");
    (void)embed();
    EXPECT_EQ(read("out/shop.cpp"), unix_source);
}

TEST_F(Embed, ShowsWhatAnEditedMigrationWasInTheLastBuild) {
    write("migrations/0001_a.sql", "CREATE TABLE a (x INTEGER);\n");
    (void)run(source("lock"));
    EXPECT_EQ(embed().exit_code, 0);
    write("migrations/0001_a.sql", "CREATE TABLE a (x TEXT);\n");
    EXPECT_EQ(embed().exit_code, 1);
    EXPECT_THAT(embed().err, HasSubstr("\n  - CREATE TABLE a (x INTEGER)\n  + CREATE TABLE a (x TEXT)\n"));
    write("out/shop.kept", "damaged");
    EXPECT_THAT(embed().err, HasSubstr("\n  - checksum 1:"));
    write("migrations/0001_a.sql", "CREATE TABLE a (x INTEGER);\n");
    EXPECT_EQ(embed().exit_code, 0);
    EXPECT_THAT(read("out/shop.kept"), HasSubstr("CREATE TABLE a (x INTEGER);\n"));
}

TEST_F(Embed, WritesWhatItKeepsOnlyIfItDiffers) {
    write("migrations/0001_a.sql", "CREATE TABLE a (x INTEGER);\n");
    EXPECT_EQ(embed().exit_code, 0);
    const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    std::filesystem::last_write_time(path("out/shop.kept"), long_ago);
    EXPECT_EQ(embed().exit_code, 0);
    EXPECT_EQ(std::filesystem::last_write_time(path("out/shop.kept")), long_ago);
}

}  // namespace
}  // namespace varve::generator
