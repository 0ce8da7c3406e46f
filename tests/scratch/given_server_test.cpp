// verify on a server that exists (VARVE_SCRATCH_URL): in a database of its own, of which nothing stays.
#include "support/history_builder.hpp"
#include "support/postgresql_server.hpp"

#include "postgresql/connection.hpp"
#include "scratch/given_server.hpp"

#include <varve/error.hpp>

#include <gmock/gmock.h>

#include <string>
#include <thread>
#include <vector>

namespace varve::scratch {
namespace {

using testing::built_history;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::shared_postgresql_server;

const built_history& shop() {
    static const built_history result(
        "shop", engine_kind::postgresql,
        {{.version = 1, .name = "a", .up = {"CREATE TABLE a (b integer)"}, .down = {"DROP TABLE a"}},
         {.version = 2, .name = "b", .up = {"CREATE INDEX i ON a (b)"}, .down = {"SELECT 1"}, .released = false}});
    return result;
}

class GivenServer : public ::testing::Test {
protected:
    static verify_report verified_as(const std::string& user) {
        return verify_on_given_server({.what = &shop().get()}, shared_postgresql_server().uri(database(), user));
    }
    static verify_report verified() { return verified_as("postgres"); }

    static const std::string& database() {
        static const std::string result = shared_postgresql_server().create_database();
        return result;
    }
    static std::vector<std::string> scratch_databases() {
        postgresql::connection db(shared_postgresql_server().uri(database()));
        std::vector<std::string> names;
        for (const auto& row : db.run("SELECT datname FROM pg_database WHERE datname ~ '^varve_scratch'"))
            names.emplace_back(row[0].c_str());
        return names;
    }

    postgresql::connection db_{shared_postgresql_server().uri(database())};
};

void proves_what_is_wrong(const verify_report& report) {
    EXPECT_EQ(report.migrations, 2U);
    EXPECT_EQ(report.undone, 2U);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_THAT(report.findings[0].details, ::testing::ElementsAre("index public.i: is left behind"));
}

TEST_F(GivenServer, IsLeftAsItWas) {
    proves_what_is_wrong(verified());
    EXPECT_THAT(scratch_databases(), IsEmpty());
}

TEST_F(GivenServer, ServesTwoRunsAtOnce) {
    verify_report one;
    std::thread other([&] { one = verified(); });
    const verify_report two = verified();
    other.join();
    proves_what_is_wrong(one);
    proves_what_is_wrong(two);
    EXPECT_THAT(scratch_databases(), IsEmpty());
}

// A run that was killed holds no lock any more.
TEST_F(GivenServer, IsRidOfWhatKilledRunsLeft) {
    const std::string dead = "varve_scratch_" + std::string(32, 'd');
    const std::string alive = "varve_scratch_" + std::string(32, 'a');
    const std::string others = "varve_scratchpad";
    for (const auto& each : {dead, alive, others}) db_.run("CREATE DATABASE " + each);
    db_.run("SELECT pg_advisory_lock(hashtextextended('" + alive + "', 0))");
    proves_what_is_wrong(verified());
    EXPECT_THAT(scratch_databases(), ::testing::UnorderedElementsAre(alive, others));
    for (const auto& each : {alive, others}) db_.run("DROP DATABASE " + each);
}

TEST_F(GivenServer, IsRefusedWhereNoDatabaseMayBeCreated) {
    db_.run("CREATE ROLE nobody_special LOGIN");
    try {
        static_cast<void>(verified_as("nobody_special"));
        FAIL();
    } catch (const error& thrown) {
        EXPECT_EQ(thrown.code(), error_code::permission_denied);
        EXPECT_THAT(thrown.what(), HasSubstr("cannot create a database on"));
    }
}

// Without them the server does not say what a transaction wrote to, and each proof would find nothing wrong.
TEST_F(GivenServer, IsMadeToCountOrRefused) {
    db_.run("CREATE ROLE counts_not SUPERUSER LOGIN; ALTER ROLE counts_not SET track_counts TO off");
    proves_what_is_wrong(verified_as("counts_not"));
    db_.run("CREATE ROLE counts_never CREATEDB LOGIN; ALTER ROLE counts_never SET track_counts TO off");
    try {
        static_cast<void>(verified_as("counts_never"));
        FAIL();
    } catch (const error& thrown) {
        EXPECT_EQ(thrown.code(), error_code::database_unusable);
        EXPECT_THAT(thrown.what(), HasSubstr("track_counts is off"));
    }
    EXPECT_THAT(scratch_databases(), IsEmpty());
}

TEST_F(GivenServer, NeedsNoSuperuser) {
    db_.run("CREATE ROLE somebody CREATEDB LOGIN");
    proves_what_is_wrong(verified_as("somebody"));
}

}  // namespace
}  // namespace varve::scratch
