#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <array>
#include <generator/lock/lock_scenario.hpp>

namespace varve::generator {
namespace {

using ::testing::HasSubstr;

TEST(LoadHistory, TellsEverythingAboutAMigration) {
    const lock_scenario files;
    files.write("0007_add_email.sql",
                "-- varve: breaks-older\n-- varve: depends shop:3\nALTER TABLE users ADD email TEXT;\n");
    files.write("0007_add_email.down.sql", "ALTER TABLE users DROP email;\n");
    files.write("0003_create_users.sql", "-- varve: irreversible\nCREATE TABLE users (id INTEGER);\n");
    diagnostics found;
    const history_source history = files.load(found).history;
    EXPECT_FALSE(found.any_errors()) << files.shown(found);
    EXPECT_EQ(history.name, "shop");
    EXPECT_EQ(history.directory_name, "m");
    ASSERT_EQ(history.migrations.size(), 2U);
    EXPECT_TRUE(history.migrations[0].irreversible);
    const migration_source& second = history.migrations[1];
    EXPECT_EQ(second.version_text, "0007");
    EXPECT_EQ(second.description, "add email");
    EXPECT_TRUE(second.breaks_older);
    ASSERT_EQ(second.depends.size(), 1U);
    EXPECT_EQ(second.depends[0].history, "");
    EXPECT_EQ(second.up.file_name, "0007_add_email.sql");
    ASSERT_TRUE(second.down);
    EXPECT_EQ(second.down->file_name, "0007_add_email.down.sql");
    EXPECT_FALSE(second.released);
    EXPECT_EQ(second.up.script.statements.size(), 1U);
}

TEST(LoadHistory, AnEmptyDirectoryIsAnEmptyHistory) {
    const lock_scenario files;
    files.write("README.md", "");
    diagnostics found;
    EXPECT_TRUE(files.load(found).history.migrations.empty());
    EXPECT_EQ(printed(found), "");
}

TEST(LoadHistory, SaysOnceHowManyDraftsThereAre) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    EXPECT_EQ(files.report(),
              "m/sqlite.lock:1:1: note: 1 migration is a draft: not protected against edits until locked [M039]\n"
              "  hint: lock before the first deployment to a database that cannot be rebuilt: build the target "
              "<target>.lock, or\n"
              "        varve lock --directory m --engine sqlite --name shop\n");
    files.write("0002_b.sql", "");
    EXPECT_THAT(files.report(), HasSubstr("note: 2 migrations are drafts: not protected"));
}

TEST(LoadHistory, RefusesDraftsWhereEverythingMustBeLocked) {
    lock_scenario files;
    files.write("0001_a.sql", "");
    files.lock();
    files.write("0002_b.sql", "");
    files.request.drafts = draft_policy::refuse;
    EXPECT_EQ(files.report(),
              "m/sqlite.lock:1:1: error: 1 migration is a draft, and REQUIRE_LOCKED refuses to build drafts [M039]\n"
              "  hint: lock on the main branch and commit the lock file: build the target <target>.lock, or\n"
              "        varve lock --directory m --engine sqlite --name shop\n");
    files.lock();
    EXPECT_EQ(files.report(), "");
}

TEST(LoadHistory, SaysWhichDraftsHaveNoDownWhereOneIsRequired) {
    lock_scenario files;
    files.write("0001_released.sql", "SELECT 1;");
    files.lock();
    files.request.drafts = draft_policy::silent;
    files.write("0002_b.sql", "SELECT 1;");
    files.write("0002_b.down.sql", "SELECT 1;");
    files.write("0003_c.sql", "-- varve: irreversible\nDROP TABLE c;");
    files.write("0004_d.up.sqlite.sql", "SELECT 1;");
    EXPECT_EQ(files.report(), "");
    files.request.downs = down_policy::required;
    EXPECT_EQ(files.report(),
              "m/0004_d.up.sqlite.sql:1:1: error: draft 4 (d) has no down script, and REQUIRE_DOWN asks for one "
              "[M048]\n"
              "  hint: write 0004_d.down.sqlite.sql; this makes it, as far as it can be inferred:\n"
              "        varve down 4 --directory m --engine sqlite --name shop --write\n"
              "        if the migration cannot be undone, say so in its head: -- varve: irreversible\n");
    files.write("0004_d.down.sqlite.sql", "SELECT 1;");
    EXPECT_EQ(files.report(), "");
}

TEST(LoadHistory, ADamagedLockFileDoesNotMakeReleasedMigrationsDraftsWithoutADown) {
    lock_scenario files;
    files.request.downs = down_policy::required;
    files.write("0001_a.sql", "SELECT 1;");
    files.write("sqlite.lock", "nonsense\n");
    EXPECT_EQ(files.report_codes(), "M031");
}

TEST(LoadHistory, AnIrreversibleMigrationHasNoDown) {
    lock_scenario files;
    files.request.drafts = draft_policy::silent;
    files.write("0001_a.sql", "-- why\n-- varve: irreversible\n");
    files.write("0001_a.down.sql", "");
    EXPECT_EQ(files.report(),
              "m/0001_a.sql:2:4: error: an irreversible migration has a down script [M015]\n"
              "  -- varve: irreversible\n"
              "     ^\n"
              "  hint: delete the directive, or the down script\n"
              "m/0001_a.down.sql:1:1: note: the down script is here\n");
}

TEST(LoadHistory, NamesThatBeginWithVarveAreReserved) {
    lock_scenario files;
    files.write("README.md", "");
    files.request.name = "varve_shop";
    EXPECT_EQ(files.report(),
              "m:1:1: error: names of histories that begin with `varve` are reserved: `varve_shop` [M007]\n"
              "  hint: give it another NAME in add_db_migrations()\n");
    files.request.owner = history_owner::varve;
    EXPECT_EQ(files.report(), "");
    files.request.name = "shop:auth";
    EXPECT_EQ(files.report_codes(), "M007");
}

TEST(LoadHistory, AnUnreadableLockFileIsAnErrorAndNoDraftsAreCounted) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.write("sqlite.lock/x", "");
    EXPECT_EQ(files.report(),
              "m/sqlite.lock:1:1: error: the lock file cannot be read: it is a directory [M005]\n"
              "  hint: it is a file of text that the user who builds may read: restore it with git\n");
}

