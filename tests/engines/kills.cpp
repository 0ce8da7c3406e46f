#include "kills.hpp"

#include <varve/error.hpp>
#include <varve/migrate.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>
#include <random>
#include <thread>
#include <vector>

namespace varve::testing {
namespace {

using clock = std::chrono::steady_clock;

std::string inserting(int number) { return "INSERT INTO log VALUES (" + std::to_string(number) + ")"; }

enum class end : std::uint8_t { killed, well, undecided, badly };

[[noreturn]] void migrate_and_exit(killed_database& database, const history& what) {
    try {
        // Nobody else is at work: what an earlier process left undecided is not waited for.
        migrate(*database.connect(), what, {.lock_wait = std::chrono::milliseconds(10)});
    } catch (const error& failure) {
        if (failure.code() == error_code::diverged) ::_exit(2);
        std::fprintf(stderr, "%s\n", failure.what());
        ::_exit(3);
    }
    ::_exit(0);
}

end start_and_kill(killed_database& database, const history& what, std::optional<std::chrono::microseconds> after) {
    const pid_t child = ::fork();
    if (child == 0) migrate_and_exit(database, what);
    if (after) {
        std::this_thread::sleep_for(*after);
        ::kill(child, SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) return end::killed;
    if (WEXITSTATUS(status) == 0) return end::well;
    return WEXITSTATUS(status) == 2 ? end::undecided : end::badly;
}

/// How often a statement has taken effect.
std::ptrdiff_t effect_of(const std::vector<std::string>& effects, const std::string& sql) {
    const std::string create = "CREATE TABLE ";
    const std::size_t begin = sql.starts_with(create) ? create.size() : sql.find('(') + 1;
    const std::string seen = sql.substr(begin, sql.find_first_of(" )", begin) - begin);
    return std::count(effects.begin(), effects.end(), seen);
}

void expect_statements_true(const std::vector<std::string>& effects, engine& looking, const ledger_entry& row) {
    for (const auto& each : looking.read_statements(row.id, direction::up)) {
        const auto effect = effect_of(effects, each.sql);
        EXPECT_LE(effect, 1) << each.sql;
        if (each.state == statement_state::done) {
            EXPECT_EQ(effect, 1) << each.sql;
        }
        if (each.state == statement_state::pending) {
            EXPECT_EQ(effect, 0) << each.sql;
        }
    }
}

}  // namespace

// Each statement is one whose effect can be seen, and seen to be there twice.
std::vector<migration_text> transactional_and_not() {
    constexpr auto alone = transaction_mode::no_transaction;
    return {{.version = 1, .name = "log", .up = {"CREATE TABLE log (n integer)", inserting(10), inserting(11)}},
            {.version = 2, .name = "two", .up = {"CREATE TABLE t2 (n integer)", inserting(20)}},
            {.version = 3, .name = "three", .up = {inserting(30), "CREATE TABLE t3 (n integer)"}, .mode = alone},
            {.version = 4, .name = "four", .up = {inserting(40), "CREATE TABLE t4 (n integer)"}},
            {.version = 5, .name = "five", .up = {inserting(50), inserting(51), inserting(52)}, .mode = alone},
            {.version = 6, .name = "six", .up = {inserting(60)}}};
}

void expect_ledger_true(killed_database& database) {
    const auto looking = database.connect();
    const auto ledger = looking->read(engine::rows::active);
    const auto effects = database.effects();
    for (const auto& each : transactional_and_not()) {
        const auto row = std::find_if(ledger.entries.begin(), ledger.entries.end(), [&](const ledger_entry& one) {
            return one.history == "shop" && one.version == each.version;
        });
        if (row != ledger.entries.end() && row->state == entry_state::running) {
            expect_statements_true(effects, *looking, *row);
            continue;
        }
        const int expected = row == ledger.entries.end() ? 0 : 1;
        for (const auto& sql : each.up) EXPECT_EQ(effect_of(effects, sql), expected) << sql;
    }
}

void decide(killed_database& database, const history& what) {
    const auto deciding = database.connect();
    for (const auto& row : deciding->read(engine::rows::active).entries) {
        if (row.history != "shop" || row.state != entry_state::running) continue;
        for (const auto& each : deciding->read_statements(row.id, direction::up))
            if (effect_of(database.effects(), each.sql) == 0) database.execute(each.sql);
        skip(*deciding, what, row.version.value_or(0));
    }
}

void expect_all_done(killed_database& database, const history& what) {
    const auto effects = database.effects();
    for (const auto& each : transactional_and_not())
        for (const auto& sql : each.up) EXPECT_EQ(effect_of(effects, sql), 1) << sql;
    EXPECT_EQ(check(*database.connect(), what), database_state::current);
}

void kill_again_and_again(killed_database& database, int kills, std::uint32_t seed) {
    const built_history what("shop", database.kind(), transactional_and_not());
    std::printf("seed %u\n", seed);
    std::mt19937 random(seed);
    database.clear();
    const auto begin = clock::now();
    EXPECT_EQ(start_and_kill(database, what.get(), std::nullopt), end::well);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(clock::now() - begin);
    std::uniform_int_distribution<std::int64_t> moment(0, whole.count());
    int killed = 0;
    int finished = 0;
    database.clear();
    while (killed < kills && !::testing::Test::HasFailure()) {
        const bool is_spared = random() % 8 == 0;  // so that a history ends also where the machine is slow
        const end how = start_and_kill(
            database, what.get(), is_spared ? std::nullopt : std::optional(std::chrono::microseconds(moment(random))));
        database.settle();
        ASSERT_NE(how, end::badly);
        expect_ledger_true(database);
        if (how == end::killed) ++killed;
        if (how == end::undecided) decide(database, what.get());
        if (how != end::well) continue;
        expect_all_done(database, what.get());
        ++finished;
        database.clear();
    }
    EXPECT_GT(finished, 0);
    std::printf("%d killed, %d histories finished\n", killed, finished);
}

}  // namespace varve::testing
