#include "engine_contract.hpp"

#include <varve/error.hpp>

#include <gmock/gmock.h>

#include <stdexcept>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;

/// An observer that gives up when told one particular thing.
class interrupting_progress : public recorded_progress {
public:
    explicit interrupting_progress(std::string when) : when_(std::move(when)) {}
    void action_started(std::size_t action) override {
        recorded_progress::action_started(action);
        interrupt();
    }
    void statement_begun(std::size_t action, std::size_t statement) override {
        recorded_progress::statement_begun(action, statement);
        interrupt();
    }
    void statement_ended(std::size_t action, std::size_t statement) override {
        recorded_progress::statement_ended(action, statement);
        interrupt();
    }

private:
    void interrupt() const {
        if (lines().back() == when_) throw std::runtime_error("the observer gave up");
    }
    std::string when_;
};

action with_row(action from, const ledger_entry& row) {
    from.change.inserts.push_back(row);
    return from;
}

}  // namespace

TEST_P(engine_contract, PerformsScriptAndRowsTogether) {
    create_ledger_with_two_rows();
    const action step = with_row(running({"CREATE TABLE a (id integer)", "INSERT INTO a VALUES (1)"}),
                                 applied_row(second.id + 1, 3, 30));
    ASSERT_EQ(perform(*db, second.id, {step}), outcome::done);
    EXPECT_TRUE(database->has_table("a"));
    EXPECT_EQ(revision(), second.id + 1);
}

TEST_P(engine_contract, TellsWhatItDoesInOrder) {
    create_ledger_with_two_rows();
    recorded_progress told;
    const action one = with_row(running({"CREATE TABLE a (id integer)", "CREATE TABLE b (id integer)"}),
                                applied_row(second.id + 1, 3, 30));
    const action nothing = with_row(running({}), applied_row(second.id + 2, 4, 40));
    ASSERT_EQ(perform(*db, second.id, {one, nothing}, told), outcome::done);
    EXPECT_THAT(told.lines(), ElementsAre("action 0", "begin 0.0", "end 0.0", "begin 0.1", "end 0.1", "action 1"));
}

TEST_P(engine_contract, RefusesAPlanMadeBeforeSomebodyElseWrote) {
    create_ledger_with_two_rows();
    recorded_progress told;
    EXPECT_EQ(perform(*db, first.id, {running({"CREATE TABLE a (id integer)"})}, told), outcome::moved);
    EXPECT_EQ(perform(*db, second.id + 1, {running({"CREATE TABLE a (id integer)"})}, told), outcome::moved);
    EXPECT_EQ(perform(*db, 0, {running({"CREATE TABLE a (id integer)"})}, told), outcome::moved);
    EXPECT_FALSE(database->has_table("a"));
    EXPECT_TRUE(told.lines().empty());
    EXPECT_EQ(revision(), second.id);
}

TEST_P(engine_contract, RefusesAPlanMadeBeforeTheLedgerWasCreated) {
    create_ledger(*db);
    EXPECT_EQ(perform(*db, std::nullopt, {running({"CREATE TABLE a (id integer)"})}), outcome::moved);
    EXPECT_FALSE(database->has_table("a"));
}

TEST_P(engine_contract, RefusesAPlanForALedgerThatIsGone) {
    EXPECT_EQ(perform(*db, 1, {running({"CREATE TABLE a (id integer)"})}), outcome::moved);
    EXPECT_FALSE(database->has_table("a"));
}

TEST_P(engine_contract, TakesAnEmptyLedgerForRevisionZero) {
    ASSERT_EQ(perform(*db, std::nullopt,
                      [&] {
                          action tables;
                          const script up = db->ledger_history()[0].up();
                          tables.script.file = "migrations/0001_ledger.sql";
                          for (std::size_t each = 0; each < up.size(); ++each)
                              tables.script.statements.push_back(up[each]);
                          return std::vector<action>{tables};
                      }()),
              outcome::done);
    EXPECT_TRUE(db->read(engine::rows::active).exists);
    EXPECT_EQ(revision(), 0);
    EXPECT_EQ(perform(*db, 0, {with_row(running({}), applied_row(1, 1, 10))}), outcome::done);
    EXPECT_EQ(revision(), 1);
}

