#include "postgresql_engine_test.hpp"

#include "support/cutting_proxy.hpp"

#include <varve/wait_for_database.hpp>

#include <pqxx/pqxx>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

namespace varve::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class PostgresqlWaiting : public postgresql_test {};

/// Does something when told that somebody waits.
class reacting_observer : public observer {
public:
    explicit reacting_observer(std::function<void()> reaction) : reaction_(std::move(reaction)) {}
    void on_event(const event& what) override {
        if (what.kind != event_kind::waiting) return;
        reasons.emplace_back(what.message);
        reaction_();
    }
    std::vector<std::string> reasons;

private:
    std::function<void()> reaction_;
};

TEST_F(PostgresqlWaiting, ADatabaseThatIsThereIsNotWaitedFor) {
    reacting_observer watch([] {});
    wait_for_database(*connect(), 0ms, &watch);
    EXPECT_TRUE(watch.reasons.empty());
    EXPECT_FALSE(has_table("varve_ledger"));
}

TEST_F(PostgresqlWaiting, AServerThatComesLaterIsWaitedFor) {
    std::optional<cutting_proxy> later;
    postgresql_engine engine(uri + "&port=6401");
    reacting_observer watch([&] { later.emplace(server.directory(), 6401); });
    wait_for_database(engine, 60s, &watch);
    ASSERT_EQ(watch.reasons.size(), 1U);
    EXPECT_THAT(watch.reasons[0], HasSubstr("cannot connect"));
    migrate(engine, shop({{"CREATE TABLE a (id int)"}}));
}

TEST_F(PostgresqlWaiting, ADatabaseThatIsCreatedLaterIsWaitedFor) {
    postgresql_engine engine(server.uri("created_later"));
    reacting_observer watch([&] { ask("CREATE DATABASE created_later"); });
    wait_for_database(engine, 60s, &watch);
    EXPECT_EQ(watch.reasons.size(), 1U);
}

TEST_F(PostgresqlWaiting, TheDeadlineIsClear) {
    postgresql_engine engine(uri + "&port=6402");
    const auto failure = failure_of([&] { wait_for_database(engine, 50ms); });
    EXPECT_EQ(failure.code, error_code::connection_failed);
    EXPECT_THAT(failure.message, StartsWith("waited 50 ms for the database: cannot connect to postgresql://"));
    EXPECT_THAT(failure.hint, HasSubstr("is the server running"));
}

TEST_F(PostgresqlWaiting, ItEndsWhenAskedTo) {
    postgresql_engine engine(uri + "&port=6404");
    std::stop_source stop;
    reacting_observer watch([&] { stop.request_stop(); });
    const auto failure = failure_of([&] { wait_for_database(engine, 1h, &watch, stop.get_token()); });
    EXPECT_EQ(failure.code, error_code::cancelled);
}

TEST_F(PostgresqlWaiting, WhoRequiresASchemaWaitsForTheServerToo) {
    const auto known = shop({{"CREATE TABLE a (id int)"}});
    std::optional<cutting_proxy> later;
    postgresql_engine engine(uri + "&port=6405");
    reacting_observer watch([&] {
        if (!later)
            later.emplace(server.directory(), 6405);
        else
            migrate(*connect(), known);
    });
    require(engine, known, {.wait = 1h, .watch = &watch});
    EXPECT_THAT(watch.reasons, ElementsAre(HasSubstr("cannot connect"), HasSubstr("nothing was ever migrated")));
    postgresql_engine absent(uri + "&port=6406");
    EXPECT_EQ(failure_of([&] { require(absent, known); }).code, error_code::connection_failed);
    const auto failure = failure_of([&] { require(absent, known, {.wait = 30ms}); });
    EXPECT_EQ(failure.code, error_code::connection_failed);
    EXPECT_THAT(failure.message, HasSubstr("; waited 30 ms for it"));
}

TEST_F(PostgresqlWaiting, AnObserverMayEndIt) {
    postgresql_engine engine(uri + "&port=6403");
    reacting_observer watch([] { throw std::runtime_error("asked to stop"); });
    EXPECT_THROW(wait_for_database(engine, 60s, &watch), std::runtime_error);
}

}  // namespace
}  // namespace varve::testing
