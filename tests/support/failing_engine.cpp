#include "failing_engine.hpp"

#include <varve/error.hpp>

#include <csignal>

namespace varve::testing {

void failing_engine::lose(const char* name) {
    if (fault_.lasts == fault::length::process) std::raise(SIGKILL);
    real_.unlock();
    error_details details;
    // An answer that was lost, or a request: only around a commit does that make a difference to anybody.
    details.code = std::string_view(name) == "perform" ? error_code::in_doubt : error_code::connection_failed;
    details.message = std::string("the connection was lost in ") + name;
    throw error(std::move(details));
}

template <typename Call>
auto failing_engine::lossy(const char* name, Call call) {
    calls_.emplace_back(name);
    if (calls_.size() != fault_.call && !gone_) return call();
    if (fault_.when == fault::moment::after && !gone_) (void)call();
    gone_ = fault_.lasts == fault::length::for_ever;
    lose(name);
}

bool failing_engine::is_current(std::span<const expected_marks> expected) {
    return lossy("is_current", [&] { return real_.is_current(expected); });
}

ledger_snapshot failing_engine::read(rows which) {
    return lossy("read", [&] { return real_.read(which); });
}

std::vector<stored_statement> failing_engine::read_statements(std::int64_t ledger_id, direction which) {
    return lossy("read_statements", [&] { return real_.read_statements(ledger_id, which); });
}

bool failing_engine::try_lock() {
    return lossy("try_lock", [&] { return real_.try_lock(); });
}

std::string failing_engine::lock_holder() {
    return lossy("lock_holder", [&] { return real_.lock_holder(); });
}

outcome failing_engine::perform(const batch& what, progress& told) {
    return lossy("perform", [&] { return real_.perform(what, told); });
}

void failing_engine::execute_alone(const runnable& script, std::size_t statement) {
    (void)lossy("execute_alone", [&] {
        real_.execute_alone(script, statement);
        return 0;
    });
}

found_effect failing_engine::look_for(const statement_probe& what) {
    return lossy("look_for", [&] { return real_.look_for(what); });
}

}  // namespace varve::testing
