#include "postgresql_engine_test.hpp"

#include "support/failing_engine.hpp"

#include <pqxx/pqxx>

#include <sys/wait.h>
#include <unistd.h>
#include <chrono>
#include <csignal>

/// Scripts without a transaction that stop: their process is killed, or a statement fails. What is in the database
/// decides how the next start goes on.
namespace varve::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view is_valid =
    "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisvalid AND c.relname = ";
constexpr std::string_view is_invalid =
    "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid AND c.relname = ";

/// The call of a first migration of three statements that runs the second one; before an index is built, it is looked
/// whether another is in the way.
constexpr std::size_t running_second = 8;
constexpr std::size_t building_second = 9;
/// The same of its rollback.
constexpr std::size_t reverting_second = 6;

migration_text script_of(std::vector<std::string> up, std::vector<statement_probe> probes) {
    migration_text script{.version = 1, .name = "script", .up = std::move(up)};
    script.mode = transaction_mode::no_transaction;
    script.up_probes = std::move(probes);
    return script;
}

/// `CREATE TABLE a`, the statement, `CREATE TABLE b`.
migration_text around(const std::string& statement, statement_probe probe) {
    probe.statement = 1;
    return script_of({"CREATE TABLE a (id int)", statement, "CREATE TABLE b (id int)"}, {probe});
}

migration_text building(const std::string& sql = "CREATE INDEX CONCURRENTLY users_email ON users (email)") {
    return around(sql, {.kind = probe_kind::index_built, .object = "users", .name = "users_email"});
}

built_history history_of(const migration_text& script) { return {"shop", engine_kind::postgresql, {script}}; }

class PostgresqlKilled : public postgresql_test {
protected:
    void SetUp() override {
        ask("CREATE TABLE users (id int, email text)");
        ask("INSERT INTO users VALUES (1, 'ann@example.com'), (2, 'bob@example.com')");
    }

    /// In another process, which is killed at a call of the engine.
    template <typename Operation>
    void kill_at(std::size_t call, fault::moment when, Operation operation) const {
        const pid_t child = ::fork();
        ASSERT_NE(child, -1);
        if (child == 0) {
            postgresql_engine db(uri);
            failing_engine dying(db, {.call = call, .when = when, .lasts = fault::length::process});
            try {
                operation(dying);
            } catch (const std::exception&) {
                ::_exit(1);
            }
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
        wait_until(
            "SELECT count(*) = 0 FROM pg_stat_activity WHERE backend_type = 'client backend' AND "
            "datname = current_database() AND pid <> pg_backend_pid()");
    }

    void kill_migrating_at(std::size_t call, fault::moment when, const history& shop) const {
        kill_at(call, when, [&](engine& db) { (void)migrate(db, shop); });
    }

    /// Asks until the answer is `true`.
    void wait_until(const std::string& condition) const {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (ask(condition) != "t") ASSERT_LT(std::chrono::steady_clock::now(), deadline) << condition;
    }

    void expect_applied(const history& shop) const {
        EXPECT_EQ(check(*connect(), shop), database_state::current);
        EXPECT_TRUE(has_table("a") && has_table("b"));
    }

    [[nodiscard]] bool has_index(std::string_view which, const std::string& name) const {
        return ask(std::string(which) + "'" + name + "'") == "1";
    }
};

TEST_F(PostgresqlKilled, AnIndexThatWasBuiltIsNotBuiltAgain) {
    const built_history shop = history_of(building());
    kill_migrating_at(building_second, fault::moment::after, shop);
    EXPECT_TRUE(has_index(is_valid, "users_email"));
    const auto now = status(*connect(), shop.get());
    EXPECT_EQ(now.state, database_state::pending);
    EXPECT_EQ(now.migrations.at(0).entry->statements_done, 1);
    EXPECT_EQ(now.migrations.at(0).entry->statements_total, 3);
    EXPECT_EQ(migrate(*connect(), shop.get()).done.at(0).resume_after, 2);
    expect_applied(shop);
}

TEST_F(PostgresqlKilled, AnIndexThatWasNotBegunIsBuilt) {
    const built_history shop = history_of(building());
    kill_migrating_at(building_second, fault::moment::before, shop);
    EXPECT_FALSE(has_index(is_valid, "users_email") || has_index(is_invalid, "users_email"));
    EXPECT_EQ(migrate(*connect(), shop.get()).done.at(0).resume_after, 1);
    EXPECT_TRUE(has_index(is_valid, "users_email"));
    expect_applied(shop);
}

TEST_F(PostgresqlKilled, AnIndexThatWasBeingBuiltIsDroppedAndBuiltAgain) {
    const built_history shop = history_of(building());
    pqxx::connection application(uri);
    pqxx::nontransaction session(application);
    session.exec("SET application_name = 'test'");
    session.exec("BEGIN; UPDATE users SET email = email");
    const pid_t child = ::fork();
    if (child == 0) {
        postgresql_engine db(uri);
        (void)migrate(db, shop.get());
        ::_exit(0);
    }
    wait_until(
        "SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND "
        "wait_event_type = 'Lock' AND datname = current_database()");
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND "
        "datname = current_database()");
    session.exec("ROLLBACK");
    wait_until(
        "SELECT count(*) = 0 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND pid <> "
        "pg_backend_pid() AND datname = current_database()");
    ASSERT_TRUE(has_index(is_invalid, "users_email"));
    EXPECT_EQ(migrate(*connect(), shop.get()).done.at(0).resume_after, 1);
    EXPECT_TRUE(has_index(is_valid, "users_email"));
    expect_applied(shop);
}

