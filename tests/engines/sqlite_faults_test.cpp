#include "failing_disk.hpp"
#include "sqlite_engine_test.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <thread>

namespace varve::testing {
namespace {

using rows = engine::rows;
namespace fs = std::filesystem;

// More than SQLite's page cache: it writes to the file before the commit, with a journal to undo it.
constexpr std::string_view large =
    "INSERT INTO a SELECT randomblob(4000) FROM (WITH RECURSIVE r (i) AS"
    " (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 1500) SELECT i FROM r)";

action migration() { return migrating(2, {"CREATE TABLE a (x)", large, "CREATE TABLE b (x)"}); }

/// Kills the process when told one particular thing.
class deadly_progress : public recorded_progress {
public:
    explicit deadly_progress(std::size_t call) : left_(call) {}
    void action_started(std::size_t) override { count(); }
    void statement_begun(std::size_t, std::size_t) override { count(); }
    void statement_ended(std::size_t, std::size_t) override { count(); }

private:
    void count() {
        if (left_-- == 0) std::raise(SIGKILL);
    }
    std::size_t left_;
};

class sqlite_faults : public sqlite_engine_test {
protected:
    [[nodiscard]] std::string on_failing_disk() const { return "file:" + file() + "?vfs=varve_failing_disk"; }

    /// A new file with a ledger.
    void start_over() const {
        for (const char* ending : {"", "-journal", "-wal", "-shm"}) fs::remove(file() + ending);
        create_ledger();
    }

    /// Whether all of the migration is there; a failed test if only a part of it is.
    [[nodiscard]] bool is_applied() const {
        sqlite_engine db(file());
        const bool recorded = db.read(rows::all).revision == 2;
        const sqlite_handle look(file());
        EXPECT_EQ(look.has_table("a"), recorded);
        EXPECT_EQ(look.has_table("b"), recorded);
        EXPECT_EQ(look.value("PRAGMA integrity_check"), "ok");
        return recorded;
    }

