#include "sqlite_shop.hpp"
#include "transcript.hpp"

#include <support/failing_engine.hpp>

#include <gtest/gtest.h>
#include <support/temporary_directory.hpp>

#include <csignal>
#include <filesystem>
#include <functional>
#include <utility>

/// Every command, as a person sees it: golden/<name>.txt.
namespace varve::testing {
namespace {

constexpr auto plain = console::kind::plain;
constexpr auto terminal = console::kind::terminal;

void looking_around(transcript& page, sqlite_shop& shop, const std::string& json) {
    const auto words = [&](std::vector<std::string> command) {
        if (!json.empty()) command.push_back(json);
        return command;
    };
    page.say("a new database");
    shop.run(page, words({"check"}));
    shop.run(page, words({"status"}));
    shop.run(page, words({"plan"}));
    shop.run(page, words({"log"}));
    shop.run(page, words({"migrate", "--dry-run"}));
    page.say("the first two of three");
    shop.run(page, words({"migrate", "--to", "2", "--reason", "first release"}));
    shop.run(page, words({"check"}));
    shop.run(page, words({"status", "--check"}));
    shop.run(page, words({"history"}));
    page.say("everything");
    shop.run(page, words({"migrate"}));
    shop.run(page, words({"migrate"}));
    shop.run(page, words({"check"}));
    shop.run(page, words({"log"}));
}

TEST(CommandLine, LooksAroundAndMigrates) {
    sqlite_shop shop;
    transcript page(plain);
    looking_around(page, shop, "");
    expect_golden("looking_around", page.text());
}

TEST(CommandLine, LooksAroundAndMigratesInJson) {
    sqlite_shop shop;
    transcript page(plain);
    looking_around(page, shop, "--json");
    expect_golden("looking_around_json", page.text());
}

TEST(CommandLine, LooksAroundAndMigratesOnATerminal) {
    sqlite_shop shop;
    transcript page(terminal);
    looking_around(page, shop, "");
    expect_golden("looking_around_terminal", page.text());
}

TEST(CommandLine, AsksBeforeWhatIsRegretted) {
    sqlite_shop shop;
    transcript page(terminal);
    shop.run(page, {"migrate"});
    shop.run(page, {"rollback", "--last", "2"}, "n\n");
    shop.run(page, {"rollback", "--last", "2"}, "");
    shop.run(page, {"rollback", "--last", "2"}, "y\n");
    shop.run(page, {"status"});
    page.say("nobody can answer");
    shop.run(page, {"rollback"});
    shop.run(page, {"rollback", "--json"}, "y\n");
    shop.run(page, {"rollback", "--dry-run"});
    expect_golden("asking", page.text());
}

TEST(CommandLine, GoesBack) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"migrate"});
    shop.run(page, {"rollback", "--dry-run"});
    shop.run(page, {"rollback", "--yes", "--reason", "too slow"});
    shop.run(page, {"rollback", "--to", "1", "--yes", "--json"});
    shop.run(page, {"rollback", "--to", "newest", "--yes"});
    shop.run(page, {"rollback", "--to", "base", "--yes"});
    shop.run(page, {"log"});
    expect_golden("going_back", page.text());
}

TEST(CommandLine, SettlesAnEditedDraft) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"migrate"});
    shop.edit_draft();
    page.say("the draft 3 was edited");
    shop.run(page, {"check"});
    shop.run(page, {"check", "--json"});
    shop.run(page, {"status"});
    shop.run(page, {"plan"});
    shop.run(page, {"migrate"});
    shop.run(page, {"migrate", "--json"});
    shop.run(page, {"redo", "--dry-run"});
    shop.run(page, {"redo", "3", "--yes"});
    shop.run(page, {"status"});
    expect_golden("edited_draft", page.text());
}

TEST(CommandLine, SettlesANewNumber) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"migrate"});
    shop.renumber_draft();
    page.say("the draft 3 is 4 now");
    shop.run(page, {"migrate"});
    shop.run(page, {"renumber", "3", "4", "--dry-run"});
    shop.run(page, {"renumber", "3", "4", "--yes"});
    shop.run(page, {"status"});
    shop.run(page, {"log"});
    expect_golden("renumbered", page.text());
}

TEST(CommandLine, RecordsWithoutRunning) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"baseline", "2", "--dry-run"});
    shop.run(page, {"baseline", "2", "--yes", "--reason", "was set up by hand"});
    shop.run(page, {"baseline", "2", "--yes"});
    shop.run(page, {"skip", "3", "--yes", "--json"});
    shop.run(page, {"status"});
    shop.run(page, {"history"});
    shop.run(page, {"log"});
    shop.run(page, {"skip", "9", "--yes"});
    expect_golden("recording", page.text());
}

