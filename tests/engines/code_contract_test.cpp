#include "code_contract.hpp"
#include "operations.hpp"

#include <varve/transaction.hpp>

#include <gmock/gmock.h>

#include <array>
#include <functional>
#include <limits>
#include <stdexcept>

namespace varve::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// What the migration under test does: the functions of a history are addresses of functions.
std::function<void(transaction&)> now;
std::function<void(batches&)> now_in_batches;
void run_now(transaction& in) { now(in); }
void run_now_in_batches(batches& work) { now_in_batches(work); }
void drop_notes(transaction& in) { in.execute("DROP TABLE notes"); }

migration_text coded(std::int64_t version) {
    return {.version = version, .name = "code", .code = {.up = run_now, .down = drop_notes}};
}

/// Migrates with a function as the only migration.
void run(engine& on, std::function<void(transaction&)> code) {
    now = std::move(code);
    const auto shop = history_for(on, "shop", {coded(1)});
    (void)migrate(on, shop.get(), by_ann());
}

std::vector<std::byte> every_byte() {
    std::vector<std::byte> bytes;
    for (int each = 0; each < 256; ++each) bytes.push_back(static_cast<std::byte>(each));
    return bytes;
}

void make_notes(transaction& in) {
    in.execute(in.engine() == engine_kind::sqlite
                   ? "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT, size REAL, flag BOOLEAN, bytes BLOB)"
                   : "CREATE TABLE notes (id bigint PRIMARY KEY, text text, size float8, flag boolean, bytes bytea)");
}

constexpr std::string_view insert_note = "INSERT INTO notes (id, text, size, flag, bytes) VALUES ($1, $2, $3, $4, $5)";

}  // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(code_contract);

TEST_P(code_contract, ReadsWhatItBound) {
    const std::string hostile = "it's \"quoted\"; DROP TABLE notes; -- ünï 💾 $1 ?1";
    run(*db, [&](transaction& in) {
        make_notes(in);
        EXPECT_EQ(in.execute(insert_note, std::numeric_limits<std::int64_t>::min(), hostile, 0.1, true, every_byte()),
                  1);
        const row only = in.query("SELECT * FROM notes").front();
        EXPECT_EQ(only.get<std::int64_t>("id"), std::numeric_limits<std::int64_t>::min());
        EXPECT_EQ(only.get<std::string>("text"), hostile);
        EXPECT_EQ(only.get<double>("size"), 0.1);
        EXPECT_EQ(only.get<bool>("flag"), true);
        EXPECT_EQ(only.get<std::vector<std::byte>>(4), every_byte());
    });
    EXPECT_TRUE(database->has_table("notes"));
}

TEST_P(code_contract, TellsNullFromEmpty) {
    run(*db, [](transaction& in) {
        make_notes(in);
        in.execute(insert_note, 1, "", std::optional<double>(), nullptr, std::vector<std::byte>());
        const row only = in.query("SELECT text, size, flag, bytes FROM notes").front();
        EXPECT_EQ(only.get<std::optional<std::string>>(0), "");
        EXPECT_EQ(only.get<std::optional<double>>(1), std::nullopt);
        EXPECT_TRUE(only.is_null("flag"));
        EXPECT_EQ(only.get<std::optional<std::vector<std::byte>>>(3), std::vector<std::byte>());
        EXPECT_THROW((void)only.get<double>("size"), std::invalid_argument);
    });
}

