#include "support/history_builder.hpp"

#include "scratch/proven_prefix.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace varve::scratch {
namespace {

using testing::built_history;
using testing::migration_text;

const migration_text first{.version = 1, .name = "a", .up = {"CREATE TABLE a ()"}, .down = {"DROP TABLE a"}};
const migration_text second{.version = 2, .name = "b", .up = {"CREATE TABLE b ()"}, .down = {"DROP TABLE b"}};

const history& ledger() {
    static const built_history result("varve", engine_kind::postgresql, {first});
    return result;
}

built_history shop(std::vector<migration_text> migrations) { return {"shop", engine_kind::postgresql, migrations}; }

std::string note_of(const history& what, proven_prefix proven) { return text_of({}, ledger(), what, proven); }

TEST(ProvenPrefix, IsReadAsItWasWritten) {
    const auto before = shop({first, second});
    proven_prefix proven{.count = 1};
    proven.findings.push_back({.level = finding::severity::warning,
                               .file = "0001_a.down.sql",
                               .line = 7,
                               .column = 9,
                               .message = "it is\nwrong",
                               .details = {"one", ""},
                               .hint = "correct it"});
    const auto read = prefix_in(note_of(before, proven), {}, ledger(), shop({first, second}));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->count, 1U);
    EXPECT_EQ(read->findings, proven.findings);
}

TEST(ProvenPrefix, DoesNotDependOnWhatFollows) {
    const auto before = shop({first, second});
    migration_text edited = second;
    edited.up = {"CREATE TABLE c ()"};
    EXPECT_TRUE(prefix_in(note_of(before, {.count = 1}), {}, ledger(), shop({first, edited})));
    EXPECT_TRUE(prefix_in(note_of(before, {.count = 1}), {}, ledger(), shop({first})));
    EXPECT_FALSE(prefix_in(note_of(before, {.count = 2}), {}, ledger(), shop({first, edited})));
    EXPECT_FALSE(prefix_in(note_of(before, {.count = 2}), {}, ledger(), shop({first})));
}

TEST(ProvenPrefix, IsForgottenWhenAnythingOfItChanges) {
    const auto before = shop({first, second});
    const std::string note = note_of(before, {.count = 1});
    std::vector<migration_text> changed(4, first);
    changed[0].down = {"DROP TABLE IF EXISTS a"};
    changed[1].released = false;
    changed[2].mode = transaction_mode::no_transaction;
    changed[3].irreversible = true;
    for (const auto& each : changed) EXPECT_FALSE(prefix_in(note, {}, ledger(), shop({each, second})));
    const built_history auth("auth", engine_kind::postgresql, {first});
    EXPECT_FALSE(prefix_in(note, {&auth.get()}, ledger(), before));
}

TEST(ProvenPrefix, IsForgottenWhenItsTextIsDamaged) {
    const auto what = shop({first, second});
    const std::string note = note_of(what, {.count = 2, .findings = {finding{.file = "x", .message = "y"}}});
    ASSERT_TRUE(prefix_in(note, {}, ledger(), what));
    for (std::size_t size = 0; size < note.size(); ++size)
        EXPECT_FALSE(prefix_in(note.substr(0, size), {}, ledger(), what)) << size;
    EXPECT_FALSE(prefix_in("garbage", {}, ledger(), what));
}

}  // namespace
}  // namespace varve::scratch
