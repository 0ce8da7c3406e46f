#include "naming.hpp"

#include <utility>

namespace varve::core {
namespace {

constexpr std::size_t longest_listing = 5;

}  // namespace

std::string label(std::int64_t version, std::string_view name) {
    return std::to_string(version) + " " + std::string(name);
}
std::string label(const migration& from) { return label(from.version(), from.name()); }
std::string label(const ledger_entry& from) { return label(from.version.value_or(0), from.name); }

std::string file_of(const migration& from, direction which) {
    const script chosen = which == direction::up ? from.up() : from.down();
    if (!chosen.exists()) return {};
    std::string path(from.owner().directory);
    if (!path.empty()) path += "/";
    return path + std::string(chosen.file());
}

std::string listing(const std::vector<std::string>& labels) {
    const std::size_t shown = labels.size() > longest_listing + 1 ? longest_listing : labels.size();
    std::string text;
    for (std::size_t index = 0; index < shown; ++index) {
        if (index != 0) text += index + 1 == labels.size() ? " and " : ", ";
        text += labels[index];
    }
    if (shown < labels.size()) text += " and " + std::to_string(labels.size() - shown) + " more";
    return text;
}

problem problem_with(problem_kind kind, const migration& about, std::string message, std::string hint) {
    return {.kind = kind,
            .history = std::string(about.owner().name),
            .version = about.version(),
            .name = std::string(about.name()),
            .file = file_of(about, direction::up),
            .message = std::move(message),
            .hint = std::move(hint)};
}

problem problem_with(problem_kind kind, const ledger_entry& about, std::string message, std::string hint) {
    return {.kind = kind,
            .history = about.history,
            .version = about.version.value_or(0),
            .name = about.name,
            .file = {},
            .message = std::move(message),
            .hint = std::move(hint)};
}

}  // namespace varve::core
