#pragma once

#include <varve/engine.hpp>
#include <varve/migrate.hpp>
#include <varve/observer.hpp>

#include <chrono>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace varve::core {

[[nodiscard]] std::chrono::milliseconds since(std::chrono::steady_clock::time_point);

/// Tells an observer, if there is one, and remembers whether an exception is the observer's own: such a one leaves
/// unchanged, while an engine's error is looked into first.
class watcher {
public:
    explicit watcher(observer* told) : told_(told) {}

    void tell(const event&);
    void tell_step(event_kind, const step&, std::string_view message = {}, std::chrono::milliseconds took = {});
    void tell_statement(event_kind, const step&, const runnable&, std::size_t index,
                        std::chrono::milliseconds took = {});
    /// `of` is null if it is not known which step it is, `index` is empty if it is not known which statement.
    void tell_progress(const statement_progress&, const step* of, const runnable&, std::optional<std::size_t> index);
    [[nodiscard]] bool is_heard() const { return told_ != nullptr; }
    [[nodiscard]] bool threw() const { return threw_; }

private:
    observer* told_;
    bool threw_ = false;
};

/// Turns what an engine says about a batch into events about its steps.
class batch_progress final : public progress {
public:
    using clock = std::chrono::steady_clock;

    batch_progress(watcher& told, std::span<const step> steps, std::span<const action> actions)
        : told_(told), steps_(steps), actions_(actions), took_(steps.size()) {}

    void action_started(std::size_t action) override;
    void statement_begun(std::size_t action, std::size_t statement) override;
    void statement_ended(std::size_t action, std::size_t statement) override;
    /// A long statement goes on. An engine that tells of its statements only when all are done has not named any yet.
    void goes_on(const statement_progress&);

    /// The step in which something failed; null if none was begun.
    [[nodiscard]] const step* current() const { return begun_ == 0 ? nullptr : &steps_[begun_ - 1]; }
    /// After the commit: every step of the batch is committed or reverted.
    void all_committed();

private:
    void end_current();

    watcher& told_;
    std::span<const step> steps_;
    std::span<const action> actions_;
    std::vector<std::chrono::milliseconds> took_;
    std::size_t begun_ = 0;
    std::optional<std::size_t> statement_;  ///< begun and not ended
    clock::time_point step_begin_;
    clock::time_point statement_begin_;
};

/// For changes of the ledger that are no step: nothing is told.
class silent_progress final : public progress {
public:
    void action_started(std::size_t) override {}
    void statement_begun(std::size_t, std::size_t) override {}
    void statement_ended(std::size_t, std::size_t) override {}
};

}  // namespace varve::core
