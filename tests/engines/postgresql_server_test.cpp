#include "support/postgresql_server.hpp"

#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <filesystem>
#include <string>

namespace varve::testing {
namespace {

TEST(PostgresqlServer, GivesEachTestADatabaseOfItsOwn) {
    auto& server = shared_postgresql_server();
    const auto one = server.create_database();
    const auto other = server.create_database();
    ASSERT_NE(one, other);
    pqxx::connection first(server.uri(one));
    pqxx::nontransaction(first).exec("CREATE TABLE only_here (a int)");
    pqxx::connection second(server.uri(other));
    EXPECT_TRUE(pqxx::nontransaction(second).exec("SELECT to_regclass('only_here')")[0][0].is_null());
}

TEST(PostgresqlServer, ShowsWhatItLoggedAboutADatabase) {
    auto& server = shared_postgresql_server();
    const auto name = server.create_database();
    pqxx::connection connection(server.uri(name));
    pqxx::nontransaction session(connection);
    session.exec("SET log_statement = 'all'");
    session.exec("SELECT 'two\nlines'");
    EXPECT_EQ(server.log_of(name), "LOG:  statement: SELECT 'two\n\tlines'\n");
}

// The other end of a pipe: tells in which directory the server of a killed process was.
TEST(PostgresqlServer, LeavesNothingBehindWhenTheTestProgramIsKilled) {
    int report[2];
    ASSERT_EQ(::pipe(report), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const postgresql_server server;
        const std::string directory = server.directory().string();
        const auto written = ::write(report[1], directory.c_str(), directory.size() + 1);
        ::raise(SIGKILL);
        ::_exit(static_cast<int>(written));
    }
    std::string directory(200, '\0');
    ASSERT_GT(::read(report[0], directory.data(), directory.size()), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::filesystem::exists(directory.c_str()) && std::chrono::steady_clock::now() < deadline) ::sched_yield();
    EXPECT_FALSE(std::filesystem::exists(directory.c_str()));
}

}  // namespace
}  // namespace varve::testing
