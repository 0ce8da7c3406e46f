#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <generator/lock/lock_scenario.hpp>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view empty_sum = "1:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string line(std::string_view version, std::string_view name, std::string_view down = "-") {
    return std::string(version) + "  " + std::string(name) + "  up " + std::string(empty_sum) + "  down " +
           std::string(down) + "  transaction";
}

TEST(Locking, WritesAHeaderAndALineForEachDraft) {
    const lock_scenario files;
    files.write("0001_a.sql", "-- nothing yet\n");
    files.write("0002_b.sql", "-- nothing yet\n");
    files.lock();
    EXPECT_EQ(files.read("sqlite.lock"),
              "varve-lock 1  sqlite  shop\n" + line("0001", "a") + "\n" + line("0002", "b") + "\n");
    EXPECT_EQ(files.report(), "");
}

TEST(Locking, AppendsAndKeepsWhatIsThereByteForByte) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    const std::string before = "varve-lock 1 sqlite\tshop\n\n" + line(" 0001", "  a  ");
    files.write("sqlite.lock", before);
    files.write("0002_b.sql", "");
    files.lock();
    EXPECT_EQ(files.read("sqlite.lock"), before + "\n" + line("0002", "b") + "\n");
}

TEST(Locking, KeepsWindowsLineEnds) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.write("0002_b.sql", "");
    const std::string before = "varve-lock 1 sqlite shop\r\n" + line("0001", "a") + "\r\n";
    files.write("sqlite.lock", before);
    files.lock();
    EXPECT_EQ(files.read("sqlite.lock"), before + line("0002", "b") + "\r\n");
}

TEST(Locking, ChangesNothingWhereEverythingIsReleased) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.lock();
    const std::string before = files.read("sqlite.lock");
    files.lock();
    EXPECT_EQ(files.read("sqlite.lock"), before);
}

TEST(Locking, LeavesNoTemporaryFile) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.lock();
    EXPECT_FALSE(std::filesystem::exists(files.request.directory / ".sqlite.lock.tmp"));
}

TEST(Locking, FollowsALink) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.write("../locks/real", "varve-lock 1 sqlite shop\n");
    std::filesystem::create_symlink("../locks/real", files.request.directory / "sqlite.lock");
    files.lock();
    EXPECT_TRUE(std::filesystem::is_symlink(files.request.directory / "sqlite.lock"));
    EXPECT_EQ(files.read("../locks/real"), "varve-lock 1 sqlite shop\n" + line("0001", "a") + "\n");
}

TEST(Locking, IntoADirectoryThatIsNotThereIsAnError) {
    const lock_scenario files;
    diagnostics found;
    EXPECT_FALSE(write_lock_file(files.request.directory / "nowhere/sqlite.lock", {.bytes = "x"}, found));
    EXPECT_THAT(files.shown(found), StartsWith("m/nowhere/sqlite.lock:1:1: error: the lock file cannot be written: No "
                                               "such file or directory [M046]\n"));
}

TEST(Locking, WaitsForNobodyAndOverwritesNobody) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.lock();
    const std::string before = files.read("sqlite.lock");
    const auto path = files.request.directory / "sqlite.lock";

    diagnostics found;
    files.write(".sqlite.lock.tmp", "of another process");
    EXPECT_FALSE(write_lock_file(path, {.before = before, .bytes = "x"}, found));
    EXPECT_THAT(files.shown(found), HasSubstr("another `varve lock` is writing it, or was stopped while it did: there "
                                              "is m/.sqlite.lock.tmp [M046]\n"));
    EXPECT_EQ(files.read(".sqlite.lock.tmp"), "of another process");

    files.remove(".sqlite.lock.tmp");
    diagnostics later;
    EXPECT_FALSE(write_lock_file(path, {.before = "what was there first", .bytes = "x"}, later));
    EXPECT_THAT(files.shown(later), HasSubstr("it was changed while this program read the migrations [M046]\n"));
    EXPECT_FALSE(std::filesystem::exists(files.request.directory / ".sqlite.lock.tmp"));
    EXPECT_EQ(files.read("sqlite.lock"), before);
}

TEST(LockingADown, ReplacesOneChecksumAndNothingElse) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.write("0001_a.down.sql", "-- nothing\n");
    files.write("0002_b.sql", "");
    files.write("0002_b.down.sql", "SELECT 1;\n");
    files.write("sqlite.lock", "\xEF\xBB\xBFvarve-lock 1 sqlite shop\r\n" + line("0001", "a", empty_sum) + "\r\n" +
                                   line(" 0002", "b", empty_sum) + " \r\n");
    EXPECT_EQ(files.report_codes(), "M041");
    EXPECT_EQ(files.lock_down(2), "");
    EXPECT_EQ(files.read("sqlite.lock"),
              "\xEF\xBB\xBFvarve-lock 1 sqlite shop\r\n" + line("0001", "a", empty_sum) + "\r\n" +
                  line(" 0002", "b", "1:7ad65f73cf6acfd85d1240a579325180605e52b8ca561ea1fdc127e84abdbdde") + " \r\n");
    EXPECT_EQ(files.report(), "");
}

TEST(LockingADown, ReleasesANewOneAndTheEndOfOne) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.lock();
    files.write("0001_a.down.sql", "");
    EXPECT_EQ(files.lock_down(1), "");
    EXPECT_THAT(files.read("sqlite.lock"), HasSubstr(line("0001", "a", empty_sum) + "\n"));
    EXPECT_EQ(files.report(), "");
    files.remove("0001_a.down.sql");
    EXPECT_EQ(files.lock_down(1), "");
    EXPECT_THAT(files.read("sqlite.lock"), HasSubstr(line("0001", "a") + "\n"));
    EXPECT_EQ(files.report(), "");
}

TEST(LockingADown, DoesNotExcuseAnEditedUpOrAnotherDown) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.write("0001_a.down.sql", "");
    files.write("0002_b.sql", "");
    files.write("0002_b.down.sql", "");
    files.lock();
    const std::string before = files.read("sqlite.lock");
    files.write("0001_a.sql", "SELECT 1;");
    files.write("0001_a.down.sql", "SELECT 2;");
    files.write("0002_b.down.sql", "SELECT 3;");
    const std::string said = files.lock_down(2);
    EXPECT_THAT(said, HasSubstr("[M040]"));
    EXPECT_THAT(said,
                HasSubstr("m/0001_a.down.sql:1:1: error: the down script of released migration 1 (a) was edited"));
    EXPECT_THAT(said, ::testing::Not(HasSubstr("migration 2 (b) was edited")));
    EXPECT_EQ(files.read("sqlite.lock"), before);
}

TEST(LockingADown, OfADraftIsAnError) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.lock();
    files.write("0002_b.sql", "");
    EXPECT_EQ(files.lock_down(2),
              "m/sqlite.lock:1:1: error: migration 2 is not released, so it has no down to correct [M047]\n"
              "  hint: a draft is free to edit, and its down too: lock it with `varve lock`\n");
}

}  // namespace
}  // namespace varve::generator
