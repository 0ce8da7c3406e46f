// Every call of an engine is made to fail in turn, on its way to the database and on the way back. Whatever happens
// then, the next start without faults comes to the same end as if there had been none, and the ledger tells the truth.
#include <support/failing_engine.hpp>
#include <support/fake_engine.hpp>

#include <varve/migrate.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace varve::testing {
namespace {

migration_text table(std::int64_t version) {
    const std::string name = "t" + std::to_string(version);
    return {.version = version, .name = name, .up = {"CREATE TABLE " + name}, .down = {"DROP TABLE " + name}};
}

migration_text alone(std::int64_t version) {
    const std::string name = "t" + std::to_string(version);
    return {.version = version,
            .name = name,
            .up = {"CREATE TABLE " + name + "a", "CREATE TABLE " + name + "b", "CREATE TABLE " + name + "c"},
            .down = {"DROP TABLE " + name + "c", "DROP TABLE " + name + "b", "DROP TABLE " + name + "a"},
            .mode = transaction_mode::no_transaction};
}

using operation = std::function<void(engine&, const history&)>;

struct scenario {
    std::string name;
    operation before;  ///< without faults
    operation tested;
    operation settled;  ///< what is run after a fault, without faults, until it succeeds
};

options impatient() {
    options how;
    how.lock_wait = std::chrono::milliseconds(0);
    return how;
}

void apply(engine& db, const history& shop) { (void)migrate(db, shop, impatient()); }
void nothing(engine&, const history&) {}
void undo(engine& db, const history& shop) { (void)rollback(db, shop, rollback_to::base(), impatient()); }
void undo_and_apply(engine& db, const history& shop) {
    undo(db, shop);
    apply(db, shop);
}
void again(engine& db, const history& shop) { (void)redo(db, shop, 2, impatient()); }
void adopt(engine& db, const history& shop) { (void)baseline(db, shop, 2, impatient()); }
void adopt_unless_done(engine& db, const history& shop) {
    if (status(db, shop).migrations[0].applied) return;
    adopt(db, shop);
}
void leave_out(engine& db, const history& shop) { (void)skip(db, shop, 2, impatient()); }
void leave_out_unless_done(engine& db, const history& shop) {
    if (status(db, shop).migrations[1].applied) return;
    leave_out(db, shop);
}

std::ostream& operator<<(std::ostream& out, const scenario& which) { return out << which.name; }

std::vector<scenario> scenarios() {
    return {{"migrate", nothing, apply, apply},
            {"rollback", apply, undo, undo},
            {"redo", apply, again, undo_and_apply},
            {"baseline", nothing, adopt, adopt_unless_done},
            {"skip", nothing, leave_out, leave_out_unless_done}};
}

bool is_half_done(const error& failure) {
    return std::any_of(failure.problems().begin(), failure.problems().end(),
                       [](const problem& each) { return each.kind == problem_kind::half_done; });
}

/// What a person does about a script that stopped while a statement was running: brings the database to where it is
/// applied as a whole, and says so.
void finish_by_hand(fake_database& data, engine& db, const history& shop) {
    for (const char* name : {"t2a", "t2b", "t2c"}) {
        if (!data.has_table(name)) data.execute_by_hand(std::string("CREATE TABLE ") + name);
    }
    (void)skip(db, shop, 2, impatient());
}

/// Starts again until it succeeds. False if a person was needed.
bool settle(const scenario& which, fake_database& data, const history& shop) {
    fake_engine db(data);
    try {
        which.settled(db, shop);
        return true;
    } catch (const error& failure) {
        if (!is_half_done(failure)) throw;
    }
    const auto row = status(db, shop).migrations[1].entry;
    if (row && row->state == entry_state::running) {
        try {
            apply(db, shop);
            which.settled(db, shop);
            return true;
        } catch (const error& failure) {
            if (!is_half_done(failure)) throw;
        }
    }
    finish_by_hand(data, db, shop);
    which.settled(db, shop);
    return false;
}

std::vector<std::string> tables_of(const fake_database& data) {
    return {data.now.tables.begin(), data.now.tables.end()};
}

class Faults : public ::testing::TestWithParam<std::tuple<scenario, engine_kind, lock_scope>> {
protected:
    Faults() : shop_("shop", std::get<engine_kind>(GetParam()), {table(1), alone(2), table(3), table(4)}) {}

