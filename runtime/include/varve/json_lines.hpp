#pragma once

#include <varve/observer.hpp>

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace varve {

/// An event as one JSON object on one line, without a line break. The keys are described in docs/observer.md.
[[nodiscard]] std::string to_json(const event&);

/// Everything an observer is told, as JSON lines: `to_json` with the `time` in front. For a log that machines read.
class json_lines final : public observer {
public:
    /// Gets a line without its line break, valid during the call only. May throw: see `observer`.
    using taker = std::function<void(std::string_view line)>;

    explicit json_lines(taker take) : take_(std::move(take)) {}
    /// Writes to a stream, which must outlive this, and flushes it after each line: a process that is killed has told
    /// what it was doing.
    explicit json_lines(std::ostream& out);

    void on_event(const event&) override;

private:
    taker take_;
};

}  // namespace varve