TEST_P(code_contract, GivesRowsInOrderAndHowManyChanged) {
    run(*db, [](transaction& in) {
        make_notes(in);
        for (int id = 1; id <= 3; ++id) in.execute("INSERT INTO notes (id) VALUES ($1)", id);
        std::vector<int> ids;
        for (const row& each : in.query("SELECT id FROM notes WHERE id > $1 ORDER BY id DESC", 1)) {
            ids.push_back(each.get<int>("id"));
        }
        EXPECT_THAT(ids, ElementsAre(3, 2));
        EXPECT_EQ(in.execute("UPDATE notes SET text = $1 WHERE id > $2", "x", 1), 2);
        EXPECT_EQ(in.query_value<std::int64_t>("SELECT count(*) FROM notes WHERE text IS NULL"), 1);
        EXPECT_TRUE(in.query("SELECT id FROM notes WHERE id = $1", 99).empty());
        EXPECT_THROW((void)in.query_value<int>("SELECT id FROM notes"), std::invalid_argument);
    });
}

TEST_P(code_contract, AsksWhatIsThere) {
    run(*db, [](transaction& in) {
        EXPECT_FALSE(in.table_exists("notes"));
        make_notes(in);
        in.execute("CREATE INDEX notes_text ON notes (text)");
        in.execute("CREATE VIEW seen AS SELECT id FROM notes");
        EXPECT_TRUE(in.table_exists("notes"));
        EXPECT_FALSE(in.table_exists("seen"));
        EXPECT_FALSE(in.table_exists("notes' OR '1'='1"));
        EXPECT_TRUE(in.table_exists("notes", in.engine() == engine_kind::sqlite ? "main" : "public"));
        EXPECT_TRUE(in.column_exists("notes", "text"));
        EXPECT_FALSE(in.column_exists("notes", "slug"));
        EXPECT_FALSE(in.column_exists("nothing", "text"));
        EXPECT_TRUE(in.index_exists("notes_text"));
        EXPECT_FALSE(in.index_exists("notes"));
    });
}

TEST_P(code_contract, CommitsWithItsRowOrNotAtAll) {
    const auto why = refusal_of([&] {
        run(*db, [](transaction& in) {
            make_notes(in);
            throw std::runtime_error("no");
        });
    });
    EXPECT_EQ(why.code, error_code::code_failed);
    EXPECT_EQ(why.file, "migrations/0001_code.cpp");
    EXPECT_FALSE(database->has_table("notes"));
    EXPECT_THAT(active_rows(*db), ElementsAre());
}

TEST_P(code_contract, NamesTheStatementThatWasRefused) {
    const auto why = refusal_of([&] {
        run(*db, [](transaction& in) {
            make_notes(in);
            in.execute("INSERT INTO note (id) VALUES ($1)", 1);
        });
    });
    EXPECT_EQ(why.code, error_code::statement_failed);
    EXPECT_EQ(why.file, "migrations/0001_code.cpp");
    EXPECT_EQ(why.statement, "INSERT INTO note (id) VALUES ($1)");
    EXPECT_NE(why.sqlstate, "");
    EXPECT_FALSE(database->has_table("notes"));
}

TEST_P(code_contract, RunsOneStatementAtATime) {
    const auto why = refusal_of([&] {
        run(*db, [](transaction& in) { in.execute("CREATE TABLE a (id integer); CREATE TABLE b (id integer)"); });
    });
    EXPECT_NE(why.message, "");
    EXPECT_FALSE(database->has_table("a"));
    EXPECT_FALSE(database->has_table("b"));
}

TEST_P(code_contract, RefusesAnotherNumberOfValues) {
    const auto why = refusal_of([&] { run(*db, [](transaction& in) { (void)in.query("SELECT $1", 1, 2); }); });
    EXPECT_EQ(why.file, "migrations/0001_code.cpp");
    EXPECT_THAT(active_rows(*db), ElementsAre());
}

TEST_P(code_contract, ThatEndsTheTransactionIsNotRecorded) {
    const auto why = refusal_of([&] {
        run(*db, [](transaction& in) {
            make_notes(in);
            in.execute("COMMIT");
        });
    });
    EXPECT_EQ(why.code, error_code::transaction_lost);
    EXPECT_THAT(active_rows(*db), ElementsAre());
}

