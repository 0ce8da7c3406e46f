#include "done_text.hpp"

#include "naming.hpp"
#include "text.hpp"

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
            return "renumbered ";
        case step_kind::repeat:
            return "repeated ";
        case step_kind::seed:
            return "loaded ";
        case step_kind::forget:
            return "forgot ";
        case step_kind::repair:
            return "repaired ";
        case step_kind::schema:
            break;
    }
    return "ran ";
}

std::string place_of(const step& at) { return at.version == 0 ? label(at) : digits(at.version); }

bool same_run(const step& a, const step& b) { return a.what == b.what && a.owner == b.owner; }

std::string runs_text(std::span<const step> steps, std::string_view (*word)(step_kind)) {
    std::string text;
    for (std::size_t first = 0; first < steps.size();) {
        std::size_t last = first;
        while (last + 1 < steps.size() && same_run(steps[first], steps[last + 1])) ++last;
        const step& begin = steps[first];
        append(text, {text.empty() ? "" : "; ", word(begin.what), begin.owner->name, " ", place_of(begin)});
        if (last != first) append(text, {" to ", place_of(steps[last])});
        first = last + 1;
    }
    return text;
}

}  // namespace

std::string done_text(std::span<const step> done) { return runs_text(done, past_tense); }

std::string undone_text(std::span<const step> steps) {
    return steps.size() < 2 ? std::string() : runs_text(steps, [](step_kind) { return std::string_view(); });
}

}  // namespace varve::core
