#include <gtest/gtest.h>
#include <cli/parse.hpp>

namespace varve::cli {
namespace {

// The message and the hint of a command line that is refused, in one string.
std::string refusal_of(const std::vector<std::string>& words) {
    try {
        static_cast<void>(parse(words));
    } catch (const usage_problem& what) {
        return what.message + " | " + what.hint;
    }
    return "accepted";
}

std::string value_for(option_id id) {
    if (id == option_id::transaction) return "each";
    if (id == option_id::send) return "together";
    if (id == option_id::when_newer) return "refuse";
    if (id == option_id::timeout || id == option_id::lock_timeout || id == option_id::statement_timeout) return "3s";
    return id == option_id::progress ? "json" : "3";
}

TEST(Parse, NothingIsNoCommand) { EXPECT_EQ(parse({}).what, nullptr); }

TEST(Parse, UnderstandsEveryCommandOfTheTable) {
    for (const auto& each : all_commands()) {
        std::vector<std::string> words{std::string(each.name)};
        for (std::size_t i = 0; i < each.least_arguments; ++i) words.emplace_back("7");
        EXPECT_EQ(parse(words).what, &each) << each.name;
    }
}

TEST(Parse, EveryOptionOfEveryCommandIsUnderstood) {
    for (const auto& each : all_commands()) {
        for (const option_id id : each.options) {
            std::vector<std::string> words{std::string(each.name), std::string(entry_of(id).word)};
            if (!entry_of(id).value.empty()) words.emplace_back(value_for(id));
            for (std::size_t i = 0; i < each.least_arguments; ++i) words.emplace_back("7");
            EXPECT_EQ(refusal_of(words), "accepted") << each.name << ' ' << entry_of(id).word;
        }
    }
}

TEST(Parse, TakesAValueAfterASpaceOrAnEqualsSign) {
    EXPECT_EQ(parse({"migrate", "--to", "7"}).to->number(), 7);
    EXPECT_EQ(parse({"migrate", "--to=0007"}).to->number(), 7);
    EXPECT_EQ(parse({"migrate", "--reason=a=b"}).reason, "a=b");
}

TEST(Parse, WaitsForAMinuteUnlessToldOtherwise) {
    EXPECT_EQ(parse({"wait"}).timeout, std::chrono::seconds(60));
    EXPECT_EQ(parse({"wait", "--timeout", "500ms"}).timeout, std::chrono::milliseconds(500));
    EXPECT_EQ(parse({"wait", "--timeout", "0", "--current"}).timeout, std::chrono::milliseconds(0));
    EXPECT_EQ(
        refusal_of({"wait", "--timeout", "30"}),
        "--timeout needs a number with its unit, as 500ms, 10s, 5min or 1h, not `30` | 0 asks once; see `help wait`");
    EXPECT_EQ(refusal_of({"wait", "--when-newer", "revert"}),
              "wait writes nothing, so it cannot revert | `migrate --when-newer revert` can");
}

TEST(Parse, KnowsWhatToDoWithANewerDatabase) {
    EXPECT_EQ(parse({"migrate"}).when_newer, std::nullopt);
    EXPECT_EQ(parse({"migrate", "--when-newer", "accept"}).when_newer, newer_database::accept_compatible);
    EXPECT_EQ(parse({"plan", "--when-newer=revert"}).when_newer, newer_database::revert);
    EXPECT_EQ(parse({"check", "--when-newer", "refuse", "--wait", "30"}).wait, std::chrono::seconds(30));
    EXPECT_EQ(refusal_of({"check", "--when-newer", "revert"}),
              "check writes nothing, so it cannot revert | `migrate --when-newer revert` can");
    EXPECT_EQ(refusal_of({"migrate", "--when-newer", "x"}),
              "--when-newer is accept, refuse or revert, not `x` | see `help migrate`");
}

TEST(Parse, KnowsTheNamesOfPlaces) {
    EXPECT_TRUE(parse({"rollback", "--to", "base"}).to->is_base());
    EXPECT_TRUE(parse({"migrate", "--to", "head"}).to->is_newest());
    EXPECT_TRUE(parse({"migrate", "--to", "newest"}).to->is_newest());
}

TEST(Parse, TakesVersionsInOrder) {
    const auto asked = parse({"renumber", "7", "--yes", "0008"});
    EXPECT_EQ(asked.versions, (std::vector<std::int64_t>{7, 8}));
    EXPECT_TRUE(asked.yes);
}

TEST(Parse, SuggestsTheCommandThatWasMeant) {
    EXPECT_EQ(refusal_of({"migrat"}), "there is no command `migrat` | did you mean `migrate`?");
    EXPECT_EQ(refusal_of({"undo"}), "there is no command `undo` | did you mean `rollback`?");
    EXPECT_EQ(refusal_of({"frobnicate"}), "there is no command `frobnicate` | `help` lists the commands");
}

TEST(Parse, SuggestsTheOptionThatWasMeant) {
    EXPECT_EQ(refusal_of({"migrate", "--dryrun"}), "migrate has no option `--dryrun` | did you mean `--dry-run`?");
    EXPECT_EQ(refusal_of({"status", "--last", "1"}), "status has no option `--last` | see `help status`");
    EXPECT_EQ(refusal_of({"check", "-x"}), "check has no option `-x` | see `help check`");
}

TEST(Parse, RefusesWhatIsNotAVersion) {
    for (const char* word : {"seven", "-7x", "7.5", "", "0", "99999999999999999999"}) {
        EXPECT_NE(refusal_of({"skip", word}), "accepted") << word;
    }
    EXPECT_EQ(refusal_of({"migrate", "--to", "0007_add_email"}),
              "`0007_add_email` is not a version | a version is the number at the front of the file name, like 7 or "
              "20260107093000; see `help migrate`");
}

TEST(Parse, RefusesAMissingValue) {
    EXPECT_EQ(refusal_of({"migrate", "--to"}), "--to needs a value: VERSION | see `help migrate`");
    EXPECT_EQ(refusal_of({"migrate", "--reason", "--yes"}), "--reason needs a value: TEXT | see `help migrate`");
}

TEST(Parse, RefusesAValueWhereNoneBelongs) {
    EXPECT_EQ(refusal_of({"migrate", "--dry-run=yes"}), "--dry-run takes no value | see `help migrate`");
}

TEST(Parse, RefusesAnOptionGivenTwice) {
    EXPECT_EQ(refusal_of({"migrate", "--to", "7", "--to=8"}), "--to is given twice | see `help migrate`");
}

TEST(Parse, RefusesTwoWaysToSayHowFar) {
    EXPECT_EQ(refusal_of({"rollback", "--to", "7", "--last", "1"}),
              "--to and --last cannot be given together | see `help rollback`");
}

TEST(Parse, SaysHowAVersionIsGivenToRollback) {
    EXPECT_EQ(refusal_of({"rollback", "5"}),
              "`5` is one argument too many for rollback | `--to VERSION` names a version");
}

TEST(Parse, RefusesTooFewArguments) {
    EXPECT_EQ(refusal_of({"renumber", "7"}), "renumber needs FROM TO | see `help renumber`");
}

TEST(Parse, WantsTheCommandBeforeItsOptions) {
    EXPECT_EQ(refusal_of({"--json", "status"}), "the command comes first, before `--json` | `help` lists the commands");
}

TEST(Parse, RefusesAWaitThatIsNotWholeSeconds) {
    EXPECT_EQ(parse({"migrate", "--lock-wait", "0"}).lock_wait, std::chrono::milliseconds(0));
    EXPECT_EQ(parse({"migrate", "--lock-wait", "90"}).lock_wait, std::chrono::milliseconds(90'000));
    for (const char* word : {"-1", "1.5", "5s", "9999999999"}) {
        EXPECT_NE(refusal_of({"migrate", "--lock-wait", word}), "accepted") << word;
    }
}

TEST(Parse, UnderstandsWhatIsRepaired) {
    const auto done = parse({"repair", "7", "--statement", "3", "--done"});
    EXPECT_EQ(done.repair, repair_kind::statement_done);
    EXPECT_EQ(done.statement, 3);
    EXPECT_EQ(parse({"repair", "7", "--accept"}).repair, repair_kind::accept);
    EXPECT_EQ(refusal_of({"repair", "7", "--done", "--not-done"}),
              "only one thing can be repaired at once | see `help repair`");
    EXPECT_EQ(refusal_of({"repair", "7", "--statement", "0", "--done"}),
              "--statement needs a number from 1, not `0` | see `help repair`");
}

TEST(Parse, HelpNeedsNoArguments) { EXPECT_TRUE(parse({"renumber", "--help"}).help); }

}  // namespace
}  // namespace varve::cli