TEST(CommandLine, SaysWhereAScriptFails) {
    for (const auto style : {plain, terminal}) {
        sqlite_shop shop;
        shop.break_draft();
        transcript page(style);
        shop.run(page, {"migrate"});
        shop.run(page, {"migrate", "--transaction", "each"});
        shop.run(page, {"migrate", "--json"});
        expect_golden(style == plain ? "failing" : "failing_terminal", page.text());
    }
}

TEST(CommandLine, SettlesAHalfDoneScript) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"migrate", "--to", "2"});
    shop.run_draft_alone();
    constexpr std::size_t second_statement = 7;
    failing_engine dying(shop.database(), {.call = second_statement, .when = fault::moment::after});
    EXPECT_THROW((void)migrate(dying, shop.known(), page.defaults), error);
    page.say("the process that ran the second statement of 3 is gone");
    shop.run(page, {"status"});
    shop.run(page, {"migrate", "--lock-wait", "0"});
    page.say("what is missing");
    shop.run(page, {"repair", "3"});
    shop.run(page, {"repair", "3", "--done", "--not-applied"});
    shop.run(page, {"repair", "3", "--done"});
    shop.run(page, {"repair", "3", "--statement", "2", "--done"});
    shop.run(page, {"repair", "3", "--statement", "2", "--done", "--reason", "the index is there"});
    page.say("a person looked");
    shop.run(page, {"repair", "3", "--statement", "1", "--done", "--reason", "x", "--yes", "--lock-wait", "0"});
    shop.run(page, {"repair", "3", "--statement", "2", "--done", "--reason", "the index is there", "--dry-run"});
    shop.run(page, {"repair", "3", "--statement", "2", "--done", "--reason", "the index is there", "--yes"});
    shop.run(page, {"status"});
    shop.run(page, {"migrate"});
    shop.run(page, {"log"});
    shop.run(page, {"repair", "3", "--not-applied", "--reason", "restored a backup", "--yes", "--json"});
    expect_golden("half_done", page.text());
}

TEST(CommandLine, KeepsSeveralHistoriesApart) {
    sqlite_shop shop;
    const built_history& auth = shop.other_history();
    transcript page(plain);
    shop.run(page, {"status"}, nullptr, &auth);
    shop.run(page, {"plan"}, nullptr, &auth);
    shop.run(page, {"migrate", "--history", "auth"}, nullptr, &auth);
    shop.run(page, {"migrate", "--to", "1"}, nullptr, &auth);
    shop.run(page, {"migrate"}, nullptr, &auth);
    shop.run(page, {"history"}, nullptr, &auth);
    shop.run(page, {"log", "--history", "auth"}, nullptr, &auth);
    shop.run(page, {"status", "--history", "shop"}, nullptr, &auth);
    shop.run(page, {"status", "--history", "blog"}, nullptr, &auth);
    expect_golden("several_histories", page.text());
}

TEST(CommandLine, ExplainsItself) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {});
    shop.run(page, {"--help"});
    for (const char* command : {"status",   "current",  "show-schema", "backup",   "restore", "protect", "reset",
                                "migrate",  "rollback", "redo",        "renumber", "plan",    "history", "log",
                                "baseline", "skip",     "repair",      "check",    "wait",    "help"}) {
        shop.run(page, {"help", command});
    }
    shop.run(page, {"migrate", "--help"});
    shop.run(page, {"help", "migrat"});
    expect_golden("help", page.text());
}

TEST(CommandLine, UnderstandsTheNamesOfOthers) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"upgrade", "+1"});
    shop.run(page, {"migrate-to", "2"});
    shop.run(page, {"up", "1"});
    shop.run(page, {"downgrade", "-1", "--yes"});
    shop.run(page, {"down", "2", "--yes", "--json"});
    shop.run(page, {"stamp", "head", "--yes"});
    shop.run(page, {"current"});
    shop.run(page, {"current", "--json"});
    shop.run(page, {"upgrade", "head"});
    shop.run(page, {"help", "upgrade"});
    expect_golden("names_of_others", page.text());
}

TEST(CommandLine, GoesAsManyStepsAsAreWanted) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"plan", "--to", "+2"});
    shop.run(page, {"migrate", "--to", "+2"});
    shop.run(page, {"migrate", "--to", "+2"});
    shop.run(page, {"rollback", "--to", "-2", "--yes"});
    expect_golden("steps", page.text());
}

