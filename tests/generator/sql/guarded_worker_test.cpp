#include <sql/guarded_worker.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace varve::generator {
namespace {

std::string work(std::string_view request) {
    if (request == "abort") std::abort();
    if (request == "throw") throw std::runtime_error("no");
    if (request == "exit") std::_Exit(0);
    if (request == "much") return std::string(5'000'000, 'x');
    return "did " + std::string(request);
}

class GuardedWorker : public ::testing::Test {
protected:
    void SetUp() override {
        if (!guarded_worker::guards()) GTEST_SKIP() << "this system has no processes to fork";
    }
    guarded_worker worker{work};
};

TEST_F(GuardedWorker, AnswersOneRequestAfterTheOther) {
    EXPECT_EQ(worker.ask("one").bytes, "did one");
    EXPECT_EQ(worker.ask("").bytes, "did ");
    EXPECT_EQ(worker.ask("three").death, "");
}

TEST_F(GuardedWorker, ACrashIsAnAnswerAndTheNextRequestIsServedAgain) {
    const guarded_answer crashed = worker.ask("abort");
    EXPECT_EQ(crashed.death, "Aborted");
    EXPECT_EQ(crashed.bytes, "");
    EXPECT_EQ(worker.ask("one").bytes, "did one");
}

TEST_F(GuardedWorker, AnyOtherEndIsNoAnswerEither) {
    EXPECT_NE(worker.ask("throw").death, "");
    EXPECT_NE(worker.ask("exit").death, "");
    EXPECT_EQ(worker.ask("one").bytes, "did one");
}

TEST_F(GuardedWorker, RequestsAndAnswersMayBeLargerThanAnyBuffer) {
    EXPECT_EQ(worker.ask("much").bytes.size(), 5'000'000U);
    const std::string request(3'000'000, 'y');
    EXPECT_EQ(worker.ask(request).bytes.size(), request.size() + 4);
}

TEST_F(GuardedWorker, OneThatNobodyAskedAnythingEndsQuietly) {
    guarded_worker another{work};
    EXPECT_EQ(another.ask("one").bytes, "did one");
}

}  // namespace
}  // namespace varve::generator