    void expect_that_the_next_start_continues() const {
        sqlite_engine db(file());
        if (db.read(rows::all).revision == 1) {
            ASSERT_EQ(perform(db, 1, {migration()}), outcome::done);
        }
        EXPECT_TRUE(is_applied());
    }
};

}  // namespace

TEST_F(sqlite_faults, KilledInsideAMigrationLeavesNothingOfIt) {
    for (std::size_t call = 0; call < 7; ++call) {
        SCOPED_TRACE(call);
        start_over();
        EXPECT_EQ(signal_that_ended([&] {
                      sqlite_engine db(file());
                      deadly_progress told(call);
                      (void)perform(db, 1, {migration()}, told);
                  }),
                  SIGKILL);
        if (call >= 4) {
            EXPECT_GT(fs::file_size(file()), 4'000'000U) << "written already, so there is something to undo";
        }
        EXPECT_FALSE(is_applied());
        expect_that_the_next_start_continues();
    }
}

TEST_F(sqlite_faults, KilledInWalModeLeavesNothingOfTheMigration) {
    start_over();
    sqlite_handle(file()).execute("PRAGMA journal_mode = wal");
    EXPECT_EQ(signal_that_ended([&] {
                  sqlite_engine db(file());
                  deadly_progress told(5);
                  (void)perform(db, 1, {migration()}, told);
              }),
              SIGKILL);
    EXPECT_FALSE(is_applied());
    expect_that_the_next_start_continues();
}

TEST_F(sqlite_faults, KilledWhileTheLedgerIsCreatedLeavesNothing) {
    for (std::size_t call = 0; call < 3; ++call) {
        fs::remove(file());
        EXPECT_EQ(signal_that_ended([&] {
                      sqlite_engine db(file());
                      deadly_progress told(call);
                      (void)perform(db, std::nullopt, creating_the_ledger(db), told);
                  }),
                  SIGKILL);
        sqlite_engine db(file());
        EXPECT_FALSE(db.read(rows::all).exists);
        EXPECT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
    }
}

TEST_F(sqlite_faults, AJournalThatCannotBeUndoneIsExplained) {
    start_over();
    EXPECT_EQ(signal_that_ended([&] {
                  sqlite_engine db(file());
                  deadly_progress told(5);
                  (void)perform(db, 1, {migration()}, told);
              }),
              SIGKILL);
    ASSERT_TRUE(fs::exists(file() + "-journal"));
    fs::permissions(file(), fs::perms::owner_read | fs::perms::others_read);
    fs::permissions(file() + "-journal", fs::perms::owner_read | fs::perms::others_read);
    fs::permissions(place.path(), fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    const std::string said = without_rights([&] {
        sqlite_engine db(file());
        const auto refused = error_of([&] { (void)db.read(rows::all); });
        return std::string(to_string(refused.code)) + " " + refused.sqlstate + " " + refused.hint;
    });
    EXPECT_THAT(said, ::testing::StartsWith("read_only SQLITE_READONLY_ROLLBACK a program was killed while it wrote"));
    fs::permissions(file(), fs::perms::owner_all);
    expect_that_the_next_start_continues();
}

TEST_F(sqlite_faults, AFullDatabaseKeepsNothing) {
    start_over();
    const sqlite_handle callers(file());
    const std::string before = callers.value("PRAGMA max_page_count");
    callers.execute("PRAGMA max_page_count = 100");
    sqlite_engine db(callers.get());
    const auto refused = error_of([&] { (void)perform(db, 1, {migration()}); });
    EXPECT_EQ(refused.code, error_code::database_unusable);
    EXPECT_EQ(refused.sqlstate, "SQLITE_FULL");
    EXPECT_EQ(refused.line, 2U);
    EXPECT_FALSE(refused.hint.empty());
    EXPECT_FALSE(is_applied());
    callers.execute("PRAGMA max_page_count = " + before);
    EXPECT_EQ(perform(db, 1, {migration()}), outcome::done);
}

// A limit on the size of files, so that the disk refuses the bytes themselves; in another process, where it stays.
TEST_F(sqlite_faults, ADiskThatIsFullKeepsNothingAndIsExplained) {
    for (const char* mode : {"delete", "wal"}) {
        SCOPED_TRACE(mode);
        start_over();
        sqlite_handle(file()).execute(std::string("PRAGMA journal_mode = ") + mode);
        fs::permissions(place.path(), fs::perms::all);
        fs::permissions(file(), fs::perms::all);
        const std::string said = without_rights([&] {
            const rlimit most{.rlim_cur = 1'000'000, .rlim_max = 1'000'000};
            ::setrlimit(RLIMIT_FSIZE, &most);
            std::signal(SIGXFSZ, SIG_IGN);
            sqlite_engine db(file());
            const auto refused = error_of([&] { (void)perform(db, 1, {migration()}); });
            return std::string(to_string(refused.code)) + " " + refused.hint;
        });
        EXPECT_THAT(said, ::testing::StartsWith("database_unusable "));
        EXPECT_GT(said.size(), std::string("database_unusable ").size()) << "and a hint";
        EXPECT_FALSE(is_applied());
        expect_that_the_next_start_continues();
    }
}

// The ledger can be read, and the migration meets the page that is not what it should be.
TEST_F(sqlite_faults, ACorruptedPageInTheMiddleOfAMigrationKeepsNothing) {
    start_over();
    sqlite_handle(file()).execute(
        "CREATE TABLE old (x); INSERT INTO old SELECT randomblob(3000) FROM (WITH RECURSIVE r (i) AS (SELECT 1 UNION "
        "ALL SELECT i + 1 FROM r WHERE i < 20) SELECT i FROM r)");
    const auto page = std::stoul(sqlite_handle(file()).value("PRAGMA page_count"));
    const auto size = std::stoul(sqlite_handle(file()).value("PRAGMA page_size"));
    const std::string sound = place.read("shop.db");
    std::string bytes = sound;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>((page - 1) * size), size, '\xff');
    place.write("shop.db", bytes);
    sqlite_engine db(file());
    EXPECT_EQ(db.read(rows::all).revision, 1);
    const auto refused = error_of([&] {
        (void)perform(db, 1, {migrating(2, {"CREATE TABLE a (x)", "INSERT INTO a SELECT x FROM old"})});
    });
    EXPECT_EQ(refused.code, error_code::database_unusable);
    EXPECT_THAT(refused.sqlstate, ::testing::StartsWith("SQLITE_CORRUPT"));
    EXPECT_EQ(refused.line, 2U);
    EXPECT_FALSE(refused.hint.empty());
    EXPECT_EQ(place.read("shop.db"), bytes);
    place.write("shop.db", sound);
    expect_that_the_next_start_continues();
}

// It keeps writing while the migration runs: what each of them wrote is there.
TEST_F(sqlite_faults, AnotherProcessThatWritesInWalModeIsInNobodysWay) {
    start_over();
    sqlite_handle(file()).execute("PRAGMA journal_mode = wal; CREATE TABLE orders (x)");
    std::array<int, 2> end{};
    ASSERT_EQ(::pipe(end.data()), 0);
    const ::pid_t writer = ::fork();
    if (writer == 0) {
        ::close(end[1]);
        ::fcntl(end[0], F_SETFL, O_NONBLOCK);
        char byte = 0;
        try {
            const sqlite_handle mine(file());
            mine.execute("PRAGMA busy_timeout = 60000");
            while (::read(end[0], &byte, 1) != 0) mine.execute("INSERT INTO orders VALUES (1)");
        } catch (...) {
            ::_exit(1);
        }
        ::_exit(0);
    }
    ::close(end[0]);
    const sqlite_handle look(file());
    while (look.value("SELECT count(*) FROM orders") == "0") std::this_thread::yield();
    sqlite_engine db(file(), {.busy_timeout = std::chrono::seconds(60)});
    for (std::int64_t id = 2; id <= 20; ++id) {
        const std::string table = "CREATE TABLE t" + std::to_string(id) + " AS SELECT count(*) AS n FROM orders";
        EXPECT_EQ(perform(db, id - 1, {migrating(id, {table})}), outcome::done);
    }
    ::close(end[1]);
    int status = 0;
    ::waitpid(writer, &status, 0);
    EXPECT_EQ(status, 0) << "the other one was never refused";
    EXPECT_EQ(db.read(rows::all).revision, 20);
    EXPECT_EQ(look.value("PRAGMA integrity_check"), "ok");
}

/// What perform said must be what is there, whichever access to the disk failed.
class sqlite_disk_faults : public sqlite_faults, public ::testing::WithParamInterface<const char*> {
protected:
    void SetUp() override {
        small.change.inserts.push_back(applied_row(2, 2, 20));
        create_ledger();
        fs::copy_file(file(), file("fresh.db"));
    }