TEST_P(engine_contract, KeepsNothingOfABatchWithAFailingStatement) {
    create_ledger_with_two_rows();
    const refused_statement refused = database->refused();
    const action good = with_row(running({"CREATE TABLE a (id integer)"}), applied_row(second.id + 1, 3, 30));
    const action bad = with_row(running({"CREATE TABLE b (id integer)", refused.sql, "CREATE TABLE c (id integer)"}),
                                applied_row(second.id + 2, 4, 40));
    recorded_progress told;
    EXPECT_THROW((void)perform(*db, second.id, {good, bad}, told), error);
    EXPECT_EQ(told.lines().back(), "begin 1.1");
    EXPECT_FALSE(database->has_table("a"));
    EXPECT_FALSE(database->has_table("b"));
    EXPECT_FALSE(database->has_table("c"));
    EXPECT_EQ(revision(), second.id);
    ASSERT_EQ(perform(*db, second.id, {good}), outcome::done) << "the engine goes on after an error";
}

TEST_P(engine_contract, SaysWhereAStatementFailed) {
    create_ledger_with_two_rows();
    const refused_statement refused = database->refused();
    action bad = running({"CREATE TABLE a (id integer)"});
    bad.script.file = "migrations/0007_add_email.sql";
    bad.script.statements.push_back(at(12, 8, refused.sql));
    try {
        (void)perform(*db, second.id, {bad});
        FAIL() << "was not refused";
    } catch (const error& failure) {
        const error_details& details = failure.details();
        EXPECT_EQ(failure.code(), error_code::statement_failed);
        EXPECT_EQ(details.file, "migrations/0007_add_email.sql");
        EXPECT_EQ(details.line, 12 + refused.line - 1);
        EXPECT_EQ(details.column, refused.line == 1 ? 8 + refused.column - 1 : refused.column);
        EXPECT_EQ(details.statement, refused.sql);
        EXPECT_EQ(details.sqlstate, refused.sqlstate);
        EXPECT_FALSE(details.message.empty());
        EXPECT_THAT(failure.what(), ::testing::HasSubstr("migrations/0007_add_email.sql:"));
    }
}

TEST_P(engine_contract, PerformsStatementsOutsideAscii) {
    create_ledger_with_two_rows();
    const action step = with_row(running({"CREATE TABLE \"tëst 💾\" (\"größe\" text)",
                                          "INSERT INTO \"tëst 💾\" VALUES ('it''s — ünï \\ $1 ${name} %s ? :x')"}),
                                 applied_row(second.id + 1, 3, 30));
    ASSERT_EQ(perform(*db, second.id, {step}), outcome::done);
    EXPECT_TRUE(database->has_table("tëst 💾"));
}

TEST_P(engine_contract, KeepsAllOrNothingWhenAnObserverThrows) {
    create_ledger_with_two_rows();
    const bool is_kept = database->when_told() == engine_under_test::telling::after_commit;
    std::int64_t version = 3;
    for (const char* when : {"action 0", "begin 0.0", "end 0.0", "action 1", "begin 1.0", "end 1.0"}) {
        const std::int64_t before = revision();
        const std::string table = "a" + std::to_string(version);
        const std::string create = "CREATE TABLE " + table + " (id integer)";
        const action one = with_row(running({create}), applied_row(before + 1, version++, 30));
        const action two = with_row(running({"SELECT 1"}), applied_row(before + 2, version++, 40));
        interrupting_progress told(when);
        EXPECT_THROW((void)perform(*db, before, {one, two}, told), std::runtime_error) << when;
        EXPECT_EQ(database->has_table(table), is_kept) << when;
        EXPECT_EQ(revision(), is_kept ? before + 2 : before) << when;
    }
    EXPECT_EQ(perform(*db, revision(), {running({"CREATE TABLE b (id integer)"})}), outcome::done)
        << "the engine goes on after an exception";
    EXPECT_TRUE(database->has_table("b"));
}

