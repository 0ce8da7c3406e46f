#include "program.hpp"
#include "restricted.hpp"

#include <commands/new_migration.hpp>

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;

constexpr auto noon = std::chrono::sys_days(std::chrono::year(2026) / 1 / 7) + std::chrono::hours(12) +
                      std::chrono::minutes(3) + std::chrono::seconds(9);

class NewMigration : public testing::Program {
protected:
    [[nodiscard]] new_request request(std::string title) const {
        return {.title = std::move(title), .directory = path("migrations"), .engine = {}};
    }

    static testing::run_result make(const new_request& wanted) {
        std::ostringstream out;
        std::ostringstream err;
        const exit_code code = new_migration(wanted, noon, {out, err});
        return {static_cast<int>(code), out.str(), err.str()};
    }

    [[nodiscard]] std::string line(std::string_view file) const {
        return (path("migrations") / file).generic_string() + "\n";
    }
};

TEST_F(NewMigration, HasAnUpAndADownScript) {
    const auto result = make(request("Add user preferences"));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, line("0001_add_user_preferences.sql") + line("0001_add_user_preferences.down.sql"));
    EXPECT_EQ(read("migrations/0001_add_user_preferences.sql"),
              "-- varve: description Add user preferences\n-- created 2026-01-07\n\n");
    EXPECT_EQ(read("migrations/0001_add_user_preferences.down.sql"),
              "-- undoes: Add user preferences\n-- created 2026-01-07\n\n");
}

TEST_F(NewMigration, IsAcceptedByTheBuildAsItIs) {
    (void)make(request("Add user preferences"));
    const auto result = run(source("check"));
    EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST_F(NewMigration, LeavesNoHalfWrittenFileOnAFullDisk) {
    testing::run_result result;
    {
        const testing::no_space full;
        result = make(request("Add x"));
    }
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("0001_add_x.sql: File too large"));
    EXPECT_TRUE(std::filesystem::is_empty(path("migrations")));
}

TEST_F(NewMigration, TakesNoNumberThatItCannotKnowToBeFree) {
    write("migrations/0001_a.sql", "");
    std::filesystem::permissions(path("migrations"), std::filesystem::perms(0333));
    testing::run_result result;
    {
        const testing::somebody_else user;
        result = make(request("Add x"));
    }
    std::filesystem::permissions(path("migrations"), std::filesystem::perms(0777));
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("cannot list " + path("migrations").string() + ": Permission denied"));
    EXPECT_FALSE(exists("migrations/0001_add_x.sql"));
}

TEST_F(NewMigration, MayHaveNoDownScript) {
    new_request wanted = request("Add x");
    wanted.scripts = scripts_wanted::up_only;
    EXPECT_EQ(make(wanted).out, line("0001_add_x.sql"));
}

TEST_F(NewMigration, BeginsWithATemplate) {
    write("template.sql",
          "-- varve: no-transaction\n\nCREATE TABLE {name} (j json DEFAULT '{}'); -- {title}, {version}, {date}, {x");
    new_request wanted = request("Add user preferences");
    wanted.up_template = path("template.sql");
    EXPECT_EQ(make(wanted).exit_code, 0);
    EXPECT_EQ(read("migrations/0001_add_user_preferences.sql"),
              "-- varve: description Add user preferences\n-- created 2026-01-07\n-- varve: no-transaction\n\n"
              "CREATE TABLE add_user_preferences (j json DEFAULT '{}'); "
              "-- Add user preferences, 0001, 2026-01-07, {x\n");
    EXPECT_EQ(read("migrations/0001_add_user_preferences.down.sql"),
              "-- undoes: Add user preferences\n-- created 2026-01-07\n\n");
}

TEST_F(NewMigration, IsNotMadeWithoutItsTemplate) {
    new_request wanted = request("Add x");
    wanted.up_template = path("missing.sql");
    const auto result = make(wanted);
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("cannot read the template"));
    EXPECT_TRUE(std::filesystem::is_empty(path("migrations")));
}

TEST_F(NewMigration, IsAlsoCalledCreate) {
    write("template.sql", "SELECT 1;\n");
    const auto result = run(
        {"create", "Add x", "--directory", path("migrations").string(), "--template", path("template.sql").string()});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(read("migrations/0001_add_x.sql"), HasSubstr("SELECT 1;\n"));
}

TEST_F(NewMigration, HasTheNextNumberInTheWidthOfTheOthers) {
    write("migrations/007_a.sql", "");
    write("migrations/012_b.sqlite.sql", "");
    EXPECT_THAT(make(request("c")).out, HasSubstr("/013_c.sql\n"));
}

TEST_F(NewMigration, CanBeForOneEngine) {
    new_request wanted = request("Add x");
    wanted.engine = engine_kind::postgresql;
    EXPECT_EQ(make(wanted).out, line("0001_add_x.postgresql.sql") + line("0001_add_x.down.postgresql.sql"));
}

TEST_F(NewMigration, CanBeNumberedWithTheTime) {
    new_request wanted = request("Add x");
    wanted.how = numbering::timestamp;
    EXPECT_THAT(make(wanted).out, HasSubstr("/20260107120309_add_x.sql\n"));
}

TEST_F(NewMigration, IsNumberedWithTheTimeWhereTheNewestIs) {
    write("migrations/20251224180000_a.sql", "");
    EXPECT_THAT(make(request("Add x")).out, HasSubstr("/20260107120309_add_x.sql\n"));
}

TEST_F(NewMigration, TakesTheNextSecondIfTheTimeIsTaken) {
    write("migrations/20260107120309_a.sql", "");
    EXPECT_THAT(make(request("Add x")).out, HasSubstr("/20260107120310_add_x.sql\n"));
}

TEST_F(NewMigration, NeedsItsDirectory) {
    std::filesystem::remove(path("migrations"));
    const auto result = make(request("Add x"));
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_EQ(result.err, "varve: error: there is no directory " + path("migrations").string() +
                              "\n  hint: make it, or name the right one with --directory\n");
    EXPECT_FALSE(exists("migrations"));
}

TEST_F(NewMigration, NeedsATitleWithALetterOrDigit) {
    const auto result = make(request("?!"));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.err, "varve: error: the title needs at least one letter or digit: it names the files\n");
}

TEST_F(NewMigration, NeedsATitleOfOneLine) { EXPECT_EQ(make(request("a\nb")).exit_code, 2); }

TEST_F(NewMigration, NeedsATitleThatFitsIntoAFileName) {
    EXPECT_EQ(make(request(std::string(300, 'x'))).exit_code, 2);
    EXPECT_EQ(make(request("\xFF")).exit_code, 2);
}

TEST_F(NewMigration, IsMadeByTheCommandLineToo) {
    const auto result = run({"new", "Add x", "--directory", path("migrations").string(), "--no-down"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, line("0001_add_x.sql"));
}

TEST(NameFromTitle, IsLowerCaseWithUnderscores) {
    EXPECT_EQ(name_from_title("Add user's  E-Mail (2nd)!"), "add_user_s_e_mail_2nd");
}

TEST(NameFromTitle, KeepsLettersBeyondAscii) {
    EXPECT_EQ(name_from_title("Gr\xC3\xB6\xC3\x9F"
                              "e \xC3\x84ndern"),
              "gr\xC3\xB6\xC3\x9F"
              "e_\xC3\x84ndern");
}

}  // namespace
}  // namespace varve::generator