    /// What `prepare` makes of the disk happens to one migration of a fresh database. Whether it was committed, as far
    /// as the engine knows.
    [[nodiscard]] std::optional<bool> migrate_fresh(const std::function<void()>& prepare) {
        disk.repair();
        fs::remove(file() + "-journal");
        fs::copy_file(file("fresh.db"), file(), fs::copy_options::overwrite_existing);
        const sqlite_handle callers(on_failing_disk());
        callers.execute(std::string("PRAGMA journal_mode = ") + GetParam());
        sqlite_engine db(callers.get());
        disk.repair();
        prepare();
        try {
            return perform(db, 1, {small}) == outcome::done;
        } catch (const error& thrown) {
            if (thrown.code() == error_code::in_doubt) return std::nullopt;
            EXPECT_EQ(thrown.code(), error_code::database_unusable) << thrown.what();
            return false;
        }
    }

    /// How often a migration touches the disk.
    [[nodiscard]] int accesses() {
        EXPECT_EQ(migrate_fresh([] {}), true);
        EXPECT_GT(disk.operations(), 20);
        return disk.operations();
    }

    void expect_that_it_is_as_said(const std::optional<bool>& said) {
        disk.repair();
        const bool there = is_applied();
        if (said) {
            EXPECT_EQ(there, *said);
        }
    }

    failing_disk disk;
    action small = running({"CREATE TABLE a (x)", "INSERT INTO a VALUES (1)", "CREATE TABLE b (x)"});
};

TEST_P(sqlite_disk_faults, AnyAccessThatFailsOnceLeavesAllOrNothing) {
    const int last = accesses();
    for (int each = 1; each <= last; ++each) {
        SCOPED_TRACE(each);
        expect_that_it_is_as_said(migrate_fresh([&] { disk.at(each, [] {}); }));
    }
}

TEST_P(sqlite_disk_faults, ADiskThatFailsForGoodLeavesAllOrNothing) {
    const int last = accesses();
    for (int each = 1; each <= last; ++each) {
        SCOPED_TRACE(each);
        expect_that_it_is_as_said(migrate_fresh([&] { disk.from(each); }));
    }
}

TEST_P(sqlite_disk_faults, KilledBeforeAnyAccessLeavesAllOrNothing) {
    const int last = accesses();
    for (int each = 1; each <= last; ++each) {
        SCOPED_TRACE(each);
        const auto killing = [] { std::raise(SIGKILL); };
        EXPECT_EQ(signal_that_ended([&] { (void)migrate_fresh([&] { disk.at(each, killing); }); }), SIGKILL);
        if (is_applied()) continue;
        disk.repair();
        sqlite_engine db(on_failing_disk());
        ASSERT_EQ(perform(db, 1, {small}), outcome::done);
    }
}

INSTANTIATE_TEST_SUITE_P(journal_modes, sqlite_disk_faults, ::testing::Values("delete", "truncate", "persist"),
                         [](const auto& of) { return std::string(of.param); });

}  // namespace varve::testing
