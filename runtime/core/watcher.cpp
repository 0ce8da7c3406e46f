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

void add_statement(event& to, const runnable& script, std::size_t index) {
    to.line = script.statements[index].line;
    to.sql = script.statements[index].sql;
    to.statement = index + 1;
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
    add_statement(told, script, index);
    told.statement_count = script.statements.size();
    told.took = took;
    tell(told);
}

void watcher::tell_progress(const statement_progress& now, const step* of, const runnable& script,
                            std::optional<std::size_t> index) {
    event told = of == nullptr ? event{} : about(event_kind::progressed, *of);
    told.kind = event_kind::progressed;
    told.file = script.file;
    told.statement_count = script.statements.size();
    if (index) add_statement(told, script, *index);
    told.phase = now.phase;
    told.relation = now.relation;
    told.unit = now.unit;
    told.done = now.done;
    told.total = now.total;
    tell(told);
}

void batch_progress::action_started(std::size_t action) {
    if (begun_ == action + 1) return;  // told when its statement went on
    end_current();
    begun_ = action + 1;
    step_begin_ = clock::now();
    told_.tell_step(event_kind::started, steps_[action]);
}

void batch_progress::statement_begun(std::size_t action, std::size_t statement) {
    statement_begin_ = clock::now();
    statement_ = statement;
    told_.tell_statement(event_kind::statement_begun, steps_[action], actions_[action].script, statement);
}

void batch_progress::statement_ended(std::size_t action, std::size_t statement) {
    statement_.reset();
    told_.tell_statement(event_kind::statement_ended, steps_[action], actions_[action].script, statement,
                         since(statement_begin_));
}

void batch_progress::goes_on(const statement_progress& now) {
    if (begun_ == 0 && steps_.size() > 1) return told_.tell_progress(now, nullptr, {}, {});
    if (begun_ == 0) action_started(0);
    const runnable& script = actions_[begun_ - 1].script;
    const bool only = script.statements.size() == 1;
    told_.tell_progress(now, &steps_[begun_ - 1], script, only ? std::optional<std::size_t>(0) : statement_);
}

void batch_progress::end_current() {
    if (begun_ != 0) took_[begun_ - 1] = since(step_begin_);
}

void batch_progress::all_committed() {
    end_current();
    for (std::size_t index = 0; index < steps_.size(); ++index) {
        if (index >= begun_) told_.tell_step(event_kind::started, steps_[index]);  // the answer was lost
        const auto kind = steps_[index].what == step_kind::revert ? event_kind::reverted : event_kind::committed;
        told_.tell_step(kind, steps_[index], steps_[index].note, took_[index]);
    }
}

}  // namespace varve::core
