#include "target_history.hpp"

#include "naming.hpp"

#include <algorithm>
#include <string>

namespace varve::core {
namespace {

bool has(const compared_history& at, std::int64_t version, lookup where) {
    if (at.find(version) != nullptr) return true;
    if (where == lookup::embedded) return false;
    return std::any_of(at.unknown.begin(), at.unknown.end(),
                       [&](const ledger_entry* row) { return row->version == version; });
}

// The neighbours by number are what a person mistyped.
std::string nearest(std::span<const compared_history> all, std::int64_t version) {
    const migration* before = nullptr;
    const migration* after = nullptr;
    for (const auto& at : all) {
        for (const auto& each : at.migrations) {
            const migration& here = each.embedded;
            if (here.version() < version && (before == nullptr || before->version() < here.version())) before = &here;
            if (here.version() > version && (after == nullptr || after->version() > here.version())) after = &here;
        }
    }
    std::vector<std::string> found;
    if (before != nullptr) found.push_back(label(*before));
    if (after != nullptr) found.push_back(label(*after));
    return found.empty() ? "this program contains no migrations" : joined({"the nearest are ", listing(found)});
}

problem version_problem(std::int64_t version, std::string_view history, pieces message, pieces hint) {
    problem result;
    result.kind = problem_kind::unknown_version;
    result.history = history;
    result.version = version;
    append(result.message, message);
    append(result.hint, hint);
    return result;
}

}  // namespace

const compared_history* history_of(std::span<const compared_history> all, std::int64_t version, lookup where,
                                   plan& into) {
    std::vector<const compared_history*> found;
    for (const auto& each : all) {
        if (has(each, version, where)) found.push_back(&each);
    }
    if (found.size() == 1) return found.front();
    std::vector<std::string> names;
    for (const auto& each : all) names.push_back(std::string(each.owner->name));
    const std::string number = digits(version);
    if (found.empty()) {
        const std::string_view only = all.size() == 1 ? std::string_view(names.front()) : std::string_view();
        into.problems.push_back(
            version_problem(version, only, {listing(names), " has no version ", number}, {nearest(all, version)}));
        return nullptr;
    }
    into.problems.push_back(version_problem(version, {}, {"version ", number, " is in several of ", listing(names)},
                                            {"say which one: `--history NAME`, or call this for one of them alone"}));
    return nullptr;
}

}  // namespace varve::core
