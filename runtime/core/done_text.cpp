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

}  // namespace

std::string done_text(const std::vector<step>& done) {
    std::string text;
    for (std::size_t first = 0; first < done.size();) {
        std::size_t last = first;
        while (last + 1 < done.size() && same_run(done[first], done[last + 1])) ++last;
        if (!text.empty()) text += "; ";
        text += past_tense(done[first].what);
        text += std::string(done[first].owner->name) + " " + std::to_string(done[first].version);
        if (last != first) text += " to " + std::to_string(done[last].version);
        first = last + 1;
    }
    return text;
}

}  // namespace varve::core