TEST_F(PostgresqlKilled, AnIndexThatFailedIsDroppedBeforeTheNextAttempt) {
    ask("INSERT INTO users VALUES (3, 'bob@example.com')");
    const built_history shop = history_of(building("CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email)"));
    const auto why = failure_of([&] { (void)migrate(*connect(), shop.get()); });
    EXPECT_EQ(why.sqlstate, "23505");
    EXPECT_TRUE(has_index(is_invalid, "users_email"));
    EXPECT_EQ(failure_of([&] { (void)migrate(*connect(), shop.get()); }).sqlstate, "23505") << "not: exists already";
    ask("DELETE FROM users WHERE id = 3");
    (void)migrate(*connect(), shop.get());
    EXPECT_TRUE(has_index(is_valid, "users_email"));
    expect_applied(shop);
}

TEST_F(PostgresqlKilled, AnInvalidIndexIsNotTakenForAGoodOne) {
    ask("INSERT INTO users VALUES (3, 'bob@example.com')");
    EXPECT_ANY_THROW(ask("CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email)"));
    ask("DELETE FROM users WHERE id = 3");
    const built_history shop =
        history_of(building("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_email ON users (email)"));
    (void)migrate(*connect(), shop.get());
    EXPECT_TRUE(has_index(is_valid, "users_email"));
    expect_applied(shop);
}

TEST_F(PostgresqlKilled, NamesAreWhatTheyAre) {
    const std::string schema = "Ein \"Schema\"";
    const std::string table = "T'a\\b";
    const std::string index = "i\xC3\xBC \"x\"";
    ask("CREATE SCHEMA \"Ein \"\"Schema\"\"\"; CREATE TABLE \"Ein \"\"Schema\"\"\".\"T'a\\b\" (a int); "
        "INSERT INTO \"Ein \"\"Schema\"\"\".\"T'a\\b\" VALUES (1), (1)");
    const built_history shop = history_of(
        around("CREATE UNIQUE INDEX CONCURRENTLY \"i\xC3\xBC \"\"x\"\"\" ON \"Ein \"\"Schema\"\"\".\"T'a\\b\" (a)",
               {.kind = probe_kind::index_built, .schema = schema, .object = table, .name = index}));
    EXPECT_EQ(failure_of([&] { (void)migrate(*connect(), shop.get()); }).sqlstate, "23505");
    ask("TRUNCATE \"Ein \"\"Schema\"\"\".\"T'a\\b\"");
    (void)migrate(*connect(), shop.get());
    EXPECT_TRUE(has_index(is_valid, index));
    expect_applied(shop);
}

TEST_F(PostgresqlKilled, ADroppedIndexIsGoneOrDroppedAgain) {
    for (const auto when : {fault::moment::before, fault::moment::after}) {
        migration_text script = building();
        script.down = {"DROP TABLE b", "DROP INDEX CONCURRENTLY users_email", "DROP TABLE a"};
        script.down_probes = {{.statement = 1, .kind = probe_kind::relation_dropped, .object = "users_email"}};
        const built_history shop = history_of(script);
        (void)migrate(*connect(), shop.get());
        kill_at(reverting_second, when, [&](engine& db) { (void)rollback(db, shop.get(), rollback_to::base()); });
        EXPECT_EQ(has_index(is_valid, "users_email"), when == fault::moment::before);
        const auto reverted = rollback(*connect(), shop.get(), rollback_to::base()).done;
        EXPECT_EQ(reverted.at(0).resume_after, when == fault::moment::before ? 1 : 2);
        EXPECT_FALSE(has_table("a") || has_table("b") || has_index(is_valid, "users_email"));
    }
}

