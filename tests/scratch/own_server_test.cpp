// verify on a server of its own: what a run leaves for the next one, whole, damaged, or used by two at once.
#include "support/history_builder.hpp"
#include "support/temporary_directory.hpp"

#include "scratch/own_server.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <thread>

namespace varve::scratch {
namespace {

namespace fs = std::filesystem;
using testing::built_history;
using ::testing::IsEmpty;
using testing::temporary_directory;

const built_history& shop() {
    static const built_history result(
        "shop", engine_kind::postgresql,
        {{.version = 1, .name = "a", .up = {"CREATE TABLE a (b integer)"}, .down = {"DROP TABLE a"}},
         {.version = 2, .name = "b", .up = {"CREATE INDEX i ON a (b)"}, .down = {"DROP INDEX i"}}});
    return result;
}

verify_report verified(const temporary_directory& cache) {
    return verify_on_own_server({.what = &shop().get(), .cache = cache.path()});
}

// Of the history, or of the empty cluster.
fs::path kept_in(const temporary_directory& cache, const std::string& beginning) {
    for (const auto& each : fs::directory_iterator(cache.path()))
        if (each.path().filename().string().starts_with(beginning)) return each.path();
    return {};
}

void is_right(const verify_report& report, std::size_t remembered) {
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.migrations, 2U);
    EXPECT_EQ(report.remembered, remembered);
    EXPECT_EQ(report.undone, 2 - remembered);
}

TEST(OwnServer, BeginsWithWhatWasProvenUnlessItIsDamaged) {
    const temporary_directory cache;
    is_right(verified(cache), 0);
    is_right(verified(cache), 1);
    fs::resize_file(kept_in(cache, "shop-") / "global" / "pg_control", 100);
    is_right(verified(cache), 0);
    fs::remove(kept_in(cache, "shop-") / "varve.note");
    is_right(verified(cache), 0);
    fs::remove_all(kept_in(cache, "shop-") / "global");
    fs::remove_all(kept_in(cache, "empty-") / "global");
    is_right(verified(cache), 0);
    is_right(verified(cache), 1);
}

TEST(OwnServer, LeavesOneStateIfTwoRunAtOnce) {
    const temporary_directory cache;
    for (std::size_t remembered : {0, 1}) {
        verify_report one;
        std::thread other([&] { one = verified(cache); });
        is_right(verified(cache), remembered);
        other.join();
        is_right(one, remembered);
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(cache.path()), fs::directory_iterator()), 2);
}

}  // namespace
}  // namespace varve::scratch