    std::unique_ptr<fake_database> prepared() {
        auto data = std::make_unique<fake_database>(std::get<engine_kind>(GetParam()));
        data->scope = std::get<lock_scope>(GetParam());
        fake_engine db(*data);
        std::get<scenario>(GetParam()).before(db, shop_.get());
        return data;
    }

    /// The calls of a run that nothing happened to.
    std::vector<std::string> calls() {
        auto data = prepared();
        fake_engine direct(*data);
        failing_engine counted(direct);
        std::get<scenario>(GetParam()).tested(counted, shop_.get());
        expected_tables_ = tables_of(*data);
        expected_active_ = data->active();
        return counted.calls();
    }

    /// With the lock, the ledger settles what became of a commit: done if it is recorded, and certainly not if not.
    static void expect_truth(const error& failure, const std::string& name, fault::moment when) {
        const bool locked = std::get<lock_scope>(GetParam()) == lock_scope::run;
        EXPECT_FALSE(name == "perform" && when == fault::moment::after) << failure.what();
        const bool may_doubt = !locked && name == "perform";
        EXPECT_TRUE(failure.code() == error_code::connection_failed || may_doubt) << failure.what();
    }

    void fail_at(const fault& what, const std::string& name) {
        const scenario& which = std::get<scenario>(GetParam());
        auto data = prepared();
        {
            fake_engine direct(*data);
            failing_engine failing(direct, what);
            try {
                which.tested(failing, shop_.get());
            } catch (const error& failure) {
                if (what.lasts == fault::length::one_call) expect_truth(failure, name, what.when);
            }
            ASSERT_TRUE(failing.has_failed());
        }
        EXPECT_EQ(data->lock_owner, nullptr);
        const bool alone = settle(which, *data, shop_.get());
        EXPECT_TRUE(alone || what.lasts == fault::length::for_ever || name == "execute_alone")
            << "a person is needed only if nobody can tell whether a statement took effect";
        EXPECT_EQ(tables_of(*data), expected_tables_);
        EXPECT_EQ(data->active(), expected_active_);
    }

private:
    built_history shop_;
    std::vector<std::string> expected_tables_;
    std::vector<std::string> expected_active_;
};

TEST_P(Faults, OfAnyCallLeadToTheSameEnd) {
    const auto names = calls();
    for (std::size_t call = 1; call <= names.size(); ++call) {
        for (const auto when : {fault::moment::before, fault::moment::after}) {
            SCOPED_TRACE("call " + std::to_string(call) + ", " + names[call - 1] +
                         (when == fault::moment::before ? ", before" : ", after"));
            fail_at({.call = call, .when = when}, names[call - 1]);
        }
    }
}

TEST_P(Faults, OfAProcessKilledAtAnyCallLeadToTheSameEnd) {
    const auto names = calls();
    for (std::size_t call = 1; call <= names.size(); ++call) {
        for (const auto when : {fault::moment::before, fault::moment::after}) {
            SCOPED_TRACE("killed in call " + std::to_string(call) + ", " + names[call - 1] +
                         (when == fault::moment::before ? ", before" : ", after"));
            fail_at({.call = call, .when = when, .lasts = fault::length::for_ever}, names[call - 1]);
        }
    }
}

std::string name_of(const ::testing::TestParamInfo<Faults::ParamType>& info) {
    return std::get<scenario>(info.param).name +
           (std::get<engine_kind>(info.param) == engine_kind::sqlite ? "_sqlite" : "_postgresql") +
           (std::get<lock_scope>(info.param) == lock_scope::run ? "_locked" : "_unlocked");
}

INSTANTIATE_TEST_SUITE_P(EveryCall, Faults,
                         ::testing::Combine(::testing::ValuesIn(scenarios()),
                                            ::testing::Values(engine_kind::sqlite, engine_kind::postgresql),
                                            ::testing::Values(lock_scope::run, lock_scope::transaction)),
                         name_of);

}  // namespace
}  // namespace varve::testing
