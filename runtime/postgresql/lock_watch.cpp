#include "lock_watch.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

#include <chrono>

namespace varve::postgresql {
namespace {

using namespace std::chrono_literals;

// Asking takes the lock manager's own locks for a moment.
constexpr auto between_two_looks = 50ms;

// pg_blocking_pids also names who stands before us in the queue. What a session runs, or ran last, is for those only
// who may see it; a password in it is for nobody.
std::string text_to_ask(int process) {
    return filled(
        "SELECT pg_catalog.string_agg(pg_catalog.concat('server process ', b.pid, ', user ' || a.usename, ', "
        "application ' || "
        "NULLIF(a.application_name, ''), ', ' || a.state, ', since ' || pg_catalog.to_char(a.xact_start AT TIME ZONE "
        "'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), CASE WHEN a.query = '<insufficient privilege>' OR a.query IS NULL "
        "THEN ', its query is not shown to this user (GRANT pg_read_all_stats)' WHEN a.query ~* 'password' THEN ', its "
        "query mentions a password' ELSE ': ' || pg_catalog.left(pg_catalog.regexp_replace(a.query, '\\s+', ' ', 'g'), "
        "120) END), '; ') FROM (SELECT DISTINCT pid FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids({})) AS u "
        "(pid)) "
        "AS b LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = b.pid",
        {process});
}

pqxx::result run(pqxx::connection& on, const std::string& sql) {
    pqxx::nontransaction session(on);
    return session.exec(sql);
}

}  // namespace

lock_watch::lock_watch(std::unique_ptr<pqxx::connection> connection, int process) noexcept
    : connection_(std::move(connection)), process_(process) {
    if (!connection_) return;
    try {
        muted_ = std::make_unique<muted_notices>(*connection_);
        thread_ = std::thread([this] { watch(); });
    } catch (const std::exception&) {
        return;
    }
}

std::string lock_watch::blockers() noexcept {
    end();
    return std::move(seen_);
}

void lock_watch::watch() noexcept {
    try {
        run(*connection_, "SET statement_timeout = 1000; SET standard_conforming_strings = on");
        const std::string question = text_to_ask(process_);
        std::unique_lock<std::mutex> guard(mutex_);
        while (!over_) {
            guard.unlock();
            const auto answer = run(*connection_, question);
            if (!is_null(answer, 0, 0)) seen_ = text_in(answer, 0, 0);
            guard.lock();
            changed_.wait_for(guard, between_two_looks, [this] { return over_; });
        }
    } catch (const std::exception&) {
        return;
    }
}

void lock_watch::end() noexcept {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard<std::mutex> guard(mutex_);
        over_ = true;
        changed_.notify_all();
    }
    thread_.join();
}

}  // namespace varve::postgresql