TEST(CommandLine, ShowsTheSchema) {
    sqlite_shop shop;
    transcript page(plain);
    page.tools = tools_of(shop.database());
    shop.run(page, {"migrate"});
    shop.run(page, {"show-schema"});
    shop.run(page, {"show-schema", "--json"});
    expect_golden("show_schema", page.text());
}

// So that names of files are the same each time.
class in_a_directory {
public:
    in_a_directory() : before_(std::filesystem::current_path()) { std::filesystem::current_path(here_.path()); }
    in_a_directory(const in_a_directory&) = delete;
    in_a_directory& operator=(const in_a_directory&) = delete;
    ~in_a_directory() { std::filesystem::current_path(before_); }

private:
    temporary_directory here_;
    std::filesystem::path before_;
};

TEST(CommandLine, SavesAndRestores) {
    const in_a_directory here;
    sqlite_shop shop;
    transcript page(plain);
    page.tools = tools_of(shop.database());
    shop.run(page, {"migrate", "--to", "1"});
    shop.run(page, {"backup", "first.db"});
    shop.run(page, {"backup", "first.db"});
    shop.run(page, {"backup", "--json"});
    shop.run(page, {"migrate", "--backup", "--dry-run"});
    shop.run(page, {"migrate", "--backup"});
    shop.run(page, {"restore", "first.db"});
    shop.run(page, {"restore", "first.db"}, "n\n");
    shop.run(page, {"restore", "first.db", "--yes"});
    shop.run(page, {"current"});
    shop.run(page, {"restore", "none.db", "--yes", "--json"});
    shop.run(page, {"protect"});
    shop.run(page, {"restore", "first.db", "--yes"});
    expect_golden("saving", page.text());
}

TEST(CommandLine, ResetsWhatIsNotProtected) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"migrate"});
    shop.run(page, {"reset"});
    shop.run(page, {"reset", "--dry-run"});
    shop.run(page, {"reset", "--yes"});
    shop.run(page, {"protect", "--reason", "customers are on it"});
    shop.run(page, {"reset", "--yes"});
    shop.run(page, {"reset", "--yes", "--json"});
    shop.run(page, {"protect", "--off", "--json"});
    shop.run(page, {"log"});
    expect_golden("resetting", page.text());
}

// Somebody who does something while it is waited.
class meanwhile final : public observer {
public:
    explicit meanwhile(std::function<void()> what) : what_(std::move(what)) {}
    void on_event(const event&) override { what_(); }

private:
    std::function<void()> what_;
};

TEST(CommandLine, WaitsForSomebodyElse) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"wait"});
    shop.run(page, {"wait", "--json"});
    page.say("nobody migrates");
    shop.run(page, {"wait", "--current", "--timeout", "0"});
    shop.run(page, {"wait", "--current", "--timeout", "0", "--json"});
    page.say("a signal while it waits");
    const options quietly = page.defaults;
    meanwhile stopping([] { std::raise(SIGTERM); });
    page.defaults.watch = &stopping;
    shop.run(page, {"wait", "--current", "--timeout", "1h"});
    page.say("somebody migrates meanwhile");
    meanwhile migrating([&] { (void)migrate(shop.database(), shop.known(), quietly); });
    page.defaults.watch = &migrating;
    shop.run(page, {"wait", "--current", "--timeout", "1h"});
    page.defaults.watch = nullptr;
    shop.run(page, {"wait", "--current", "--json"});
    shop.edit_draft();
    page.say("the draft 3 was edited");
    shop.run(page, {"wait", "--current", "--timeout", "1h"});
    shop.run(page, {"wait", "--timeout", "30"});
    expect_golden("waiting", page.text());
}

TEST(CommandLine, RefusesWhatMakesNoSense) {
    sqlite_shop shop;
    transcript page(plain);
    shop.run(page, {"migrat"});
    shop.run(page, {"undo", "--json"});
    shop.run(page, {"makemigrations"});
    shop.run(page, {"downgrade", "+1"});
    shop.run(page, {"migrate", "--to", "-1"});
    shop.run(page, {"up", "0"});
    shop.run(page, {"show-schema"});
    shop.run(page, {"backup"});
    shop.run(page, {"migrate", "--backup"});
    shop.run(page, {"protect"});
    shop.run(page, {"--json"});
    shop.run(page, {"migrate", "--dryrun"});
    shop.run(page, {"rollback", "5"});
    shop.run(page, {"migrate", "--to", "nine"});
    shop.run(page, {"migrate", "--to", "9"});
    expect_golden("refusing", page.text());
}

}  // namespace
}  // namespace varve::testing
