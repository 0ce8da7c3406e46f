#include "sqlite_engine_test.hpp"

#include <varve/migrate.hpp>

#include <gmock/gmock.h>
#include <support/history_builder.hpp>

namespace varve::testing {
namespace {

using ::testing::HasSubstr;
using rows = engine::rows;

/// A statement of the application that has been begun and not finished.
class unfinished_statement {
public:
    unfinished_statement(const sqlite_handle& on, const char* sql) {
        sqlite3_prepare_v2(on.get(), sql, -1, &statement_, nullptr);
        EXPECT_EQ(sqlite3_step(statement_), SQLITE_ROW);
    }
    unfinished_statement(const unfinished_statement&) = delete;
    unfinished_statement& operator=(const unfinished_statement&) = delete;
    ~unfinished_statement() { sqlite3_finalize(statement_); }
    [[nodiscard]] sqlite3_stmt* get() const { return statement_; }

private:
    sqlite3_stmt* statement_ = nullptr;
};

/// Every statement that a connection runs.
class traced_statements {
public:
    explicit traced_statements(const sqlite_handle& on) : on_(on) {
        sqlite3_trace_v2(on.get(), SQLITE_TRACE_STMT, &ran, this);
    }
    traced_statements(const traced_statements&) = delete;
    traced_statements& operator=(const traced_statements&) = delete;
    ~traced_statements() { sqlite3_trace_v2(on_.get(), 0, nullptr, nullptr); }
    [[nodiscard]] const std::vector<std::string>& all() const { return all_; }

private:
    static int ran(unsigned /*event*/, void* self, void* /*statement*/, void* sql) {
        static_cast<traced_statements*>(self)->all_.emplace_back(static_cast<const char*>(sql));
        return 0;
    }
    const sqlite_handle& on_;
    std::vector<std::string> all_;
};

class sqlite_borrowed : public sqlite_engine_test {
protected:
    void SetUp() override {
        create_ledger();
        callers.execute("CREATE TABLE items (id integer PRIMARY KEY); INSERT INTO items VALUES (1), (2)");
    }

