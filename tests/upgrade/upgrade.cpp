#include "upgrade.hpp"

#include <varve/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <vector>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> words(const std::vector<step>& steps) {
    std::vector<std::string> result;
    for (const step& each : steps)
        result.push_back(std::string(to_string(each.what)) + " " + std::to_string(each.version));
    return result;
}

std::vector<std::string> words(const std::vector<problem>& problems) {
    std::vector<std::string> result;
    for (const problem& each : problems)
        result.push_back(std::string(to_string(each.kind)) + " " + std::to_string(each.version));
    return result;
}

}  // namespace

std::string frozen_file(const std::string& name) {
    std::ifstream file(std::string(UPGRADE_DIRECTORY) + "/" + name);
    EXPECT_TRUE(file.good()) << name;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

history first_of(const history& whole, std::size_t count) {
    history result = whole;
    result.migrations = whole.migrations.first(count);
    result.mark_count = static_cast<std::int64_t>(count);
    result.mark_sum = 0;
    for (const migration_data& each : result.migrations) result.mark_sum += each.mark;
    return result;
}

void expect_same_beginning(const history& old, const history& now) {
    EXPECT_EQ(old.name, now.name);
    ASSERT_LE(old.size(), now.size());
    for (std::size_t index = 0; index < old.size(); ++index) {
        const migration was = old[index];
        const migration is = now[index];
        EXPECT_EQ(was.version(), is.version());
        EXPECT_EQ(was.name(), is.name());
        EXPECT_EQ(was.description(), is.description());
        EXPECT_EQ(was.mark(), is.mark()) << was.name();
        EXPECT_EQ(was.up().checksum(), is.up().checksum()) << was.name();
        EXPECT_EQ(was.down().checksum(), is.down().checksum()) << was.name();
        EXPECT_EQ(was.up().mode(), is.up().mode()) << was.name();
        EXPECT_EQ(was.breaks_older(), is.breaks_older()) << was.name();
        EXPECT_TRUE(is.released()) << was.name();
        ASSERT_EQ(was.up().size(), is.up().size()) << was.name();
        for (std::size_t each = 0; each < was.up().size(); ++each) {
            EXPECT_EQ(was.up()[each].checksum, is.up()[each].checksum) << was.name();
        }
    }
}

void expect_old_ledger_goes_on(engine& on, const history& old, const history& now) {
    require(on, old);
    EXPECT_EQ(check(on, now), database_state::pending);
    EXPECT_THAT(words(plan_for(on, now).steps), ElementsAre("apply 5")) << "nothing of what is applied is pending";
    EXPECT_EQ(status(on, old).migrations.size(), old.size());
    EXPECT_THAT(words(migrate(on, now).done), ElementsAre("apply 5"));
    EXPECT_EQ(check(on, now), database_state::current);
    EXPECT_EQ(check(on, old), database_state::current) << "what was added is no matter for the old program";
    EXPECT_THAT(words(rollback(on, now, rollback_to::version(2)).done),
                ElementsAre("revert 5", "revert 4", "revert 3"));
    EXPECT_THAT(words(migrate(on, now).done), ElementsAre("apply 3", "apply 4", "apply 5"));
    options how;
    how.when_newer = newer_database::revert;
    EXPECT_THAT(words(migrate(on, old, how).done), ElementsAre("revert 5"));
    EXPECT_THAT(words(rollback(on, old, rollback_to::base()).done),
                ElementsAre("revert 4", "revert 3", "revert 2", "revert 1"));
    EXPECT_THAT(words(migrate(on, now).done), ElementsAre("apply 1", "apply 2", "apply 3", "apply 4", "apply 5"));
}

void expect_older_program_is_told(engine& on, const history& old) {
    const history older = first_of(old, 3);
    EXPECT_THAT(words(plan_for(on, older).problems), ElementsAre("incompatible 4"));
    EXPECT_THROW(require(on, older), error);
    options how;
    how.when_newer = newer_database::revert;
    const report done = migrate(on, older, how);
    EXPECT_THAT(words(done.done), ElementsAre("revert 4")) << "by the down that the old program kept in the ledger";
    EXPECT_EQ(done.done.at(0).source, script_source::ledger);
    EXPECT_THAT(plan_for(on, older).problems, IsEmpty());
    require(on, older);
}

}  // namespace varve::testing
