#include <commands/checked_history.hpp>
#include <commands/lock.hpp>
#include <lock/append.hpp>

#include <algorithm>
#include <ostream>
#include <string_view>

namespace varve::generator {
namespace {

lock_change wanted_change(const load_request& request, const loaded_history& loaded, diagnostics& found) {
    if (!request.accepted.empty()) return lock_accepted(loaded.lock, loaded.history, request.accepted, found);
    if (request.corrected_downs.empty()) return lock_drafts(loaded.lock, loaded.history);
    return lock_downs(loaded.lock, loaded.history, request.corrected_downs, found);
}

std::string title_of(const history_source& history, std::int64_t version) {
    const auto& all = history.migrations;
    const auto found =
        std::find_if(all.begin(), all.end(), [version](const auto& each) { return each.version == version; });
    return found == all.end() ? std::to_string(version) : found->version_text + " " + found->name;
}

/// Said where it is pinned: from now on a directive has to say otherwise.
void print_compatibility(std::ostream& out, const history_source& history, std::int64_t version) {
    const auto released = std::ranges::find(history.migrations, version, &migration_source::version);
    if (released == history.migrations.end() || !released->breaks_older) return;
    out << "  breaks older programs";
    if (!released->breaks_older_why.empty()) {
        out << ": " << released->breaks_older_why
            << "\n  if it does not, say why in its head: -- varve: compatible ...";
    }
    out << '\n';
}

void print_change(std::ostream& out, const loaded_history& loaded, const lock_change& change) {
    for (const std::int64_t version : change.released) {
        out << loaded.lock.path << ": released " << title_of(loaded.history, version) << '\n';
        print_compatibility(out, loaded.history, version);
    }
    for (const std::int64_t version : change.corrected) {
        out << loaded.lock.path << ": corrected the down of " << title_of(loaded.history, version) << '\n';
    }
    for (const std::int64_t version : change.accepted) {
        out << loaded.lock.path << ": accepted " << title_of(loaded.history, version)
            << " as it is now; each database that has it needs `repair " << version << " --accept`\n";
    }
    if (!change.empty()) {
        out << "commit this file; a released migration must not be edited from now on\n";
        return;
    }
    out << loaded.history.name << ": nothing to do, ";
    const std::size_t count = loaded.lock.entries.size();
    if (count == 0) {
        out << "there are no migrations\n";
    } else {
        out << "what is to be locked is in " << loaded.lock.path << " already (" << count
            << (count == 1 ? " migration)\n" : " migrations)\n");
    }
}

void print_versions(std::ostream& out, std::string_view key, const std::vector<std::int64_t>& versions) {
    out << '"' << key << "\": [";
    std::string_view separator;
    for (const std::int64_t version : versions) {
        out << separator << version;
        separator = ", ";
    }
    out << "], ";
}

}  // namespace

exit_code lock(const load_request& request, const review_options& review, const console& terminal) {
    diagnostics found;
    const checked_history checked = check_history(request, review, found);
    lock_change wanted;
    if (!found.any_errors()) wanted = wanted_change(request, checked.loaded, found);
    if (!found.any_errors() && !wanted.empty()) write_lock_file(checked.loaded.lock_path, wanted, found);
    if (found.any_errors()) wanted = {};
    if (terminal.format == output_format::json) {
        terminal.out << '{';
        print_versions(terminal.out, "released", wanted.released);
        print_versions(terminal.out, "corrected", wanted.corrected);
        print_versions(terminal.out, "accepted", wanted.accepted);
        terminal.out << "\"diagnostics\": ";
    }
    const exit_code code = conclude(terminal, found);
    if (terminal.format == output_format::json) {
        terminal.out << "}\n";
    } else if (code == exit_code::success && !terminal.writes_a_document()) {
        print_change(terminal.out, checked.loaded, wanted);
    }
    return code;
}

}  // namespace varve::generator