TEST_F(PostgresqlKilled, AnIndexThatTheSearchPathFindsElsewhereIsNotDropped) {
    ask("CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE INDEX shared ON app.t (a); "
        "CREATE INDEX shared ON users (email); ALTER DATABASE \"" +
        database + "\" SET search_path = app, public");
    const built_history shop = history_of(
        around("DROP INDEX CONCURRENTLY shared", {.kind = probe_kind::relation_dropped, .object = "shared"}));
    kill_migrating_at(running_second, fault::moment::after, shop);
    EXPECT_EQ(check(*connect(), shop.get()), database_state::diverged);
    EXPECT_EQ(ask("SELECT count(*) FROM pg_indexes WHERE indexname = 'shared'"), "1");
}

TEST_F(PostgresqlKilled, WhatAnInterruptedReindexLeftIsDropped) {
    ask("CREATE INDEX users_email ON users (email); CREATE INDEX users_email_ccnew ON users (email)");
    ask("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_email_ccnew'::regclass");
    const built_history shop = history_of(
        around("REINDEX INDEX CONCURRENTLY users_email", {.kind = probe_kind::index_rebuilt, .object = "users_email"}));
    (void)migrate(*connect(), shop.get());
    EXPECT_EQ(ask("SELECT string_agg(indexname, ' ') FROM pg_indexes WHERE tablename = 'users'"), "users_email");
}

TEST_F(PostgresqlKilled, ValuesAndDatabasesAreThereOrNot) {
    ask("CREATE TYPE mood AS ENUM ('sad')");
    const std::string other = database + "_reports";
    const std::vector<migration_text> scripts{
        around("ALTER TYPE mood ADD VALUE 'it''s ok'",
               {.kind = probe_kind::enum_value_added, .object = "mood", .name = "it's ok"}),
        around("CREATE DATABASE " + other, {.kind = probe_kind::database_created, .object = other}),
        around("DROP DATABASE " + other, {.kind = probe_kind::database_dropped, .object = other})};
    for (const auto& script : scripts) {
        const built_history shop = history_of(script);
        kill_migrating_at(has_table("varve_ledger") ? running_second - 1 : running_second, fault::moment::after, shop);
        EXPECT_EQ(migrate(*connect(), shop.get()).done.at(0).resume_after, 2) << script.up[1];
        expect_applied(shop);
        options how;
        how.reason = "for the next one";
        (void)repair(*connect(), shop.get(), {.version = 1, .what = repair_kind::not_applied}, how);
        ask("DROP TABLE a, b");
    }
}

TEST_F(PostgresqlKilled, WhatASessionHadIsSetAgain) {
    ask("CREATE SCHEMA app");
    migration_text script =
        script_of({"SET search_path = app", "CREATE TABLE a (id int)", "VACUUM a", "CREATE TABLE b (id int)"},
                  {{.statement = 0, .kind = probe_kind::setting}, {.statement = 2, .kind = probe_kind::repeatable}});
    const built_history shop = history_of(script);
    kill_migrating_at(running_second + 2, fault::moment::before, shop);
    EXPECT_EQ(migrate(*connect(), shop.get()).done.at(0).resume_after, 2);
    EXPECT_EQ(ask("SELECT string_agg(tablename, ' ' ORDER BY 1) FROM pg_tables WHERE schemaname = 'app'"), "a b");
}

TEST_F(PostgresqlKilled, OfAnUpdateOnlyAPersonKnows) {
    migration_text script = around("UPDATE users SET id = id + 10", {});
    script.up_probes.clear();
    const built_history shop = history_of(script);
    kill_migrating_at(running_second, fault::moment::after, shop);
    const auto why = failure_of([&] { (void)migrate(*connect(), shop.get()); });
    ASSERT_EQ(why.problems.size(), 1U);
    EXPECT_THAT(why.problems[0].message, HasSubstr("half done, 1 of 3: statement 2 was begun by "));
    EXPECT_THAT(why.problems[0].message, HasSubstr("migrations/0001_script.sql:2:1\nUPDATE users SET id = id + 10"));
    EXPECT_THAT(why.problems[0].hint, HasSubstr("`repair 1 --statement 2 --done --reason ...`"));
    options how;
    how.reason = "ids are 11 and 12";
    (void)repair(*connect(), shop.get(), {.version = 1, .what = repair_kind::statement_done, .statement = 2}, how);
    EXPECT_EQ(migrate(*connect(), shop.get()).done.at(0).resume_after, 2);
    EXPECT_EQ(ask("SELECT string_agg(id::text, ' ' ORDER BY id) FROM users"), "11 12");
    expect_applied(shop);
    EXPECT_EQ(ask("SELECT reason FROM varve_ledger WHERE details::text LIKE '%statement_done%'"), "ids are 11 and 12");
}

}  // namespace
}  // namespace varve::testing
