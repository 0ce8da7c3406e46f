#include "engine_contract.hpp"

#include <varve/error.hpp>

#include <gmock/gmock.h>

namespace varve::testing {
namespace {

using rows = engine::rows;

/// Characters that have broken other people's quoting.
std::string awkward(std::string_view prefix) {
    return std::string(prefix) + R"( 'single' "double" `back` \back\slash $1 ${schema} {a,"b"} NULL %s ; -- /* )" +
           "\n\r\n\ttab — ünï 💾";
}

ledger_entry full_row(std::int64_t id) {
    ledger_entry row = applied_row(id, 20260107093000, 1099511627775);
    row.history = awkward("history");
    row.slot = awkward("slot");
    row.name = awkward("name");
    row.description = awkward("description");
    row.depends = "3,auth:5";
    row.breaks_older = true;
    row.statements_done = 3;
    row.statements_total = 2147483647;
    row.duration_ms = 9007199254740993;
    row.applied_by = awkward("applied_by");
    row.program = awkward("program");
    row.reason = awkward("reason");
    row.details = R"({"note": "it's \"quoted\" — ünï", "list": [1, 2]})";
    return row;
}

ledger_entry smallest_row(std::int64_t id) {
    ledger_entry row;
    row.id = id;
    row.history = "shop";
    row.kind = entry_kind::event;
    return row;
}

void expect_same(const ledger_entry& read, const ledger_entry& written) {
    EXPECT_EQ(read.id, written.id);
    EXPECT_EQ(read.history, written.history);
    EXPECT_EQ(read.slot, written.slot);
    EXPECT_EQ(read.kind, written.kind);
    EXPECT_EQ(read.version, written.version);
    EXPECT_EQ(read.name, written.name);
    EXPECT_EQ(read.description, written.description);
    EXPECT_EQ(read.state, written.state);
    EXPECT_EQ(read.checksum, written.checksum);
    EXPECT_EQ(read.mark, written.mark);
    EXPECT_EQ(read.depends, written.depends);
    EXPECT_EQ(read.breaks_older, written.breaks_older);
    EXPECT_EQ(read.statements_done, written.statements_done);
    EXPECT_EQ(read.statements_total, written.statements_total);
    EXPECT_EQ(read.duration_ms, written.duration_ms);
    EXPECT_EQ(read.applied_by, written.applied_by);
    EXPECT_EQ(read.program, written.program);
    EXPECT_EQ(read.reason, written.reason);
    EXPECT_EQ(read.details, written.details);
}

stored_statement stored(std::int64_t ledger_id, direction which, std::int32_t position, std::string sql) {
    return {.ledger_id = ledger_id, .which = which, .position = position, .sql = std::move(sql)};
}

const std::string time_format = R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$)";

}  // namespace

TEST_P(engine_contract, KeepsEveryColumnOfARow) {
    create_ledger(*db);
    const ledger_entry row = full_row(revision() + 1);
    ASSERT_EQ(write(*db, {.inserts = {row}}), outcome::done);
    expect_same(everything().entries.back(), row);
}

TEST_P(engine_contract, KeepsARowWithNothingInIt) {
    create_ledger(*db);
    const ledger_entry row = smallest_row(revision() + 1);
    ASSERT_EQ(write(*db, {.inserts = {row}}), outcome::done);
    expect_same(everything().entries.back(), row);
    EXPECT_FALSE(everything().entries.back().active());
}

TEST_P(engine_contract, KeepsEveryKindAndState) {
    create_ledger(*db);
    ledger_change change;
    std::int64_t id = revision();
    for (const entry_kind kind : {entry_kind::migration, entry_kind::baseline, entry_kind::skip, entry_kind::repeatable,
                                  entry_kind::seed, entry_kind::schema, entry_kind::event}) {
        for (const entry_state state : {entry_state::running, entry_state::applied, entry_state::reverting,
                                        entry_state::reverted, entry_state::superseded}) {
            ledger_entry row = smallest_row(++id);
            row.kind = kind;
            row.state = state;
            change.inserts.push_back(row);
        }
    }
    ASSERT_EQ(write(*db, change), outcome::done);
    const ledger_snapshot read = everything();
    const std::size_t own = read.entries.size() - change.inserts.size();
    for (std::size_t each = 0; each < change.inserts.size(); ++each) {
        expect_same(read.entries[own + each], change.inserts[each]);
    }
}

