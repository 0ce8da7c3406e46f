#include "naming.hpp"

namespace varve::core {
namespace {

constexpr std::size_t longest_listing = 5;

std::string label_of_script(script_kind kind, std::string_view name) {
    return joined({kind == script_kind::repeatable ? "R_" : "", name});
}

}  // namespace

std::string label(std::int64_t version, std::string_view name) { return joined({version, " ", name}); }

std::string label(const migration& from) {
    if (from.is_master()) return std::string(from.name());
    if (from.kind() == script_kind::migration) return label(from.version(), from.name());
    return label_of_script(from.kind(), from.name());
}

std::string label(const ledger_entry& from) {
    if (from.version) return label(*from.version, from.name);
    return label_of_script(from.kind == entry_kind::repeatable ? script_kind::repeatable : script_kind::seed,
                           from.name);
}

std::string label(const step& from) {
    if (from.version != 0) return label(from.version, from.name);
    return from.embedded ? label(*from.embedded) : from.name;
}

std::string file_of(const migration& from, direction which) {
    const script chosen = which == direction::up ? from.up() : from.down();
    if (!chosen.exists()) return {};
    const std::string_view directory = from.is_master() ? std::string_view() : from.directory();
    return joined({directory, directory.empty() ? "" : "/", chosen.file()});
}

std::string listing(const std::vector<std::string>& labels) {
    const std::size_t shown = labels.size() > longest_listing + 1 ? longest_listing : labels.size();
    std::string text;
    for (std::size_t index = 0; index < shown; ++index) {
        const std::string_view between = index + 1 == labels.size() ? " and " : ", ";
        append(text, {index == 0 ? "" : between, labels[index]});
    }
    if (shown < labels.size()) append(text, {" and ", labels.size() - shown, " more"});
    return text;
}

problem problem_with(problem_kind kind, const migration& about, pieces message, pieces hint) {
    problem result;
    result.kind = kind;
    result.history = about.owner().name;
    result.version = about.version();
    result.name = about.name();
    result.file = file_of(about, direction::up);
    append(result.message, message);
    append(result.hint, hint);
    return result;
}

problem problem_with(problem_kind kind, const ledger_entry& about, pieces message, pieces hint) {
    problem result;
    result.kind = kind;
    result.history = about.history;
    result.version = about.version.value_or(0);
    result.name = about.name;
    append(result.message, message);
    append(result.hint, hint);
    return result;
}

}  // namespace varve::core
