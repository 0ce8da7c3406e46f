#include "sqlite_engine_test.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace varve::testing {
namespace {

constexpr ::uid_t nobody = 65534;

/// Never returns, and runs nothing that the parent's process would run at its end.
[[noreturn]] void leave(int status) { ::_exit(status); }

void give_up_rights() {
    if (::geteuid() != 0) return;
    if (::setgid(nobody) != 0 || ::setuid(nobody) != 0) leave(70);
}

}  // namespace

action migrating(std::int64_t id, std::vector<std::string_view> statements) {
    action result = running(std::move(statements));
    result.change.inserts.push_back(applied_row(id, id, 10 * id));
    return result;
}

error_details error_of(const std::function<void()>& something) {
    try {
        something();
    } catch (const error& thrown) {
        return thrown.details();
    }
    ADD_FAILURE() << "no error was thrown";
    return {.code = error_code::observer_failed};
}

std::string without_rights(const std::function<std::string()>& something) {
    std::array<int, 2> pipe_ends{};
    if (::pipe(pipe_ends.data()) != 0) throw std::runtime_error("no pipe");
    const ::pid_t child = ::fork();
    if (child == 0) {
        give_up_rights();
        std::string said;
        try {
            said = something();
        } catch (const std::exception& thrown) {
            said = std::string("threw ") + thrown.what();
        }
        leave(::write(pipe_ends[1], said.data(), said.size()) == static_cast<::ssize_t>(said.size()) ? 0 : 71);
    }
    ::close(pipe_ends[1]);
    std::string said;
    std::array<char, 4096> piece{};
    for (::ssize_t size = 1; size > 0;) {
        size = ::read(pipe_ends[0], piece.data(), piece.size());
        if (size > 0) said.append(piece.data(), static_cast<std::size_t>(size));
    }
    ::close(pipe_ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (status != 0) return "the process ended with status " + std::to_string(status);
    return said;
}

int signal_that_ended(const std::function<void()>& something) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        try {
            something();
        } catch (...) {
            leave(1);
        }
        leave(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) return WTERMSIG(status);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    return 0;
}

void sqlite_engine_test::create_ledger() const {
    sqlite_engine db(file());
    ASSERT_EQ(perform(db, std::nullopt, creating_the_ledger(db)), outcome::done);
}

}  // namespace varve::testing
