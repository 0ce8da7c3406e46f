#include "shop.hpp"

#include <functional>
#include <stdexcept>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Writes down what it is told, as `started 1` or `statement_begun 1.2`; gives up at the n-th event if asked to.
class recorder : public observer {
public:
    explicit recorder(std::size_t last = 0) : last_(last) {}
    void on_event(const event& told) override {
        std::string line = std::string(to_string(told.kind)) + " " + std::to_string(told.version);
        if (told.statement != 0) line += "." + std::to_string(told.statement);
        lines.push_back(line);
        messages.emplace_back(told.message);
        files.emplace_back(told.file);
        if (lines.size() == last_) throw std::runtime_error("the observer gave up");
    }
    std::vector<std::string> lines{};
    std::vector<std::string> messages{};
    std::vector<std::string> files{};

private:
    std::size_t last_;
};

options watched(observer& by) {
    options how = impatient();
    how.watch = &by;
    return how;
}

TEST(Observer, SeesABatchCommitTogether) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    recorder told;
    (void)migrate(db.direct, shop.get(), watched(told));
    EXPECT_THAT(told.lines, ElementsAre("started 1", "statement_begun 1.1", "statement_ended 1.1", "started 2",
                                        "statement_begun 2.1", "statement_ended 2.1", "committed 1", "committed 2"));
    EXPECT_EQ(told.files[0], "migrations/0001_t1.sql");
}

TEST(Observer, SeesEachTransactionCommitOnPostgresql) {
    const built_history shop("shop", engine_kind::postgresql, {table(1), table(2)});
    fake_database data(engine_kind::postgresql);
    fake_engine db(data);
    recorder told;
    (void)migrate(db, shop.get(), watched(told));
    EXPECT_THAT(told.lines, ElementsAre("started 1", "statement_begun 1.1", "statement_ended 1.1", "committed 1",
                                        "started 2", "statement_begun 2.1", "statement_ended 2.1", "committed 2"));
}

TEST(Observer, SeesWhichStepFailed) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), {.version = 2, .name = "bad", .up = {"FAIL"}}});
    shop_database db;
    recorder told;
    (void)refused([&] { (void)migrate(db.direct, shop.get(), watched(told)); });
    EXPECT_THAT(told.lines, ElementsAre("started 1", "statement_begun 1.1", "statement_ended 1.1", "started 2",
                                        "statement_begun 2.1", "failed 2"));
    EXPECT_THAT(told.messages.back(), HasSubstr("0002_bad.sql:1:1: error: it was told to fail"));
}

TEST(Observer, SeesAScriptWithoutATransaction) {
    const built_history shop("shop", engine_kind::sqlite, {alone(1)});
    shop_database db;
    recorder told;
    (void)migrate(db.direct, shop.get(), watched(told));
    (void)rollback(db.direct, shop.get(), rollback_to::base(), watched(told));
    EXPECT_THAT(told.lines,
                ElementsAre("started 1", "statement_begun 1.1", "statement_ended 1.1", "statement_begun 1.2",
                            "statement_ended 1.2", "statement_begun 1.3", "statement_ended 1.3", "committed 1",
                            "started 1", "statement_begun 1.1", "statement_ended 1.1", "statement_begun 1.2",
                            "statement_ended 1.2", "statement_begun 1.3", "statement_ended 1.3", "reverted 1"));
}

TEST(Observer, SeesRecordsThatRunNothing) {
    const built_history shop("shop", engine_kind::sqlite, {table(1), table(2)});
    shop_database db;
    recorder told;
    (void)baseline(db.direct, shop.get(), 1, watched(told));
    (void)skip(db.direct, shop.get(), 2, watched(told));
    EXPECT_THAT(told.lines, ElementsAre("started 1", "committed 1", "started 2", "committed 2"));
}

struct scenario {
    std::string name;
    std::vector<migration_text> migrations;
    std::function<void(engine&, const history&, const options&)> run;
};

std::vector<scenario> scenarios() {
    const std::vector<migration_text> mixed{table(1), alone(2), table(3), table(4)};
    const auto apply = [](engine& db, const history& shop, const options& how) { (void)migrate(db, shop, how); };
    const auto undo = [](engine& db, const history& shop, const options& how) {
        options quiet = how;
        quiet.watch = nullptr;
        (void)migrate(db, shop, quiet);
        (void)rollback(db, shop, rollback_to::base(), how);
    };
    const auto again = [](engine& db, const history& shop, const options& how) {
        options quiet = how;
        quiet.watch = nullptr;
        (void)migrate(db, shop, quiet);
        (void)redo(db, shop, 2, how);
    };
    return {{"migrate", mixed, apply}, {"rollback", mixed, undo}, {"redo", mixed, again}};
}

/// What is half reverted is finished by a rollback, what is half applied by a migrate.
void go_on(engine& db, const history& shop) {
    if (status(db, shop).state == database_state::diverged) (void)rollback(db, shop, rollback_to::version(1));
    (void)migrate(db, shop, impatient());
}

/// At every event in turn: what was committed stays, nothing else does, and the next run goes on to the same end.
TEST(Observer, CorruptsNothingByThrowingAtAnyEvent) {
    for (const auto& each : scenarios()) {
        const built_history shop("shop", engine_kind::sqlite, each.migrations);
        shop_database clean;
        recorder all;
        each.run(clean.direct, shop.get(), watched(all));
        for (std::size_t last = 1; last <= all.lines.size(); ++last) {
            shop_database db;
            recorder giving_up(last);
            EXPECT_THROW(each.run(db.direct, shop.get(), watched(giving_up)), std::runtime_error);
            EXPECT_EQ(db.data.lock_owner, nullptr) << each.name << " " << last;
            go_on(db.direct, shop.get());
            EXPECT_EQ(check(db.direct, shop.get()), database_state::current) << each.name << " " << last;
            for (const char* name : {"t1", "t2a", "t2b", "t2c", "t3", "t4"}) {
                EXPECT_TRUE(db.data.has_table(name)) << each.name << " " << last << " " << name;
            }
        }
    }
}

TEST(Observer, LeavesTheErrorsOfAnObserverAlone) {
    const built_history shop("shop", engine_kind::sqlite, {table(1)});
    shop_database db;
    struct failing : observer {
        void on_event(const event&) override {
            error_details details;
            details.code = error_code::observer_failed;
            details.message = "the disk of the log is full";
            throw error(details);
        }
    } by;
    options how = impatient();
    how.watch = &by;
    const auto why = refused([&] { (void)migrate(db.direct, shop.get(), how); });
    EXPECT_EQ(why.code, error_code::observer_failed);
    EXPECT_EQ(why.message, "the disk of the log is full");
}

}  // namespace
}  // namespace varve::testing
