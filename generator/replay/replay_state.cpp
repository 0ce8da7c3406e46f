#include <replay/replay_state.hpp>

#include <charconv>
#include <limits>

namespace varve::generator {
namespace {

class writing {
public:
    void number(std::size_t value) { bytes_ += std::to_string(value) + ' '; }
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }
    void place(const script_place& value) {
        number(value.migration);
        number(value.which == direction::up ? 0 : 1);
        number(value.offset);
    }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

/// Once something is not there, everything after it is empty and failed() says so.
class reading {
public:
    explicit reading(std::string_view bytes) : left_(bytes) {}

    std::size_t number(std::size_t most = std::numeric_limits<std::size_t>::max()) {
        std::size_t value = 0;
        const auto [end, failure] = std::from_chars(left_.data(), left_.data() + left_.size(), value);
        const auto size = static_cast<std::size_t>(end - left_.data());
        if (failure != std::errc() || size >= left_.size() || left_[size] != ' ' || value > most) return fail();
        left_.remove_prefix(size + 1);
        return value;
    }
    std::string text() {
        const std::size_t size = number();
        if (size > left_.size()) fail();
        if (failed_) return {};
        std::string value(left_.substr(0, size));
        left_.remove_prefix(size);
        return value;
    }
    script_place place() {
        const std::size_t migration = number();
        const auto which = number(1) == 0 ? direction::up : direction::down;
        return {migration, which, number()};
    }
    /// How many things follow: each takes a byte or more.
    std::size_t count() { return number(left_.size()); }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return left_.empty(); }

private:
    std::size_t fail() {
        failed_ = true;
        left_ = {};
        return 0;
    }

    std::string_view left_;
    bool failed_ = false;
};

void write_finding(const replay_finding& finding, writing& to) {
    to.number(static_cast<std::size_t>(finding.level));
    to.text(finding.code);
    to.place(finding.where);
    to.text(finding.message);
    to.text(finding.hint);
    to.number(finding.notes.size());
    for (const auto& each : finding.notes) {
        to.place(each.where);
        to.text(each.message);
    }
}

replay_finding read_finding(reading& from) {
    replay_finding finding;
    finding.level = static_cast<severity>(from.number(static_cast<std::size_t>(severity::error)));
    finding.code = from.text();
    finding.where = from.place();
    finding.message = from.text();
    finding.hint = from.text();
    const std::size_t notes = from.count();
    for (std::size_t i = 0; i < notes && !from.failed(); ++i) {
        const script_place where = from.place();
        finding.notes.push_back({where, from.text()});
    }
    return finding;
}

}  // namespace

std::string to_bytes(const replay_state& state) {
    writing to;
    to.text(state.image);
    to.number(state.unreliable.size());
    for (const std::string& each : state.unreliable) to.text(each);
    to.number(state.findings.size());
    for (const replay_finding& each : state.findings) write_finding(each, to);
    return to.take();
}

std::optional<replay_state> state_from(std::string_view bytes) {
    reading from(bytes);
    replay_state state;
    state.image = from.text();
    const std::size_t unreliable = from.count();
    for (std::size_t i = 0; i < unreliable && !from.failed(); ++i) state.unreliable.insert(from.text());
    const std::size_t findings = from.count();
    for (std::size_t i = 0; i < findings && !from.failed(); ++i) state.findings.push_back(read_finding(from));
    if (from.failed() || !from.at_end()) return std::nullopt;
    return state;
}

}  // namespace varve::generator
