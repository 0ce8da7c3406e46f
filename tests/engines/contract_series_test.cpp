#include "engine_contract.hpp"
#include "operations.hpp"

#include <varve/error.hpp>

#include <gmock/gmock.h>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

/// Lists which batches were begun and which were committed.
class recorded_series : public series_progress {
public:
    progress& begin(std::size_t batch) override {
        lines_.push_back("begin " + std::to_string(batch));
        return ignored_;
    }
    void committed(std::size_t batch) override { lines_.push_back("committed " + std::to_string(batch)); }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

private:
    recorded_progress ignored_;
    std::vector<std::string> lines_;
};

std::vector<action> migrating(std::int64_t id, std::string_view sql) {
    std::vector<action> actions{running({sql})};
    actions.front().change.inserts.push_back(applied_row(id, id, 10));
    return actions;
}

/// Three migrations, the third of which is refused, and one after it.
std::vector<migration_text> third_of_four_fails(const std::string& refused) {
    std::vector<migration_text> all{table(1), table(2), table(3), table(4)};
    all[2].up = {"CREATE TABLE t3 (id integer)", refused};
    return all;
}

}  // namespace

TEST_P(engine_contract, PerformsASeriesInOrderEachBatchByItself) {
    create_ledger_with_two_rows();
    const auto one = migrating(second.id + 1, "CREATE TABLE a (id integer)");
    const auto other = migrating(second.id + 2, "CREATE TABLE b (id integer)");
    recorded_series told;
    EXPECT_EQ(db->perform_series(std::vector<batch>{{second.id, one}, {second.id + 1, other}}, told), outcome::done);
    EXPECT_THAT(told.lines(), ElementsAre("begin 0", "committed 0", "begin 1", "committed 1"));
    EXPECT_TRUE(database->has_table("a") && database->has_table("b"));
    EXPECT_EQ(revision(), second.id + 2);
}

TEST_P(engine_contract, StopsASeriesWhereABatchFails) {
    create_ledger_with_two_rows();
    const auto one = migrating(second.id + 1, "CREATE TABLE a (id integer)");
    const std::string refused = database->refused().sql;
    const auto failing = migrating(second.id + 2, refused);
    const auto last = migrating(second.id + 3, "CREATE TABLE c (id integer)");
    recorded_series told;
    const std::vector<batch> series{{second.id, one}, {second.id + 1, failing}, {second.id + 2, last}};
    EXPECT_EQ(refusal_of([&] { (void)db->perform_series(series, told); }).code, error_code::statement_failed);
    EXPECT_THAT(told.lines(), ElementsAre("begin 0", "committed 0", "begin 1"));
    EXPECT_TRUE(database->has_table("a"));
    EXPECT_FALSE(database->has_table("c"));
    EXPECT_EQ(revision(), second.id + 1);
    EXPECT_EQ(perform(*db, second.id + 1, migrating(second.id + 2, "CREATE TABLE b (id integer)")), outcome::done);
}

TEST_P(engine_contract, StopsASeriesWhereTheLedgerIsNotAsExpected) {
    create_ledger_with_two_rows();
    const auto one = migrating(second.id + 1, "CREATE TABLE a (id integer)");
    const auto stale = migrating(second.id + 1, "CREATE TABLE b (id integer)");
    recorded_series told;
    EXPECT_EQ(db->perform_series(std::vector<batch>{{second.id, one}, {second.id, stale}}, told), outcome::moved);
    EXPECT_TRUE(database->has_table("a"));
    EXPECT_FALSE(database->has_table("b"));
    EXPECT_EQ(revision(), second.id + 1);
}

TEST_P(engine_contract, TellsTheSameHoweverMigrationsAreSent) {
    const auto history = history_for(*db, "shop", {table(1), table(2), table(3)});
    recorded_events one_by_one_told;
    recorded_events together_told;
    options how = one_by_one();
    how.send = sending::one_by_one;
    how.watch = &one_by_one_told;
    EXPECT_EQ(migrate(*db, history.get(), how).done.size(), 3U);
    (void)rollback(*db, history.get(), rollback_to::base(), one_by_one());
    how.send = sending::together;
    how.watch = &together_told;
    EXPECT_EQ(migrate(*db, history.get(), how).done.size(), 3U);
    EXPECT_THAT(together_told.lines(), ElementsAreArray(one_by_one_told.lines()));
    EXPECT_EQ(active_rows(*db).size(), 3U);
    how.watch = nullptr;
    EXPECT_EQ(rollback(*db, history.get(), rollback_to::base(), how).done.size(), 3U);
    EXPECT_TRUE(active_rows(*db).empty());
}

TEST_P(engine_contract, TellsWhatFailedHoweverMigrationsAreSent) {
    const auto history = history_for(*db, "shop", third_of_four_fails(database->refused().sql));
    std::vector<std::vector<std::string>> told;
    std::vector<error_details> failures;
    for (const sending send : {sending::one_by_one, sending::together}) {
        recorded_events events;
        options how = one_by_one();
        how.send = send;
        how.watch = &events;
        failures.push_back(refusal_of([&] { (void)migrate(*db, history.get(), how); }));
        told.push_back(events.lines());
        EXPECT_THAT(active_rows(*db), ElementsAre("shop 1 applied", "shop 2 applied"));
        EXPECT_FALSE(database->has_table("t3"));
        (void)rollback(*db, history.get(), rollback_to::base(), one_by_one());
    }
    EXPECT_THAT(told[1], ElementsAreArray(told[0]));
    EXPECT_EQ(failures[1].version, 3);
    EXPECT_EQ(failures[1].file, failures[0].file);
    EXPECT_EQ(failures[1].line, failures[0].line);
    EXPECT_EQ(failures[1].statement, database->refused().sql);
    EXPECT_EQ(failures[1].done, failures[0].done);
    EXPECT_EQ(failures[1].message, failures[0].message);
}

}  // namespace varve::testing