TEST_P(engine_contract, KeepsAVeryLongText) {
    create_ledger(*db);
    ledger_entry row = applied_row(revision() + 1, 1, 1);
    row.reason.assign(1U << 20U, 'x');
    row.reason += "'end";
    ASSERT_EQ(write(*db, {.inserts = {row}}), outcome::done);
    EXPECT_EQ(everything().entries.back().reason, row.reason);
}

TEST_P(engine_contract, WritesTheTimeOfTheDatabase) {
    create_ledger_with_two_rows();
    const ledger_entry read = everything().entries.back();
    EXPECT_THAT(read.applied_at, ::testing::MatchesRegex(time_format));
    EXPECT_EQ(read.reverted_at, "");
}

TEST_P(engine_contract, WritesWhenARowStoppedBeingActive) {
    create_ledger_with_two_rows();
    ASSERT_EQ(write(*db, {.updates = {{.id = second.id, .state = entry_state::reverted}},
                          .inserts = {smallest_row(second.id + 1)}}),
              outcome::done);
    const ledger_snapshot read = everything();
    const ledger_entry& gone = read.entries[read.entries.size() - 2];
    EXPECT_EQ(gone.state, entry_state::reverted);
    EXPECT_FALSE(gone.active());
    EXPECT_EQ(gone.mark, std::nullopt);
    EXPECT_THAT(gone.reverted_at, ::testing::MatchesRegex(time_format));
    EXPECT_EQ(gone.name, second.name);
    EXPECT_EQ(read.entries.back().reverted_at, "");
}

TEST_P(engine_contract, ChangesOnlyTheRowsItIsAskedTo) {
    create_ledger_with_two_rows();
    const entry_update running{
        .id = second.id, .state = entry_state::running, .slot = "v:7", .mark = -1, .statements_done = 4};
    ASSERT_EQ(write(*db, {.updates = {running}, .inserts = {smallest_row(second.id + 1)}}), outcome::done);
    const ledger_snapshot read = everything();
    ledger_entry expected = second;
    expected.state = entry_state::running;
    expected.slot = "v:7";
    expected.mark = -1;
    expected.statements_done = 4;
    expect_same(read.entries[read.entries.size() - 2], expected);
    EXPECT_EQ(read.entries[read.entries.size() - 2].reverted_at, "");
    expect_same(read.entries[read.entries.size() - 3], first);
}

TEST_P(engine_contract, RefusesToChangeARowThatIsNotThere) {
    create_ledger_with_two_rows();
    EXPECT_THROW((void)write(*db, {.updates = {{.id = 4711, .state = entry_state::reverted}},
                                   .inserts = {smallest_row(second.id + 1)}}),
                 error);
    EXPECT_EQ(revision(), second.id);
}

TEST_P(engine_contract, RefusesASecondActiveRowForASlot) {
    create_ledger_with_two_rows();
    ledger_entry twice = applied_row(second.id + 1, 2, 20);
    twice.name = "again";
    try {
        EXPECT_NE(write(*db, {.inserts = {twice}}), outcome::done);
    } catch (const error&) {
        SUCCEED();
    }
    EXPECT_EQ(revision(), second.id);
    ASSERT_EQ(write(*db, {.inserts = {applied_row(second.id + 1, 3, 30)}}), outcome::done);
}

TEST_P(engine_contract, LetsARowTakeASlotThatAnotherGaveUpInTheSameTransaction) {
    create_ledger_with_two_rows();
    const ledger_entry next = applied_row(second.id + 1, 2, 21);
    action give_up;
    give_up.change.updates.push_back({.id = second.id, .state = entry_state::superseded});
    action take;
    take.change.inserts.push_back(next);
    ASSERT_EQ(perform(*db, second.id, {give_up, take}), outcome::done);
    expect_same(everything().entries.back(), next);
}

