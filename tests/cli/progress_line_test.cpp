#include <gtest/gtest.h>
#include <cli/progress_line.hpp>

#include <support/history_builder.hpp>

#include <sstream>

namespace varve::cli {
namespace {

/// What is on a terminal, or in a log, after an event.
std::string shown(const event& told, console::kind style) {
    const testing::built_history shop("shop", engine_kind::postgresql, {});
    const histories known(shop.get());
    std::ostringstream out;
    const console where{.out = &out, .err = &out, .style = style};
    progress_line line(where, known, nullptr);
    line.on_event(told);
    const std::string text = out.str();
    return text;
}

event indexing(std::int64_t done, std::int64_t total) {
    return {.kind = event_kind::progressed,
            .version = 7,
            .name = "add_index",
            .action = "apply",
            .phase = "building index",
            .relation = "orders",
            .unit = "blocks",
            .done = done,
            .total = total};
}

TEST(ProgressLine, HasABarWhereTheServerSaysHowFarItIs) {
    EXPECT_EQ(shown(indexing(35, 100), console::kind::terminal),
              "\r\x1b[Kapplying 7 add_index [=======.............] 35%, building index of orders");
    EXPECT_EQ(shown(indexing(120, 100), console::kind::terminal),
              "\r\x1b[Kapplying 7 add_index [====================] 100%, building index of orders");
}

TEST(ProgressLine, HasNoBarIfNobodyKnowsHowMuchThereIs) {
    EXPECT_EQ(shown(indexing(35, 0), console::kind::terminal),
              "\r\x1b[Kapplying 7 add_index, building index of orders");
}

TEST(ProgressLine, IsNotInALog) { EXPECT_EQ(shown(indexing(35, 100), console::kind::plain), ""); }

TEST(ProgressLine, SaysThatItIsAtWorkIfTheStepIsNotKnown) {
    EXPECT_EQ(shown({.kind = event_kind::progressed, .phase = "scanning heap"}, console::kind::terminal),
              "\r\x1b[Kworking, scanning heap");
}

}  // namespace
}  // namespace varve::cli
