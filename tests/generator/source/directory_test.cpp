#include <gtest/gtest.h>
#include <unistd.h>

#include <generator/found.hpp>
#include <source/directory.hpp>
#include <source/pair_scripts.hpp>
#include <support/temporary_directory.hpp>

namespace varve::generator {
namespace {

using testing::temporary_directory;

struct read_result {
    directory_listing listing;
    diagnostics found;
};

read_result read(const std::filesystem::path& directory, engine_kind engine = engine_kind::sqlite) {
    read_result result;
    result.listing = read_directory(directory, engine, result.found);
    return result;
}

/// Diagnostics without the temporary directory's name.
std::string shown(const temporary_directory& root, const diagnostics& found) {
    std::string text = printed(found);
    const std::string prefix = root.path().string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
        text.erase(at, prefix.size());
    }
    return text;
}

std::string paired(const temporary_directory& root, const released_names& released = {},
                   engine_kind engine = engine_kind::sqlite) {
    diagnostics found;
    const auto pairs = pair_scripts(read_directory(root.path(), engine, found), released, found);
    std::string text;
    for (const script_pair& pair : pairs) {
        text += pair.up.file + (pair.down ? " + " + pair.down->file : "") + "\n";
    }
    return text + shown(root, found);
}

TEST(Directory, ScriptsAreSortedByVersionNotByName) {
    const temporary_directory root;
    root.write("10_c.sql", "");
    root.write("9_b.sql", "");
    root.write("0001_a.sql", "");
    const auto [listing, found] = read(root.path());
    ASSERT_EQ(listing.scripts.size(), 3U);
    EXPECT_EQ(listing.scripts[0].file, "0001_a.sql");
    EXPECT_EQ(listing.scripts[1].file, "9_b.sql");
    EXPECT_EQ(listing.scripts[2].file, "10_c.sql");
    EXPECT_EQ(printed(found), "");
}

TEST(Directory, TheInputsAreTheDirectoryAndWhatWasRead) {
    const temporary_directory root;
    root.write("0001_a.sql", "SELECT 1;");
    root.write("0002_b.postgresql.sql", "SELECT 1;");
    root.write("README.md", "about");
    const auto [listing, found] = read(root.path());
    ASSERT_EQ(listing.inputs.size(), 2U);
    EXPECT_EQ(listing.inputs[0].path, root.path());
    EXPECT_EQ(listing.inputs[1].path, root.path() / "0001_a.sql");
    EXPECT_EQ(listing.inputs[1].size, 9U);
    EXPECT_EQ(listing.versions, (std::vector<std::int64_t>{1, 2}));
}

TEST(Directory, AChangeAfterReadingIsSeen) {
    const temporary_directory root;
    root.write("0001_a.sql", "SELECT 1;");
    const auto listing = read(root.path()).listing;
    EXPECT_FALSE(any_changed(listing.inputs));
    root.write("0001_a.sql", "SELECT 12;");
    EXPECT_TRUE(any_changed(listing.inputs));
}

TEST(Directory, AVanishedFileIsAChange) {
    const temporary_directory root;
    root.write("0001_a.sql", "SELECT 1;");
    const auto listing = read(root.path()).listing;
    std::filesystem::remove(root.path() / "0001_a.sql");
    EXPECT_TRUE(any_changed(listing.inputs));
}

TEST(Directory, StraysAndSubdirectoriesAreErrors) {
    const temporary_directory root;
    root.write("0001_a.sql", "");
    root.write("notes.txt", "");
    root.write("old/0001_a.sql", "");
    root.write(".git/config", "");
    root.write(".0001_a.sql.swp", "");
    root.write("README.md", "");
    root.write("sqlite.lock", "");
    EXPECT_EQ(
        shown(root, read(root.path()).found),
        "notes.txt:1:1: error: stray file `notes.txt` in a directory of migrations [M001]\n"
        "  hint: only scripts, README.md and lock files may lie here: move it elsewhere, or give it the name of a\n"
        "        script: <version>_<name>.sql\n"
        "old:1:1: error: stray directory `old` among migrations [M001]\n"
        "  hint: migrations lie in the directory itself, not in one below it: move it elsewhere\n");
}

TEST(Directory, ThatIsNotThereIsAnError) {
    const temporary_directory root;
    EXPECT_EQ(shown(root, read(root.path() / "migrations").found),
              "migrations:1:1: error: there is no directory of migrations here [M005]\n"
              "  hint: correct DIRECTORY in add_db_migrations(), or create the directory\n");
}

TEST(Directory, ThatIsAFileIsAnError) {
    const temporary_directory root;
    root.write("migrations", "");
    EXPECT_EQ(shown(root, read(root.path() / "migrations").found),
              "migrations:1:1: error: this is a file, not a directory of migrations [M005]\n"
              "  hint: correct DIRECTORY in add_db_migrations(), or create the directory\n");
}

TEST(Directory, ALinkIntoNowhereIsAnError) {
    const temporary_directory root;
    std::filesystem::create_symlink("nowhere", root.path() / "0001_a.sql");
    EXPECT_EQ(shown(root, read(root.path()).found),
              "0001_a.sql:1:1: error: the script cannot be read: No such file or directory [M005]\n"
              "  hint: give the user who builds the right to read it, or restore it if it is a link into nowhere\n");
}

TEST(Directory, AScriptThatIsNoRegularFileIsNotRead) {
    const temporary_directory root;
    std::filesystem::create_symlink("/dev/zero", root.path() / "0001_a.sql");
    EXPECT_EQ(shown(root, read(root.path()).found),
              "0001_a.sql:1:1: error: the script is not a regular file [M005]\n"
              "  hint: a script is a file of text: replace it by one\n");
}

TEST(Directory, ALinkThatLeadsToItselfIsAnError) {
    const temporary_directory root;
    std::filesystem::create_symlink("0001_a.sql", root.path() / "0001_a.sql");
    const read_result result = read(root.path());
    EXPECT_EQ(shown(root, result.found),
              "0001_a.sql:1:1: error: the script cannot be read: Too many levels of symbolic links [M005]\n"
              "  hint: give the user who builds the right to read it, or restore it if it is a link into nowhere\n");
    EXPECT_EQ(result.listing.state, listing_state::incomplete);
}

TEST(Directory, ListsTheVersionsInUseOfAllEngines) {
    const temporary_directory root;
    root.write("0001_a.sql", "");
    root.write("00012_b.postgresql.sql", "");
    root.write("notes.txt", "");
    std::error_code failure;
    const versions_in_use used = list_versions(root.path(), failure);
    EXPECT_EQ(used.versions, (std::vector<std::int64_t>{1, 12}));
    EXPECT_EQ(used.width, 5U);
    EXPECT_FALSE(failure);
    EXPECT_TRUE(list_versions(root.path() / "nowhere", failure).versions.empty());
    EXPECT_EQ(failure, std::errc::no_such_file_or_directory);
}

TEST(Pairs, AnUpHasItsDownBesideIt) {
    const temporary_directory root;
    root.write("0001_a.sql", "");
    root.write("0001_a.down.sql", "");
    root.write("0002_b.up.sql", "");
    root.write("0003_c.sqlite.sql", "");
    root.write("0003_c.down.sql", "");
    EXPECT_EQ(paired(root),
              "0001_a.sql + 0001_a.down.sql\n"
              "0002_b.up.sql\n"
              "0003_c.sqlite.sql + 0003_c.down.sql\n");
}

TEST(Pairs, EachEngineHasItsOwnFiles) {
    const temporary_directory root;
    root.write("0001_a.sqlite.sql", "");
    root.write("0001_a.postgresql.sql", "");
    root.write("0001_a.down.postgresql.sql", "");
    EXPECT_EQ(paired(root), "0001_a.sqlite.sql\n");
    EXPECT_EQ(paired(root, {}, engine_kind::postgresql), "0001_a.postgresql.sql + 0001_a.down.postgresql.sql\n");
}

TEST(Pairs, TwoMigrationsOfOneVersionAreAnError) {
    const temporary_directory root;
    root.write("0007_add_email.sql", "");
    root.write("0007_posts.sql", "");
    root.write("0007_posts.down.sql", "");
    root.write("0008_c.sql", "");
    EXPECT_EQ(paired(root),
              "0007_add_email.sql\n"
              "0008_c.sql\n"
              "0007_posts.sql:1:1: error: version 7 is also used by 0007_add_email.sql [M003]\n"
              "  hint: give it a version of its own: 0009_posts.sql, and its down script too\n"
              "0007_add_email.sql:1:1: note: the other one is here\n");
}

TEST(Pairs, OfTwoMigrationsTheReleasedOneKeepsItsVersion) {
    const temporary_directory root;
    root.write("0007_add_email.sql", "");
    root.write("0007_posts.sql", "");
    root.write("0007_posts.down.sql", "");
    EXPECT_EQ(paired(root, {{7, "posts"}}),
              "0007_posts.sql + 0007_posts.down.sql\n"
              "0007_add_email.sql:1:1: error: version 7 is also used by 0007_posts.sql, which is released [M003]\n"
              "  hint: give it a version of its own: 0008_add_email.sql\n"
              "0007_posts.sql:1:1: note: the released one is here\n");
}

TEST(Pairs, ZerosInFrontDoNotMakeAnotherVersion) {
    const temporary_directory root;
    root.write("007_a.sql", "");
    root.write("7_a.sql", "");
    EXPECT_EQ(paired(root),
              "007_a.sql\n"
              "7_a.sql:1:1: error: 007_a.sql is also the up script of migration 7 (a) [M003]\n"
              "  hint: delete one of them\n"
              "007_a.sql:1:1: note: the other one is here\n");
}

TEST(Pairs, ANeutralScriptBesideOneOfTheEngineIsAmbiguous) {
    const temporary_directory root;
    root.write("0007_a.sql", "");
    root.write("0007_a.sqlite.sql", "");
    EXPECT_EQ(paired(root),
              "0007_a.sql\n"
              "0007_a.sqlite.sql:1:1: error: 0007_a.sql is also the up script of migration 7 (a) [M003]\n"
              "  hint: delete one of them, or rename 0007_a.sql to 0007_a.postgresql.sql\n"
              "0007_a.sql:1:1: note: the other one is here\n");
    EXPECT_EQ(paired(root, {}, engine_kind::postgresql), "0007_a.sql\n");
}

TEST(Pairs, AnUnderscoreWhereADotBelongsIsSeen) {
    const temporary_directory root;
    root.write("0021_x_up.sql", "");
    root.write("0021_x_down.sql", "");
    EXPECT_EQ(paired(root),
              "0021_x_down.sql\n"
              "0021_x_up.sql:1:1: error: version 21 is also used by 0021_x_down.sql [M003]\n"
              "  hint: a direction is written with a dot: 0021_x.up.sql\n"
              "0021_x_down.sql:1:1: note: the other one is here\n");
}

TEST(Pairs, ADownWithoutAnUpIsAnError) {
    const temporary_directory root;
    root.write("0007_a.down.sql", "");
    EXPECT_EQ(paired(root),
              "0007_a.down.sql:1:1: error: a down script without its up script [M004]\n"
              "  hint: add 0007_a.sql, or delete this file; one engine's script has the engine in its name\n");
}

TEST(Pairs, ADownOfAnotherNameIsAnError) {
    const temporary_directory root;
    root.write("0007_add_email.sql", "");
    root.write("0007_email.down.sql", "");
    EXPECT_EQ(paired(root),
              "0007_add_email.sql\n"
              "0007_email.down.sql:1:1: error: the up script of version 7 has another name: add_email [M004]\n"
              "  hint: both files of a migration have the same name: rename one of them\n"
              "0007_add_email.sql:1:1: note: the up script is here\n");
}

}  // namespace
}  // namespace varve::generator