TEST(LoadHistory, ALockFileThatIsAPipeIsNotWaitedFor) {
    lock_scenario files;
    files.write("0001_a.sql", "");
    files.request.lock_file = files.request.directory.parent_path() / "pipe";
    ASSERT_EQ(mkfifo(files.request.lock_file.c_str(), 0600), 0);
    EXPECT_EQ(files.report(),
              "pipe:1:1: error: the lock file cannot be read: it is not a regular file [M005]\n"
              "  hint: it is a file of text that the user who builds may read: restore it with git\n");
}

TEST(LoadHistory, WhatCannotBeReadIsNotSaidToBeGone) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.write("0002_b.sql", "");
    files.write("0002_b.down.sql", "");
    files.lock();
    files.write("0003_c.sql", "-- varve: depends 2\n");
    files.remove("0002_b.sql");
    std::filesystem::create_symlink("nowhere", files.request.directory / "0002_b.sql");
    EXPECT_EQ(files.report_codes(), "M005 M039");
    std::filesystem::rename(files.request.directory / "sqlite.lock", files.request.directory / "../moved.lock");
    lock_scenario elsewhere;
    elsewhere.request.lock_file = files.request.directory / "../moved.lock";
    EXPECT_EQ(elsewhere.report_codes(), "M005");
}

TEST(LoadHistory, ADamagedLockFileHidesNoOtherError) {
    const lock_scenario files;
    files.write("0001_a.sql", "SELECT 1;");
    files.write("0002_b.sql", "-- varve: nonsense\n");
    files.write("sqlite.lock", "varve-lock 1 sqlite shop\n0001 a up 1:" + std::string(64, '0') +
                                   " down - transaction\n0002 b what is this\n");
    EXPECT_EQ(files.report_codes(), "M040 M010 M033");
}

TEST(LoadHistory, InputsAreEverythingThatWasReadAndTheLockFile) {
    const lock_scenario files;
    files.write("0001_a.sql", "");
    files.lock();
    diagnostics found;
    const auto inputs = files.load(found).inputs;
    ASSERT_EQ(inputs.size(), 3U);
    EXPECT_EQ(inputs[0].path, files.request.directory);
    EXPECT_EQ(inputs[1].path, files.request.directory / "0001_a.sql");
    EXPECT_EQ(inputs[2].path, files.request.directory / "sqlite.lock");
}

