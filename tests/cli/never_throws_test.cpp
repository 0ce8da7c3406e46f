#include "sqlite_shop.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

namespace varve::testing {
namespace {

class throwing_observer final : public observer {
public:
    void on_event(const event&) override { throw std::runtime_error("the observer gave up"); }
};

struct not_an_exception {};
class strange_observer final : public observer {
public:
    void on_event(const event&) override { throw not_an_exception{}; }
};

// A stream nobody reads any more, as standard output is after its reader went away.
class lost_stream final : public std::ostream {
public:
    lost_stream() : std::ostream(&nothing_) {}

private:
    struct nothing final : std::streambuf {};  // takes no character
    nothing nothing_;
};

int run(sqlite_shop& shop, observer* watch, std::ostream& out, std::ostream& err,
        std::initializer_list<std::string_view> words) {
    const console where{.out = &out, .err = &err};
    options defaults;
    defaults.watch = watch;
    return command_line(shop.database(), shop.known(), words, defaults, where);
}

TEST(CommandLine, TurnsWhatAnObserverThrowsIntoAMessage) {
    sqlite_shop shop;
    throwing_observer observer;
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(run(shop, &observer, out, err, {"migrate"}), 1);
    EXPECT_NE(err.str().find("the observer gave up"), std::string::npos) << err.str();
    EXPECT_EQ(check(shop.database(), shop.known()), database_state::pending);
}

TEST(CommandLine, SurvivesWhatIsNoException) {
    sqlite_shop shop;
    strange_observer observer;
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(run(shop, &observer, out, err, {"migrate"}), 1);
    EXPECT_NE(err.str().find("not a std::exception"), std::string::npos) << err.str();
}

TEST(CommandLine, FailsIfItsOutputIsLost) {
    sqlite_shop shop;
    lost_stream out;
    std::ostringstream err;
    EXPECT_EQ(run(shop, nullptr, out, err, {"status"}), 1);
    EXPECT_EQ(err.str(), "error: the output could not be written\n");
}

TEST(CommandLine, SurvivesStreamsThatThrow) {
    sqlite_shop shop;
    lost_stream out;
    lost_stream err;
    out.exceptions(std::ios::badbit);
    err.exceptions(std::ios::badbit);
    EXPECT_EQ(run(shop, nullptr, out, err, {"status"}), 1);
}

}  // namespace
}  // namespace varve::testing
