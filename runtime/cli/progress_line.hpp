#pragma once

#include "command.hpp"

namespace varve::cli {

/// Tells a person what happens while it happens: a line for each migration done and, on a terminal, a line that is
/// rewritten for each statement. Passes every event on to the program's own observer first.
class progress_line final : public observer {
public:
    /// `next` may be null.
    progress_line(const console& where, const histories& known, observer* next)
        : where_(where), known_(known), next_(next) {}
    progress_line(const progress_line&) = delete;
    progress_line& operator=(const progress_line&) = delete;
    /// Takes the unfinished line away.
    ~progress_line() override;

    void on_event(const event&) override;

private:
    [[nodiscard]] std::string title_of(const event&) const;
    void show_line(const std::string&);
    void show_temporary(const std::string&);
    void show_waiting(const std::string&);
    void show_done(const event&);

    const console& where_;
    const histories& known_;
    observer* next_;
    bool unfinished_ = false;
    std::string waiting_for_;
};

}  // namespace varve::cli
