#pragma once

#include "command.hpp"

#include <varve/json_lines.hpp>

namespace varve::cli {

/// Tells a program what happens while it happens: each event as a JSON line on standard output. Passes it on to the
/// program's own observer first.
class progress_json final : public observer {
public:
    /// `next` may be null.
    progress_json(const console& where, observer* next) : lines_(*where.out), next_(next) {}
    void on_event(const event& what) override {
        if (next_ != nullptr) next_->on_event(what);
        lines_.on_event(what);
    }

private:
    json_lines lines_;
    observer* next_;
};

}  // namespace varve::cli
