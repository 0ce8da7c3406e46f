#include "engine_session.hpp"

#include "answer.hpp"
#include "error_mapping.hpp"
#include "filled_text.hpp"

#include <varve/error.hpp>

#include <utility>

namespace varve::postgresql {
namespace {

constexpr std::size_t longest_name = 63;

// The newest id, once a batch is committed; empty if the ledger was not there before.
std::optional<std::int64_t> newest_after(const batch& what) {
    std::optional<std::int64_t> newest = what.expected_revision;
    for (const action& each : what.actions)
        if (!each.change.inserts.empty()) newest = each.change.inserts.back().id;
    return newest;
}

}  // namespace

engine_session::engine_session(const std::string& uri, postgresql_options options)
    : db(uri, options.watch), role(options.role), options_(std::move(options)) {
    check_schema();
}

engine_session::engine_session(pqxx::connection& borrowed, postgresql_options options)
    : db(borrowed, options.reconnect, options.watch), role(options.role), options_(std::move(options)) {
    check_schema();
}

void engine_session::begin_use() {
    if (!db.is_borrowed() || lock.now() != session_lock::state::none) return;
    const auto answer = probe();
    if (is_true(answer, 0, 0)) throw transaction_open_error();
    encoding_ = text_in(answer, 0, 1);
    if (encoding_ != "UTF8") db.run("SET client_encoding = 'UTF8'");
}

void engine_session::end_use() noexcept {
    if (lock.now() != session_lock::state::none || encoding_.empty()) return;
    if (encoding_ != "UTF8") db.run_if_possible(core::joined({"SET client_encoding = ", encoding_}));
    encoding_.clear();
}

ledger_names& engine_session::names() {
    if (names_.schema.empty()) names_ = names_in(options_.schema, db);
    return names_;
}

void engine_session::forget() noexcept {
    lock.forget();
    role.forget();
    settings.forget();
    written_.reset();
    prepared_.reset();
}

void engine_session::unlock() noexcept {
    if (lock.now() == session_lock::state::none) return;
    settings.put_back(db);
    role.put_back(db);
    written_.reset();
    lock.release(db, names());
    end_use();
}

void engine_session::take_role() {
    if (lock.now() != session_lock::state::held) return;
    try {
        role.take(db);
    } catch (...) {
        lock.release(db, names());
        throw;
    }
}

void engine_session::prepare() {
    if (prepared_) return;
    const auto answer = db.run(text_to_prepare_session(db.server_version()));
    prepared_ = prepared_session{db.quoted(text_in(answer, 0, 0)), db.quoted(text_in(answer, 0, 1))};
}

performance engine_session::performance_of(const batch& what, progress* told) {
    performance run = make_performance(db, names(), what, told);
    const auto written = std::exchange(written_, std::nullopt);
    if (written && written == what.expected_revision) run.asked = guard::nothing_new;
    if (prepared_) run.own = &*prepared_;
    run.first = settings.text_for_transaction(db);
    run.as_role = role.text_before(db);
    run.role_back = role.text_behind();
    return run;
}

lost_session engine_session::if_lost() {
    return {.process = db.told_process(), .had_lock = lock.now() == session_lock::state::held};
}

void engine_session::note_written(const batch& what) {
    if (lock.now() == session_lock::state::held) written_ = newest_after(what);
}

void engine_session::check_schema() const {
    if (options_.schema.empty() || options_.schema.size() > longest_name)
        throw error({.code = error_code::invalid_argument,
                     .message = filled("the schema of the ledger, '{}', has {} bytes",
                                       {options_.schema, options_.schema.size()}),
                     .hint = "a name in PostgreSQL has 1 to 63 bytes"});
}

// By the simple protocol: with bound parameters the two times always differ.
pqxx::result engine_session::probe() {
    try {
        return db.run(
            "SELECT pg_catalog.transaction_timestamp() <> pg_catalog.statement_timestamp(), "
            "pg_catalog.current_setting('client_encoding')");
    } catch (const server_error& refused) {
        if (refused.sqlstate() == "25P02") throw transaction_open_error();
        throw;
    }
}

}  // namespace varve::postgresql
