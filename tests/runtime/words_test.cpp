#include <varve/error.hpp>
#include <varve/ledger.hpp>
#include <varve/observer.hpp>
#include <varve/plan.hpp>

#include <gtest/gtest.h>

namespace varve {
namespace {

TEST(Words, AreThoseOfTheLedger) {
    EXPECT_EQ(to_string(entry_kind::migration), "migration");
    EXPECT_EQ(to_string(entry_kind::event), "event");
    EXPECT_EQ(to_string(entry_state::superseded), "superseded");
    EXPECT_EQ(to_string(statement_state::intended), "intended");
    EXPECT_EQ(to_string(step_kind::renumber), "renumber");
    EXPECT_EQ(to_string(step_kind::schema), "schema");
    EXPECT_EQ(to_string(step_kind::forget), "forget");
    EXPECT_EQ(to_string(problem_kind::ledger_too_new), "ledger_too_new");
    EXPECT_EQ(to_string(problem_kind::already_applied), "already_applied");
    EXPECT_EQ(to_string(event_kind::failed), "failed");
    EXPECT_EQ(to_string(error_code::cancelled), "cancelled");
}

TEST(Words, AreReadBack) {
    EXPECT_EQ(entry_kind_from("baseline"), entry_kind::baseline);
    EXPECT_EQ(entry_state_from("reverting"), entry_state::reverting);
    EXPECT_EQ(statement_state_from("failed"), statement_state::failed);
}

TEST(Words, AreNotGuessed) {
    EXPECT_EQ(entry_kind_from("Baseline"), std::nullopt);
    EXPECT_EQ(entry_state_from(""), std::nullopt);
    EXPECT_EQ(statement_state_from("begun"), std::nullopt);
}

TEST(ChecksumText, HoldsTheRuleAndTheDigest) {
    const checksum from{1, {{0x9f86d081884c7d65, 0x9a2feaa0c55ad015, 0xa3bf4f1b2b0b822c, 0xd15d6c15b0f00a08}}};
    EXPECT_EQ(to_string(from), "1:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    EXPECT_EQ(checksum_from(to_string(from)), from);
}

TEST(ChecksumText, IsNotReadFromAnythingElse) {
    const std::string digits(64, 'a');
    EXPECT_TRUE(checksum_from("1:" + digits));
    EXPECT_FALSE(checksum_from(""));
    EXPECT_FALSE(checksum_from(digits));
    EXPECT_FALSE(checksum_from(":" + digits));
    EXPECT_FALSE(checksum_from("0:" + digits));
    EXPECT_FALSE(checksum_from("256:" + digits));
    EXPECT_FALSE(checksum_from("1:" + digits + "a"));
    EXPECT_FALSE(checksum_from("1:" + std::string(64, 'A')));
    EXPECT_FALSE(checksum_from("1:" + std::string(63, 'a') + "-"));
}

}  // namespace
}  // namespace varve
