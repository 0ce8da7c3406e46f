#include "compatibility_scenario.hpp"

#include <gmock/gmock.h>

namespace varve::generator {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

compatibility_scenario shop() {
    compatibility_scenario result(engine_kind::sqlite);
    result.released("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, age INT);\n");
    return result;
}

TEST(PinnedCompatibility, IsTheLastWordOfTheLockLine) {
    compatibility_scenario history = shop();
    EXPECT_THAT(history.files.read("sqlite.lock"), EndsWith("down -  transaction\n")) << "what adds has no word more";
    history.released("ALTER TABLE users DROP COLUMN age;\n");
    EXPECT_THAT(history.files.read("sqlite.lock"), EndsWith("down -  transaction  breaks-older\n"));
    EXPECT_TRUE(history.breaks_older());
    EXPECT_EQ(history.why(), "") << "it is read, not derived";
}

TEST(PinnedCompatibility, DoesNotChangeWithALaterGenerator) {
    compatibility_scenario history = shop();
    history.released("ALTER TABLE users DROP COLUMN age;\n");
    const std::string lock = history.files.read("sqlite.lock");
    history.files.write("sqlite.lock", lock.substr(0, lock.rfind("  breaks-older")) + "\n");
    EXPECT_FALSE(history.breaks_older()) << "a lock file of a generator that did not derive it";
    history.files.write("sqlite.lock", lock);
    EXPECT_TRUE(history.breaks_older());
}

TEST(PinnedCompatibility, IsCorrectedByADirective) {
    compatibility_scenario history = shop();
    history.released("ALTER TABLE users DROP COLUMN age;\n");
    history.files.write("0002_x.sql", "-- varve: compatible nothing reads it\nALTER TABLE users DROP COLUMN age;\n");
    EXPECT_FALSE(history.breaks_older());
    history.files.write("0001_x.sql",
                        "-- varve: breaks-older\nCREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, age INT);\n");
    diagnostics found;
    EXPECT_TRUE(history.derived(found).history.migrations.front().breaks_older);
}

TEST(PinnedCompatibility, IsWhatTheDirectiveSaysWhenItIsLocked) {
    compatibility_scenario history = shop();
    history.released("-- varve: compatible nothing reads it\nALTER TABLE users DROP COLUMN age;\n");
    EXPECT_THAT(history.files.read("sqlite.lock"), EndsWith("transaction\n"));
    history.released("-- varve: breaks-older\nUPDATE users SET email = lower(email) WHERE id > 0;\n");
    EXPECT_THAT(history.files.read("sqlite.lock"), EndsWith("transaction  breaks-older\n"));
}

TEST(PinnedCompatibility, IsRefusedIfItIsAnotherWord) {
    const compatibility_scenario history = shop();
    std::string lock = history.files.read("sqlite.lock");
    lock.insert(lock.size() - 1, "  compatible");
    history.files.write("sqlite.lock", lock);
    EXPECT_THAT(history.files.report(), HasSubstr("`breaks-older` or nothing is expected here [M033]"));
}

TEST(PinnedCompatibility, CannotBeSaidBothWaysOrWithoutAReason) {
    compatibility_scenario history = shop();
    history.files.write("0002_y.sql", "-- varve: breaks-older\n-- varve: compatible of course\n");
    EXPECT_THAT(history.files.report(), HasSubstr("`breaks-older` and `compatible` contradict each other [M013]"));
    history.files.write("0002_y.sql", "-- varve: compatible\n");
    EXPECT_THAT(history.files.report(), HasSubstr("`compatible` needs a reason [M011]"));
}

}  // namespace
}  // namespace varve::generator