    sqlite_handle callers{file()};
};

}  // namespace

TEST_F(sqlite_borrowed, IsNeverClosed) {
    {
        sqlite_engine db(callers.get());
        EXPECT_EQ(db.location(), file());
        EXPECT_TRUE(db.read(rows::all).exists);
        ASSERT_EQ(perform_next(db, migrating(2, {"CREATE TABLE a (id integer)"})), outcome::done);
    }
    EXPECT_EQ(callers.value("SELECT count(*) FROM a"), "0");
}

TEST_F(sqlite_borrowed, NamesADatabaseInMemory) {
    const sqlite_handle in_memory(":memory:");
    EXPECT_EQ(sqlite_engine(in_memory.get()).location(), ":memory:");
}

TEST_F(sqlite_borrowed, MigratesADatabaseInMemoryOfTheApplication) {
    const sqlite_handle in_memory(":memory:");
    sqlite_engine db(in_memory.get());
    ASSERT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
    ASSERT_EQ(perform_next(db, migrating(2, {"CREATE TABLE a (id integer)"})), outcome::done);
    EXPECT_EQ(in_memory.value("SELECT count(*) FROM a"), "0");
}

TEST_F(sqlite_borrowed, HasItsUnfinishedStatementsLeftAlone) {
    sqlite_engine db(callers.get());
    const unfinished_statement reading(callers, "SELECT id FROM items");
    const auto refused = error_of([&] { (void)perform(db, 1, {migrating(2, {"CREATE TABLE a (id integer)"})}); });
    EXPECT_EQ(refused.code, error_code::transaction_open);
    EXPECT_THAT(refused.message, HasSubstr("unfinished statement"));
    EXPECT_EQ(refused.statement, "SELECT id FROM items");
    EXPECT_EQ(error_of([&] { db.execute_alone(running({"VACUUM"}).script, 0); }).code, error_code::transaction_open);
    EXPECT_TRUE(db.read(rows::all).exists) << "reading disturbs nobody";
    EXPECT_EQ(sqlite3_step(reading.get()), SQLITE_ROW);
    EXPECT_FALSE(has_table("a"));
}

TEST_F(sqlite_borrowed, KeepsItsTransactionAndItsChanges) {
    sqlite_engine db(callers.get());
    callers.execute("BEGIN; INSERT INTO items VALUES (3)");
    EXPECT_EQ(error_of([&] { (void)db.is_current({}); }).code, error_code::transaction_open);
    EXPECT_EQ(error_of([&] { (void)db.read(rows::all); }).code, error_code::transaction_open);
    EXPECT_EQ(error_of([&] { (void)db.read_statements(1, direction::up); }).code, error_code::transaction_open);
    callers.execute("COMMIT");
    EXPECT_EQ(callers.value("SELECT count(*) FROM items"), "3");
}

TEST_F(sqlite_borrowed, HasForeignKeysPutBack) {
    for (const char* before : {"0", "1"}) {
        callers.execute(std::string("PRAGMA foreign_keys = ") + before);
        for (const auto setting : {foreign_keys_setting::on, foreign_keys_setting::off}) {
            sqlite_engine db(callers.get());
            const std::int64_t next = db.read(rows::all).revision + 1;
            action good = migrating(next, {"DELETE FROM items WHERE id > 1"});
            good.script.foreign_keys = setting;
            ASSERT_EQ(perform_next(db, good), outcome::done);
            EXPECT_EQ(callers.value("PRAGMA foreign_keys"), before);
            action bad = migrating(next + 1, {"SELECT nonsense"});
            bad.script.foreign_keys = setting;
            EXPECT_THROW((void)perform_next(db, bad), error);
            EXPECT_EQ(callers.value("PRAGMA foreign_keys"), before);
        }
    }
}

TEST_F(sqlite_borrowed, HasWhatAScriptSetPutBack) {
    const std::vector<std::string> settings = {"recursive_triggers", "legacy_alter_table", "cache_size",
                                               "ignore_check_constraints", "reverse_unordered_selects"};
    std::vector<std::string> before;
    for (const auto& each : settings) before.push_back(callers.value("PRAGMA " + each));
    sqlite_engine db(callers.get());
    const action changing = migrating(2, {"PRAGMA recursive_triggers = on", "pragma legacy_alter_table = on",
                                          "PRAGMA cache_size = 77", "PRAGMA ignore_check_constraints = on",
                                          "PRAGMA reverse_unordered_selects = on", "PRAGMA case_sensitive_like = on"});
    ASSERT_EQ(perform_next(db, changing), outcome::done);
    for (std::size_t each = 0; each < settings.size(); ++each) {
        EXPECT_EQ(callers.value("PRAGMA " + settings[each]), before[each]) << settings[each];
    }
    EXPECT_EQ(callers.value("SELECT 'a' LIKE 'A'"), "1");
}

TEST_F(sqlite_borrowed, HasWhatAFailedScriptSetPutBack) {
    sqlite_engine db(callers.get());
    EXPECT_THROW((void)perform_next(db, migrating(2, {"PRAGMA cache_size = 77", "SELECT nonsense"})), error);
    EXPECT_NE(callers.value("PRAGMA cache_size"), "77");
}

TEST_F(sqlite_borrowed, LetsNoScriptSeeWhatTheOneBeforeItSet) {
    sqlite_engine db(callers.get());
    const std::vector<action> scripts = {migrating(2, {"PRAGMA case_sensitive_like = on"}),
                                         migrating(3, {"CREATE TABLE seen AS SELECT 'a' LIKE 'A' AS ignores_case"})};
    ASSERT_EQ(perform(db, 1, scripts), outcome::done);
    EXPECT_EQ(callers.value("SELECT ignores_case FROM seen"), "1");
}

TEST_F(sqlite_borrowed, KeepsWhatAScriptWithoutATransactionSetUntilItsEnd) {
    sqlite_engine db(callers.get());
    const runnable script =
        running({"PRAGMA cache_size = 77", "CREATE TABLE seen AS SELECT * FROM pragma_cache_size"}).script;
    db.execute_alone(script, 0);
    ASSERT_EQ(perform(db, 1, {migrating(2, {})}), outcome::done) << "progress is noted in between";
    db.execute_alone(script, 1);
    EXPECT_EQ(callers.value("SELECT * FROM seen"), "77");
    EXPECT_NE(callers.value("PRAGMA cache_size"), "77");
}

TEST_F(sqlite_borrowed, HasSettingsPutBackWhenAScriptWithoutATransactionIsGivenUp) {
    sqlite_engine db(callers.get());
    const runnable script = running({"PRAGMA cache_size = 77", "SELECT nonsense", "VACUUM"}).script;
    db.execute_alone(script, 0);
    EXPECT_EQ(callers.value("PRAGMA cache_size"), "77");
    EXPECT_THROW(db.execute_alone(script, 1), error);
    EXPECT_NE(callers.value("PRAGMA cache_size"), "77");
    db.execute_alone(script, 0);
    db.unlock();
    EXPECT_NE(callers.value("PRAGMA cache_size"), "77");
}

TEST_F(sqlite_borrowed, IsAskedOneQueryIfNothingIsPending) {
    const built_history shop("shop", engine_kind::sqlite, {{.version = 1, .name = "a", .up = {"CREATE TABLE a (id)"}}});
    sqlite_engine db(callers.get());
    (void)migrate(db, shop.get());
    const traced_statements traced(callers);
    (void)migrate(db, shop.get());
    EXPECT_THAT(traced.all(), ::testing::ElementsAre(HasSubstr("FROM main.varve_ledger")));
}

TEST_F(sqlite_borrowed, KeepsItsBusyHandlerAndItsFunctions) {
    int calls = 0;
    const auto counting = [](void* counter, int /*times*/) { return ++*static_cast<int*>(counter) < 3 ? 1 : 0; };
    sqlite3_busy_handler(callers.get(), counting, &calls);
    sqlite_engine db(callers.get(), {.busy_timeout = std::chrono::milliseconds(0)});
    ASSERT_EQ(perform_next(db, migrating(2, {"CREATE TABLE a (id integer)"})), outcome::done);
    const sqlite_handle other(file());
    other.execute("BEGIN IMMEDIATE");
    EXPECT_EQ(perform(db, 2, {migrating(3, {})}), outcome::locked);
    EXPECT_EQ(calls, 3);
}

}  // namespace varve::testing