TEST_P(code_contract, StandsInOrderWithScripts) {
    now = [](transaction& in) { in.execute("INSERT INTO t1 (id) VALUES ($1)", 7); };
    const auto shop = history_for(
        *db, "shop",
        {{.version = 1, .name = "t1", .up = {"CREATE TABLE t1 (id integer)"}, .down = {"DROP TABLE t1"}},
         {.version = 2, .name = "code", .code = {.up = run_now}},
         {.version = 3, .name = "t3", .up = {"CREATE TABLE t3 AS SELECT id FROM t1"}, .down = {"DROP TABLE t3"}}});
    options together = by_ann();
    together.transactions = grouping::all;
    (void)migrate(*db, shop.get(), together);
    EXPECT_THAT(active_rows(*db), ElementsAre("shop 1 applied", "shop 2 applied", "shop 3 applied"));
    EXPECT_EQ(check(*db, shop.get()), database_state::current);
}

TEST_P(code_contract, IsRevertedAndAppliedAgain) {
    run(*db, make_notes);
    const auto shop = history_for(*db, "shop", {coded(1)});
    (void)rollback(*db, shop.get(), rollback_to::base(), by_ann());
    EXPECT_FALSE(database->has_table("notes"));
    (void)migrate(*db, shop.get(), by_ann());
    EXPECT_TRUE(database->has_table("notes"));
}

TEST_P(code_contract, GoesOnBehindTheBatchesThatAreCommitted) {
    int rows_allowed = 25;
    now_in_batches = [&](batches& work) {
        const auto begin = work.position<std::int64_t>().value_or(0) + 1;
        if (begin == 1) make_notes(work);
        for (std::int64_t id = begin; id < begin + 10; ++id) {
            if (--rows_allowed < 0) throw std::runtime_error("the power fails");
            work.execute("INSERT INTO notes (id) VALUES ($1)", id);
        }
        if (begin + 9 < 50) work.go_on_after(begin + 9);
    };
    const auto shop = history_for(
        *db, "shop", {{.version = 1, .name = "code", .code = {.up_in_batches = run_now_in_batches}}, table(2)});
    (void)refusal_of([&] { (void)migrate(*db, shop.get(), by_ann()); });
    EXPECT_THAT(active_rows(*db), ElementsAre("shop 1 running"));
    rows_allowed = 1000;
    const auto next_process = database->connect();
    (void)migrate(*next_process, shop.get(), by_ann());
    EXPECT_EQ(rows_allowed, 1000 - 30) << "20 of the 50 rows were there already";
    EXPECT_THAT(active_rows(*db), ElementsAre("shop 1 applied", "shop 2 applied"));
    EXPECT_EQ(check(*db, shop.get()), database_state::current);
}

TEST_P(code_contract, HooksWriteInTheTransactionOfAMigration) {
    const auto shop = history_for(*db, "shop", {table(1), alone(2)});
    options how = by_ann();
    how.hooks.before_migration = [](const step& what, transaction& in) {
        if (what.version == 1) in.execute("CREATE TABLE audit (version integer, moment varchar(10))");
        in.execute("INSERT INTO audit (version, moment) VALUES ($1, $2)", what.version, "before");
    };
    how.hooks.after_migration = [](const step& what, transaction& in) {
        in.execute("INSERT INTO audit (version, moment) VALUES ($1, $2)", what.version, "after");
    };
    (void)migrate(*db, shop.get(), how);
    std::vector<std::string> seen;
    now = [&](transaction& in) {
        for (const row& each : in.query("SELECT version, moment FROM audit ORDER BY version, moment DESC")) {
            seen.push_back(each.get<std::string>("version") + " " + each.get<std::string>("moment"));
        }
    };
    const auto reading = history_for(*db, "reading", {{.version = 1, .name = "code", .code = {.up = run_now}}});
    (void)migrate(*db, reading.get(), by_ann());
    EXPECT_THAT(seen, ElementsAre("1 before", "1 after", "2 before", "2 after"));
}

}  // namespace varve::testing
