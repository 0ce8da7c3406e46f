#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <generator/found.hpp>
#include <lock/lock_file.hpp>
#include <string>

namespace varve::generator {
namespace {

const std::string a_digest(64, 'a');
const std::string b_digest(64, 'b');
const std::string a_sum = "1:" + a_digest;
const std::string b_sum = "1:" + b_digest;
const std::string header = "varve-lock 1  sqlite  shop\n";

struct parse_result {
    lock_file lock;
    diagnostics found;
};

lock_owner shop() { return {.engine = engine_kind::sqlite, .history = "shop", .rules = checksum_rules()}; }

parse_result parse(std::string bytes) {
    parse_result result;
    result.lock = parse_lock_file("m/sqlite.lock", std::move(bytes), shop(), result.found);
    return result;
}

std::string refusal(std::string bytes) { return printed(parse(std::move(bytes)).found); }

lock_entry entry(std::int64_t version, std::string version_text, std::string name) {
    lock_entry result;
    result.version = version;
    result.version_text = std::move(version_text);
    result.name = std::move(name);
    result.up = *parse_checksum(a_sum);
    return result;
}

TEST(LockFile, EntriesStandInTheOrderOfTheirLines) {
    const auto [lock, found] = parse(header + "0003  add_posts     up " + a_sum + "  down -  no-transaction\n" +
                                     "0001  create_users  up " + a_sum + "  down " + b_sum + "  transaction\n");
    EXPECT_EQ(printed(found), "");
    EXPECT_EQ(lock.state, lock_state::complete);
    ASSERT_EQ(lock.entries.size(), 2U);
    EXPECT_EQ(lock.entries[0].version, 3);
    EXPECT_EQ(lock.entries[0].version_text, "0003");
    EXPECT_EQ(lock.entries[0].name, "add_posts");
    EXPECT_EQ(to_string(lock.entries[0].up), a_sum);
    EXPECT_FALSE(lock.entries[0].down);
    EXPECT_EQ(lock.entries[0].mode, transaction_mode::no_transaction);
    EXPECT_EQ(to_string(*lock.entries[1].down), b_sum);
    EXPECT_EQ(lock.entries[1].mode, transaction_mode::transaction);
    EXPECT_EQ(lock.where(lock.entries[1]).line, 3U);
    EXPECT_EQ(lock.find(1), &lock.entries[1]);
    EXPECT_EQ(lock.find(2), nullptr);
}

TEST(LockFile, AnyWhiteSpaceSeparatesTheColumns) {
    const auto [lock, found] =
        parse("\xEF\xBB\xBFvarve-lock\t1 sqlite shop \r\n\r\n1 a\tup " + a_sum + " down - transaction  \r\n");
    EXPECT_EQ(printed(found), "");
    ASSERT_EQ(lock.entries.size(), 1U);
    EXPECT_EQ(lock.entries[0].name, "a");
}

TEST(LockFile, WhatIsPrintedIsUnderstoodAgain) {
    std::vector<lock_entry> entries = {entry(1, "0001", "create_users"), entry(2, "0002", "größe")};
    entries[0].down = parse_checksum(b_sum);
    entries[1].mode = transaction_mode::no_transaction;
    const std::string text = print_header(shop()) + print_entries(entries, {});
    EXPECT_EQ(text,
              "varve-lock 1  sqlite  shop\n"
              "0001  create_users  up " +
                  a_sum + "  down " + b_sum + "  transaction\n" + "0002  größe         up " + a_sum + "  down -" +
                  std::string(65, ' ') + "  no-transaction\n");
    const auto [lock, found] = parse(text);
    EXPECT_EQ(printed(found), "");
    ASSERT_EQ(lock.entries.size(), 2U);
    EXPECT_EQ(lock.entries[1].name, "größe");
}

TEST(LockFile, NewLinesAreAlignedWithThoseThatAreThere) {
    EXPECT_EQ(print_entries({entry(2, "2", "b")}, {entry(1, "0001", "create_users")}),
              "2     b             up " + a_sum + "  down -  transaction\n");
}

TEST(LockFile, AMergeConflictIsOneErrorWithTheWayOut) {
    EXPECT_EQ(refusal(header + "<<<<<<< HEAD\n0002  a  up " + a_sum + "  down -  transaction\n=======\n0002  b  up " +
                      b_sum + "  down -  transaction\n>>>>>>> feature\n"),
              "m/sqlite.lock:2:1: error: the lock file has an unresolved merge conflict [M030]\n"
              "  <<<<<<< HEAD\n"
              "  ^\n"
              "  hint: keep the lines of the main branch and delete those of the other side: their migrations are\n"
              "        drafts again; give them new versions if theirs are taken, and lock again on the main branch\n");
}

TEST(LockFile, AnotherFormatIsAnError) {
    EXPECT_EQ(refusal("varve-lock 2  sqlite  shop\nwhatever\n"),
              "m/sqlite.lock:1:12: error: lock-file format `2` is unknown; this varve reads format 1 [M031]\n"
              "  varve-lock 2  sqlite  shop\n"
              "             ^\n"
              "  hint: build with the version of varve that wrote it, or a later one\n");
}

TEST(LockFile, WithoutItsHeaderIsAnError) {
    EXPECT_EQ(refusal("0001  a  up " + a_sum + "  down -  transaction\n").substr(0, 98),
              "m/sqlite.lock:1:1: error: this is not a lock file: its first line is not `varve-lock 1  <engine>  ");
    EXPECT_EQ(codes(parse("varve-lock 1 sqlite\n").found), "M031");
    EXPECT_EQ(codes(parse("varve-lock\n").found), "M031");
    EXPECT_EQ(refusal("\n"),
              "m/sqlite.lock:1:1: error: the lock file is empty [M031]\n"
              "  hint: restore it with git; if nothing was ever released, delete it\n");
}

TEST(LockFile, OfAnotherHistoryIsAnErrorWithBothWaysOut) {
    const auto [lock, found] = parse("varve-lock 1  sqlite  store\n0001  a  up " + a_sum + "  down -  transaction\n");
    EXPECT_EQ(printed(found),
              "m/sqlite.lock:1:23: error: this lock file belongs to the history `store`, and this is `shop` [M035]\n"
              "  varve-lock 1  sqlite  store\n"
              "                        ^\n"
              "  hint: databases know these migrations as `store`: say NAME store in add_db_migrations();\n"
              "        or, if this is a new history made from a copy, delete the lock file and lock again\n");
    EXPECT_EQ(lock.entries.size(), 1U);
}

TEST(LockFile, OfAnotherEngineIsAnErrorAndItsChecksumsAreNotCompared) {
    const auto [lock, found] =
        parse("varve-lock 1  postgresql  shop\n0001  a  up " + a_sum + "  down -  transaction\n");
    EXPECT_EQ(printed(found),
              "m/sqlite.lock:1:15: error: this lock file is for the engine `postgresql`, the migrations are read for "
              "`sqlite` [M036]\n"
              "  varve-lock 1  postgresql  shop\n"
              "                ^\n"
              "  hint: each engine has a lock file of its own: leave LOCK_FILE away, or name sqlite.lock\n");
    EXPECT_TRUE(lock.entries.empty());
}

TEST(LockFile, AnUnknownRuleIsAnErrorAtTheChecksum) {
    EXPECT_EQ(refusal(header + "0001  a  up 9:" + a_digest + "  down -  transaction\n"),
              "m/sqlite.lock:2:13: error: checksum rule 9 is unknown to this version of varve [M032]\n"
              "  0001  a  up 9:" +
                  a_digest.substr(0, 59) +
                  "...\n"
                  "              ^\n"
                  "  hint: build with the version of varve that locked this migration, or a later one\n");
    EXPECT_EQ(codes(parse(header + "0001  a  up 1000:" + a_digest + "  down -  transaction\n").found), "M032");
    EXPECT_EQ(codes(parse(header + "0001  a  up " + a_sum + "  down 9:" + a_digest + "  transaction\n").found), "M032");
}

TEST(LockFile, AMalformedLineIsAnErrorWhereItIsWrong) {
    const auto refused = [](const std::string& line) { return refusal(header + line + "\n"); };
    EXPECT_EQ(refused("0001  a  up " + a_sum),
              "m/sqlite.lock:2:1: error: a line of a lock file has 7 words, or 8, this one 4: <version>  <name>  up "
              "<checksum>  down <checksum or ->  <transaction mode>  [breaks-older] [M033]\n"
              "  0001  a  up 1:" +
                  a_digest.substr(0, 47) +
                  "...\n"
                  "  ^\n"
                  "  hint: lines of released migrations are never edited: restore the file with git\n");
    const std::string rest = "  up " + a_sum + "  down -  transaction";
    EXPECT_THAT(refused("00x1  a" + rest), ::testing::HasSubstr(":2:1: error: `00x1` is not a version [M033]"));
    EXPECT_THAT(refused("0001  a.b" + rest),
                ::testing::HasSubstr(":2:7: error: `a.b` is not a migration's name [M033]"));
    EXPECT_THAT(refused("0001  a  UP " + a_sum + "  down -  transaction"),
                ::testing::HasSubstr(":2:10: error: `up` is expected here [M033]"));
    EXPECT_THAT(refused("0001  a  up " + a_sum + "  back -  transaction"),
                ::testing::HasSubstr(":2:81: error: `down` is expected here [M033]"));
    EXPECT_THAT(refused("0001  a  up 1:abc  down -  transaction"),
                ::testing::HasSubstr(
                    ":2:13: error: a checksum is the rule's number, a colon and 64 hexadecimal digits [M033]"));
    EXPECT_THAT(refused("0001  a  up " + a_sum + "  down -  maybe"),
                ::testing::HasSubstr(":2:89: error: `transaction` or `no-transaction` is expected here [M033]"));
}

TEST(LockFile, EveryMistakeOfALineIsReported) {
    EXPECT_EQ(codes(parse(header + "x  a  up 1:a  down 1:b  maybe\n").found), "M033 M033 M033 M033");
}

TEST(LockFile, AVersionTwiceIsAnError) {
    const auto [lock, found] = parse(header + "0007  a  up " + a_sum + "  down -  transaction\n" + "7  b  up " + b_sum +
                                     "  down -  transaction\n");
    EXPECT_EQ(codes(found), "M034");
    EXPECT_THAT(printed(found),
                ::testing::HasSubstr("m/sqlite.lock:3:1: error: version 7 is in the lock file twice [M034]\n"));
    EXPECT_THAT(printed(found), ::testing::HasSubstr("m/sqlite.lock:2:1: note: the first one is here\n"));
    EXPECT_EQ(lock.state, lock_state::damaged);
    ASSERT_EQ(lock.entries.size(), 1U);
    EXPECT_EQ(lock.entries[0].name, "a");
}

TEST(LockFile, AnyBytesAreReadWithoutHarm) {
    EXPECT_EQ(codes(parse(std::string("\0\xFF\xFE\r\r", 5)).found), "M031");
    EXPECT_EQ(codes(parse(header + std::string("\0 \0 \0 \0 \0 \0 \0", 13)).found), "M033 M033 M033");
}

TEST(LockFile, WithAnyByteChangedIsUnderstoodOrReported) {
    const std::string good = header + "0001  a  up " + a_sum + "  down -  transaction\n" + "0002  b  up " + b_sum +
                             "  down " + a_sum + "  no-transaction\n";
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char byte : {' ', '\n', '0', 'z', '<', '\0', '\xFF'}) {
            std::string changed = good;
            changed[at] = byte;
            const auto [lock, found] = parse(changed);
            EXPECT_EQ(lock.state == lock_state::damaged, found.any_errors());
            EXPECT_TRUE(found.any_errors() || lock.entries.size() == 2) << changed;
        }
    }
}

}  // namespace
}  // namespace varve::generator
