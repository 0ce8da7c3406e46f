#include <gtest/gtest.h>

#include <source/file_name.hpp>
#include <string>

namespace varve::generator {
namespace {

file_name good(std::string_view file) {
    const auto parsed = parse_file_name(file);
    const auto* parts = std::get_if<file_name>(&parsed);
    if (parts != nullptr) return *parts;
    ADD_FAILURE() << file << ": " << std::get<bad_file_name>(parsed).message;
    return {};
}

std::string refusal(std::string_view file) {
    const auto parsed = parse_file_name(file);
    const auto* bad = std::get_if<bad_file_name>(&parsed);
    return bad == nullptr ? "accepted" : bad->code + ": " + bad->message + " / " + bad->hint;
}

TEST(FileName, IsVersionAndName) {
    const file_name parts = good("0007_add_email.sql");
    EXPECT_EQ(parts.version, 7);
    EXPECT_EQ(parts.version_text, "0007");
    EXPECT_EQ(parts.name, "add_email");
    EXPECT_EQ(parts.which, direction::up);
    EXPECT_FALSE(parts.engine);
}

TEST(FileName, SaysTheDirectionAfterADot) {
    EXPECT_EQ(good("0007_add_email.up.sql").which, direction::up);
    EXPECT_EQ(good("0007_add_email.down.sql").which, direction::down);
    EXPECT_EQ(good("0007_add_email.down.sql").name, "add_email");
}

TEST(FileName, SaysTheEngineLast) {
    EXPECT_EQ(good("0007_x.sqlite.sql").engine, engine_kind::sqlite);
    EXPECT_EQ(good("0007_x.down.postgresql.sql").engine, engine_kind::postgresql);
    EXPECT_EQ(good("0007_x.down.postgresql.sql").which, direction::down);
    EXPECT_EQ(good("0007_x.up.sqlite.sql").which, direction::up);
}

TEST(FileName, MayHaveLettersOfAnyLanguage) {
    EXPECT_EQ(good("0007_größe-ändern.sql").name, "größe-ändern");
    EXPECT_EQ(good("0007_用户.sql").name, "用户");
    EXPECT_EQ(good("7_Add-Email2.sql").name, "Add-Email2");
}

TEST(FileName, HintsAtTheNameForAFlywayFile) {
    EXPECT_EQ(refusal("V7__add_email.sql"),
              "M002: the name of a script begins with its version, as in 0007_add_email.sql / rename it to "
              "7_add_email.sql");
    EXPECT_EQ(refusal("U7__add_email.sql"),
              "M002: the name of a script begins with its version, as in 0007_add_email.sql / rename it to "
              "7_add_email.down.sql");
}

TEST(FileName, NeedsANameAfterTheVersion) {
    EXPECT_EQ(refusal("7.up.sql"),
              "M002: the version is not followed by a name, as in 0007_add_email.sql / rename it to 7_<name>.sql");
    EXPECT_EQ(refusal("0007.sql"),
              "M002: the version is not followed by a name, as in 0007_add_email.sql / rename it to 0007_<name>.sql");
    EXPECT_EQ(refusal("0007_.sql"),
              "M002: the version is not followed by a name, as in 0007_add_email.sql / rename it to 0007_<name>.sql");
}

TEST(FileName, HasAnUnderscoreBetweenVersionAndName) {
    EXPECT_EQ(refusal("0007-add.down.sql"),
              "M002: between version and name stands `_`, as in 0007_add_email.sql / rename it to 0007_add.down.sql");
}

TEST(FileName, HasNoEmptyPartBetweenDots) {
    EXPECT_EQ(refusal("0007_x.up..sql"), "M002: there is a dot too many / rename it to 0007_x.sql");
    EXPECT_EQ(refusal("0007_x..up.sql"), "M002: there is a dot too many / rename it to 0007_x.sql");
}

TEST(FileName, HasNoDotsInTheName) {
    EXPECT_EQ(refusal("0007_release.1.2.sql"),
              "M002: `.1` means nothing: after the name can come `.up` or `.down`, then `.sqlite` or `.postgresql` / "
              "rename it to 0007_release_1_2.sql");
}

TEST(FileName, HasTheDirectionBeforeTheEngine) {
    EXPECT_EQ(refusal("0007_x.sqlite.down.sql"),
              "M002: the direction stands before the engine / rename it to 0007_x.down.sqlite.sql");
    EXPECT_EQ(refusal("0007_x.up.down.sql"), "M002: a script has one direction / rename it to 0007_x.down.sql");
    EXPECT_EQ(refusal("0007_x.sqlite.postgresql.sql"),
              "M002: a script is for one engine, or for all / rename it to 0007_x.postgresql.sql");
}

TEST(FileName, KnowsShortNamesOfEnginesForItsHint) {
    EXPECT_EQ(refusal("0007_x.pg.sql"),
              "M002: `.pg` means nothing: after the name can come `.up` or `.down`, then `.sqlite` or `.postgresql` / "
              "rename it to 0007_x.postgresql.sql");
}

TEST(FileName, RefusesCharactersThatMakeNamesLookAlike) {
    EXPECT_EQ(refusal("0007_add email.sql"),
              "M002: ` ` cannot stand in a migration's name: letters, digits, `_` and `-` can / rename it to "
              "0007_add_email.sql");
    EXPECT_EQ(refusal("0007_add\xC2\xA0x.sql"),
              "M002: `\xC2\xA0` cannot stand in a migration's name: letters, digits, `_` and `-` can / rename it to "
              "0007_add__x.sql");
    EXPECT_EQ(refusal("0007_a\xFF.sql"), "M002: the name is not UTF-8 / rename it to 0007_a.sql");
}

TEST(FileName, RefusesAVersionThatIsNone) {
    EXPECT_EQ(refusal("0000_x.sql"),
              "M002: `0000` is not a version: 1 to 18 digits, at least 1 / rename it to <version>_0000_x.sql");
    EXPECT_EQ(refusal("add_email.sql"),
              "M002: the name of a script begins with its version, as in 0007_add_email.sql / rename it to "
              "<version>_add_email.sql");
}

TEST(FileName, KnowsWhatIsReservedForLater) {
    EXPECT_EQ(refusal("R_views.sql"),
              "M006: `R_views.sql` is the name of a repeatable script, which this version of varve cannot run / write "
              "a migration: <version>_<name>.sql");
}

TEST(FileName, OfAMigrationInCppHasNoDirection) {
    const auto parsed = parse_file_name("0007_fill.sqlite.cpp");
    const auto* const name = std::get_if<file_name>(&parsed);
    ASSERT_NE(name, nullptr);
    EXPECT_EQ(name->language, script_language::cpp);
    EXPECT_EQ(name->name, "fill");
    EXPECT_EQ(name->engine, engine_kind::sqlite);
    EXPECT_EQ(refusal("0007_fill.down.cpp"),
              "M002: a migration written in C++ has both directions in one file / rename it to 0007_fill.cpp, and "
              "define `up` and `down` in it");
    EXPECT_EQ(refusal("fill.cpp").substr(0, 5), "M001:");
}

TEST(FileName, OtherFilesAreStrays) {
    EXPECT_EQ(refusal("notes.txt"),
              "M001: stray file `notes.txt` in a directory of migrations / only scripts, README.md and lock files may "
              "lie here: move it elsewhere, or give it the name of a\nscript: <version>_<name>.sql");
    EXPECT_EQ(refusal("0007_x.sql~"),
              "M001: stray file `0007_x.sql~` in a directory of migrations / an editor or a merge left it behind: "
              "delete it");
    EXPECT_EQ(refusal("0007_x.sql.orig").substr(0, 5), "M001:");
    EXPECT_EQ(refusal("#0007_x.sql#").substr(0, 5), "M001:");
    EXPECT_EQ(refusal("0007_X.SQL"), "M002: the extension of a script is `.sql` / rename it to 0007_X.sql");
}

TEST(FileName, SomeFilesMayLieBesideTheScripts) {
    EXPECT_TRUE(may_lie_in_directory("README.md"));
    EXPECT_TRUE(may_lie_in_directory(".0007_x.sql.swp"));
    EXPECT_TRUE(may_lie_in_directory("sqlite.lock"));
    EXPECT_FALSE(may_lie_in_directory("readme.txt"));
}

TEST(FileName, ADownScriptIsNamedAfterItsUpScript) {
    EXPECT_EQ(down_file_name("0007_add_email.sql"), "0007_add_email.down.sql");
    EXPECT_EQ(down_file_name("0007_add_email.up.sql"), "0007_add_email.down.sql");
    EXPECT_EQ(down_file_name("0007_add_email.sqlite.sql"), "0007_add_email.down.sqlite.sql");
    EXPECT_EQ(down_file_name("0007_add_email.up.postgresql.sql"), "0007_add_email.down.postgresql.sql");
}

TEST(FileName, AHistoryIsCalledWhatATargetMayBeCalled) {
    EXPECT_TRUE(is_history_name("shop_schema"));
    EXPECT_TRUE(is_history_name("Shop-2"));
    EXPECT_TRUE(is_history_name(std::string(63, 'a')));
    EXPECT_FALSE(is_history_name(std::string(64, 'a')));
    EXPECT_FALSE(is_history_name(""));
    EXPECT_TRUE(is_history_name("_shop.v2"));
    EXPECT_FALSE(is_history_name("2shop"));
    EXPECT_FALSE(is_history_name("shop:auth"));
    EXPECT_FALSE(is_history_name("shop schema"));
}

TEST(FileName, TooLongIsAdvisedToBeShorterAndStaysWholeCharacters) {
    EXPECT_EQ(refusal("1_" + std::string(201, 'a') + ".sql"),
              "M002: the name is longer than 200 bytes / rename it to 1_" + std::string(200, 'a') + ".sql");
    EXPECT_EQ(refusal("1_" + std::string(199, 'a') + "\xC3\xA9.sql"),
              "M002: the name is longer than 200 bytes / rename it to 1_" + std::string(199, 'a') + ".sql");
}

}  // namespace
}  // namespace varve::generator