TEST_P(engine_contract, KeepsStatementsByPosition) {
    create_ledger_with_two_rows();
    stored_statement third = stored(first.id, direction::down, 3, awkward("DROP TABLE x"));
    third.checksum = "1:" + std::string(64, 'b');
    third.file = "migrations/0001_ünï.down.sql";
    third.line = 12;
    third.column = 4294967;
    third.transactional = false;
    third.state = statement_state::intended;
    const stored_statement setting = stored(first.id, direction::down, 0, "PRAGMA foreign_keys = off");
    const stored_statement up = stored(first.id, direction::up, 1, "CREATE TABLE x (y)");
    const stored_statement other = stored(second.id, direction::down, 1, "DROP TABLE y");
    ASSERT_EQ(write(*db, {.inserts = {smallest_row(second.id + 1)}, .statements = {third, setting, up, other}}),
              outcome::done);

    const auto read = database->connect()->read_statements(first.id, direction::down);
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].position, 0);
    EXPECT_EQ(read[0].sql, setting.sql);
    EXPECT_EQ(read[0].file, "");
    EXPECT_TRUE(read[0].transactional);
    EXPECT_EQ(read[0].state, statement_state::pending);
    EXPECT_EQ(read[1].ledger_id, first.id);
    EXPECT_EQ(read[1].which, direction::down);
    EXPECT_EQ(read[1].position, 3);
    EXPECT_EQ(read[1].checksum, third.checksum);
    EXPECT_EQ(read[1].sql, third.sql);
    EXPECT_EQ(read[1].file, third.file);
    EXPECT_EQ(read[1].line, third.line);
    EXPECT_EQ(read[1].column, third.column);
    EXPECT_FALSE(read[1].transactional);
    EXPECT_EQ(read[1].state, statement_state::intended);
    EXPECT_EQ(db->read_statements(first.id, direction::up).size(), 1U);
}

TEST_P(engine_contract, NotesTheProgressOfAStatement) {
    create_ledger_with_two_rows();
    const std::vector<stored_statement> script = {stored(first.id, direction::up, 1, "VACUUM"),
                                                  stored(first.id, direction::up, 2, "VACUUM"),
                                                  stored(first.id, direction::up, 3, "VACUUM")};
    ASSERT_EQ(write(*db, {.inserts = {smallest_row(second.id + 1)}, .statements = script}), outcome::done);
    ASSERT_EQ(write(*db, {.inserts = {smallest_row(second.id + 2)},
                          .progress = {{.ledger_id = first.id, .position = 1, .state = statement_state::done},
                                       {.ledger_id = first.id, .position = 2, .state = statement_state::failed}}}),
              outcome::done);
    const auto read = db->read_statements(first.id, direction::up);
    ASSERT_EQ(read.size(), 3U);
    EXPECT_EQ(read[0].state, statement_state::done);
    EXPECT_EQ(read[1].state, statement_state::failed);
    EXPECT_EQ(read[2].state, statement_state::pending);
}

TEST_P(engine_contract, RefusesToNoteTheProgressOfAStatementThatIsNotThere) {
    create_ledger_with_two_rows();
    EXPECT_THROW((void)write(*db, {.inserts = {smallest_row(second.id + 1)},
                                   .progress = {{.ledger_id = first.id, .position = 9}}}),
                 error);
    EXPECT_EQ(revision(), second.id);
}

TEST_P(engine_contract, MeasuresTheActionItIsAskedTo) {
    create_ledger_with_two_rows();
    action measured = running({"CREATE TABLE measured (id integer)"});
    ledger_entry row = applied_row(second.id + 1, 3, 30);
    row.duration_ms = 123'456'789;
    measured.change.inserts.push_back(row);
    measured.measured = 0;
    ASSERT_EQ(perform(*db, second.id, {measured}), outcome::done);
    EXPECT_GE(everything().entries.back().duration_ms, 0);
    EXPECT_LT(everything().entries.back().duration_ms, 123'456'789);
}

}  // namespace varve::testing
