#include "watcher.hpp"

namespace varve::core {
namespace {

event about(event_kind kind, const step& of) {
    event told{.kind = kind};
    told.history = of.owner->name;
    told.version = of.version;
    told.name = of.name;
    told.action = to_string(of.what);
    return told;
}

}  // namespace

std::chrono::milliseconds since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

void watcher::tell(const event& what) {
    if (told_ == nullptr) return;
    try {
        told_->on_event(what);
    } catch (...) {
        threw_ = true;
        throw;
    }
}

void watcher::tell_step(event_kind kind, const step& of, std::string_view message, std::chrono::milliseconds took) {
    if (told_ == nullptr) return;
    const runnable script = script_of(of);
    event told = about(kind, of);
    told.file = script.file;
    told.statement_count = script.statements.size();
    told.took = took;
    told.message = message;
    tell(told);
}

void watcher::tell_statement(event_kind kind, const step& of, const runnable& script, std::size_t index,
                             std::chrono::milliseconds took) {
    if (told_ == nullptr || index >= script.statements.size()) return;
    event told = about(kind, of);
    told.file = script.file;
    told.line = script.statements[index].line;
    told.sql = script.statements[index].sql;
    told.statement = index + 1;
    told.statement_count = script.statements.size();
    told.took = took;
    tell(told);
}

void batch_progress::action_started(std::size_t action) {
    end_current();
    begun_ = action + 1;
    step_begin_ = clock::now();
    told_.tell_step(event_kind::started, steps_[action]);
}

void batch_progress::statement_begun(std::size_t action, std::size_t statement) {
    statement_begin_ = clock::now();
    told_.tell_statement(event_kind::statement_begun, steps_[action], actions_[action].script, statement);
}

void batch_progress::statement_ended(std::size_t action, std::size_t statement) {
    told_.tell_statement(event_kind::statement_ended, steps_[action], actions_[action].script, statement,
                         since(statement_begin_));
}

void batch_progress::end_current() {
    if (begun_ != 0) took_[begun_ - 1] = since(step_begin_);
}

void batch_progress::all_committed() {
    end_current();
    for (std::size_t index = 0; index < steps_.size(); ++index) {
        const auto kind = steps_[index].what == step_kind::revert ? event_kind::reverted : event_kind::committed;
        told_.tell_step(kind, steps_[index], steps_[index].note, took_[index]);
    }
}

}  // namespace varve::core