TEST_P(engine_contract, LetsOnlyOneOfTwoPlansThrough) {
    create_ledger_with_two_rows();
    const auto other = database->connect();
    const std::int64_t seen_by_both = second.id;
    const ledger_entry row = applied_row(seen_by_both + 1, 3, 30);
    ASSERT_EQ(perform(*db, seen_by_both, {with_row(running({"CREATE TABLE a (id integer)"}), row)}), outcome::done);
    EXPECT_EQ(perform(*other, seen_by_both, {with_row(running({"CREATE TABLE a (id integer)"}), row)}), outcome::moved);
    EXPECT_EQ(other->read(engine::rows::all).revision, seen_by_both + 1);
    EXPECT_EQ(perform(*other, seen_by_both + 1,
                      {with_row(running({"CREATE TABLE b (id integer)"}), applied_row(seen_by_both + 2, 4, 40))}),
              outcome::done);
    EXPECT_TRUE(db->is_current(std::vector<expected_marks>{{"shop", 4, 100}}));
}

TEST_P(engine_contract, SeesNothingOfWhatAnotherHasNotCommitted) {
    create_ledger_with_two_rows();
    const auto other = database->connect();
    struct reading_progress : recorded_progress {
        explicit reading_progress(engine& with) : reader(with) {}
        void statement_ended(std::size_t action, std::size_t statement) override {
            recorded_progress::statement_ended(action, statement);
            seen = reader.read(engine::rows::all).revision;
        }
        engine& reader;
        std::int64_t seen = -1;
    } told(*other);
    const action step = with_row(running({"CREATE TABLE a (id integer)"}), applied_row(second.id + 1, 3, 30));
    ASSERT_EQ(perform(*db, second.id, {step}, told), outcome::done);
    EXPECT_EQ(told.seen,
              database->when_told() == engine_under_test::telling::before_commit ? second.id : second.id + 1);
    EXPECT_EQ(other->read(engine::rows::all).revision, second.id + 1);
}

TEST_P(engine_contract, TakesAndReleasesTheLock) {
    ASSERT_TRUE(db->try_lock());
    (void)db->lock_holder();
    create_ledger(*db);
    db->unlock();
    const auto other = database->connect();
    ASSERT_TRUE(other->try_lock());
    other->unlock();
}

TEST_P(engine_contract, RunsAStatementByItself) {
    create_ledger(*db);
    runnable alone = running({"CREATE TABLE a (id integer)", "VACUUM"}).script;
    alone.mode = transaction_mode::no_transaction;
    for (auto& each : alone.statements) each.transactional = false;
    db->execute_alone(alone, 1);
    EXPECT_FALSE(database->has_table("a")) << "only the statement asked for";
    db->execute_alone(alone, 0);
    EXPECT_TRUE(database->has_table("a"));
}

TEST_P(engine_contract, SaysWhereAStatementByItselfFailed) {
    create_ledger(*db);
    const refused_statement refused = database->refused();
    runnable alone;
    alone.file = "migrations/0009_alone.sql";
    alone.mode = transaction_mode::no_transaction;
    alone.statements = {at(3, 5, "VACUUM"), at(5, 1, refused.sql)};
    try {
        db->execute_alone(alone, 1);
        FAIL() << "was not refused";
    } catch (const error& failure) {
        EXPECT_EQ(failure.code(), error_code::statement_failed);
        EXPECT_EQ(failure.details().file, "migrations/0009_alone.sql");
        EXPECT_EQ(failure.details().line, 5 + refused.line - 1);
        EXPECT_EQ(failure.details().statement, refused.sql);
        EXPECT_EQ(failure.details().sqlstate, refused.sqlstate);
    }
    db->execute_alone(alone, 0);
}

TEST_P(engine_contract, RefusesToRunAStatementByItselfInsideATransactionOfTheCaller) {
    create_ledger(*db);
    const auto inside = database->connect_inside_transaction();
    const runnable alone = running({"CREATE TABLE intruder (id integer)"}).script;
    try {
        inside->execute_alone(alone, 0);
        FAIL() << "was not refused";
    } catch (const error& refusal) {
        EXPECT_EQ(refusal.code(), error_code::transaction_open);
    }
    EXPECT_TRUE(database->commit_transaction_of_the_caller());
    EXPECT_FALSE(database->has_table("intruder"));
}

}  // namespace varve::testing
