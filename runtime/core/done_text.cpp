#include "done_text.hpp"

#include <string_view>

namespace varve::core {
namespace {

std::string_view past_tense(step_kind what) {
    switch (what) {
        case step_kind::apply:
            return "applied ";
        case step_kind::revert:
            return "reverted ";
        case step_kind::skip:
            return "skipped ";
        case step_kind::baseline:
            return "baselined ";
        case step_kind::renumber:
            break;
    }
    return "renumbered ";
}

bool same_run(const step& a, const step& b) { return a.what == b.what && a.owner == b.owner; }

/// `shop 4 to 7`
std::string range_text(const step& first, const step& last) {
    std::string text = std::string(first.owner->name) + " " + std::to_string(first.version);
    if (&first != &last) text += " to " + std::to_string(last.version);
    return text;
}

template <typename Word>
std::string runs_text(std::span<const step> steps, Word word) {
    std::string text;
    for (std::size_t first = 0; first < steps.size();) {
        std::size_t last = first;
        while (last + 1 < steps.size() && same_run(steps[first], steps[last + 1])) ++last;
        if (!text.empty()) text += "; ";
        text += word(steps[first].what);
        text += range_text(steps[first], steps[last]);
        first = last + 1;
    }
    return text;
}

}  // namespace

std::string done_text(std::span<const step> done) { return runs_text(done, past_tense); }

std::string undone_text(std::span<const step> steps) {
    const auto no_word = [](step_kind) { return std::string_view(); };
    return steps.size() < 2 ? std::string() : runs_text(steps, no_word);
}

}  // namespace varve::core
