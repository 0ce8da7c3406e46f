#pragma once

#include "command.hpp"

#include <memory>

namespace varve::cli {

/// Tells what happens while it happens, as the command line asks: to a person, to a program, or not at all. The
/// program's own observer hears it in any case.
class shown_progress {
public:
    explicit shown_progress(const session& of);

    /// Null: nobody wants to hear.
    [[nodiscard]] observer* watch() const { return shown_ ? shown_.get() : own_; }

private:
    observer* own_;
    std::unique_ptr<observer> shown_;
};

}  // namespace varve::cli