TEST(LoadHistory, ALockFileElsewhereThatIsNotThereYetIsSeenWhenItAppears) {
    lock_scenario files;
    files.write("0001_a.sql", "");
    files.write("../locks/other", "");
    files.request.lock_file = files.request.directory.parent_path() / "locks" / "shop.lock";
    diagnostics found;
    const auto inputs = files.load(found).inputs;
    ASSERT_EQ(inputs.size(), 3U);
    EXPECT_EQ(inputs[2].path, files.request.directory.parent_path() / "locks");
    files.lock();
    EXPECT_EQ(files.load(found).inputs[2].path, files.request.lock_file);
    EXPECT_EQ(files.report(), "");
}

TEST(LoadHistory, TheOtherEnginesFilesAreNotRead) {
    lock_scenario files;
    files.request.drafts = draft_policy::silent;
    files.write("0001_a.sqlite.sql", "CREATE TABLE [it's] (id);");
    files.write("0001_a.postgresql.sql", "SELECT $$x$$;");
    EXPECT_EQ(files.report(), "");
    files.request.engine = engine_kind::postgresql;
    EXPECT_EQ(files.report(), "");
}

digest rule_of_tomorrow(std::string_view text, std::span<const token> tokens, engine_kind) {
    return sha256("tomorrow" + std::string(text.substr(0, tokens.size())));
}

/// A varve that knows one rule more.
std::vector<checksum_rule> rules_of_tomorrow() {
    std::vector<checksum_rule> rules(checksum_rules().begin(), checksum_rules().end());
    rules.push_back({.number = 2, .of = rule_of_tomorrow});
    return rules;
}

TEST(LoadHistory, ANewRuleLeavesReleasedMigrationsUnderTheirOwn) {
    lock_scenario files;
    files.write("0001_a.sql", "SELECT 1;");
    files.write("0001_a.down.sql", "SELECT 2;");
    files.lock();
    files.write("0002_b.sql", "SELECT 3;");
    const std::vector<checksum_rule> rules = rules_of_tomorrow();
    files.request.rules = rules;
    diagnostics found;
    const history_source history = files.load(found).history;
    EXPECT_FALSE(found.any_errors()) << files.shown(found);
    const script_source& released = history.migrations[0].up;
    EXPECT_EQ(released.main_checksum.rule, 1);
    ASSERT_EQ(released.other_checksums.size(), 1U);
    EXPECT_EQ(released.other_checksums[0].rule, 2);
    EXPECT_EQ(history.migrations[0].down->main_checksum.rule, 1);
    const script_source& draft = history.migrations[1].up;
    EXPECT_EQ(draft.main_checksum.rule, 2);
    ASSERT_EQ(draft.other_checksums.size(), 1U);
    EXPECT_EQ(draft.other_checksums[0].rule, 1);
    files.lock();
    EXPECT_THAT(files.read("sqlite.lock"), HasSubstr("0002  b  up 2:"));
    EXPECT_EQ(files.report(), "");
}

TEST(LoadHistory, ADownCorrectedUnderANewRuleKeepsItsUpUnderTheOld) {
    lock_scenario files;
    files.write("0001_a.sql", "SELECT 1;");
    files.write("0001_a.down.sql", "SELECT 2;");
    files.lock();
    const std::vector<checksum_rule> rules = rules_of_tomorrow();
    files.request.rules = rules;
    files.write("0001_a.down.sql", "SELECT 2, 3;");
    EXPECT_EQ(files.lock_down(1), "");
    EXPECT_THAT(files.read("sqlite.lock"), HasSubstr("up 1:"));
    EXPECT_EQ(files.report(), "");
}

TEST(LoadHistory, ThousandsOfMigrationsAreLoadedAndLocked) {
    const lock_scenario files;
    for (int i = 1; i <= 2'000; ++i) files.write(std::to_string(i) + "_m.sql", "SELECT " + std::to_string(i) + ";");
    files.lock();
    diagnostics found;
    EXPECT_EQ(files.load(found).history.migrations.size(), 2'000U);
    EXPECT_EQ(printed(found), "");
}

}  // namespace
}  // namespace varve::generator
