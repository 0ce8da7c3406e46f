#include "verify_findings.hpp"

#include "text.hpp"

#include <varve/drift.hpp>

#include <algorithm>

namespace varve::core {
namespace {

constexpr std::string_view ways_out_of_a_draft =
    "correct the down script; or remove it and write `-- varve: irreversible` into the up script";
constexpr std::string_view ways_out_of_a_released =
    "it is released, and may have been deployed: correct the down script and release that with `varve lock --down`";

// A released down may have shipped, and the history behind it stands: a warning. A draft's is to be corrected.
finding about_down(const migration& which, std::string_view message) {
    finding result;
    result.level = which.released() ? finding::severity::warning : finding::severity::error;
    result.file = which.down().file();
    result.message = message;
    result.hint = which.released() ? ways_out_of_a_released : ways_out_of_a_draft;
    return result;
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// What the engine said, at the place where it happened.
void add_error(finding& to, const error& why) {
    const error_details& details = why.details();
    if (!details.file.empty()) to.file = base_name(details.file);
    to.line = std::max(details.line, 1U);
    to.column = std::max(details.column, 1U);
    to.message += details.message;
    if (!details.sqlstate.empty()) append(to.message, {" [", details.sqlstate, "]"});
    if (!details.statement.empty()) to.details.push_back(details.statement.substr(0, details.statement.find('\n')));
    for (const auto& each : details.problems) to.details.push_back(each.message);
}

}  // namespace

bool can_be_undone(const migration& which) { return !which.irreversible() && which.down().exists(); }

finding wrong_down(const migration& which, const std::vector<difference>& differences) {
    finding result =
        about_down(which, "the down script does not undo the up script; compared with the state before both:");
    for (const auto& each : differences) result.details.push_back(to_string(each));
    return result;
}

finding failed_down(const migration& which, const error& why) {
    finding result = about_down(which, "");
    add_error(result, why);
    return result;
}

finding failed_again(const migration& which, const error& why) {
    finding result = about_down(which, "the up script cannot be run again after this down script: ");
    const std::string file = result.file;
    add_error(result, why);
    result.details.insert(result.details.begin(),
                          joined({"at ", result.file, ":", digits(result.line), ":", digits(result.column)}));
    result.file = file;
    result.line = 1;
    result.column = 1;
    return result;
}

finding failed_up(const migration& which, const error& why, std::size_t not_run) {
    finding result;
    result.file = which.up().file();
    add_error(result, why);
    result.hint = why.details().hint;
    if (not_run > 0)
        result.details.push_back(
            joined({digits(static_cast<std::int64_t>(not_run)), " migrations after it were not run"}));
    return result;
}

finding wrong_master(const std::string& path, const std::vector<difference>& differences) {
    finding result;
    result.file = path;
    result.message = "the master file does not make what the migrations make; in a database that it made:";
    for (const auto& each : differences) result.details.push_back(drift_text(each));
    result.hint = "correct it, or let the target <target>.schema write it again";
    return result;
}

finding failed_master(const std::string& path, const error& why) {
    finding result;
    add_error(result, why);
    result.file = path;
    result.hint = why.details().hint;
    return result;
}

bool is_about_a_script(const error& thrown) {
    switch (thrown.code()) {
        case error_code::connection_failed:
        case error_code::in_doubt:
        case error_code::lock_timeout:
        case error_code::database_missing:
        case error_code::read_only:
            return false;
        default:
            return true;
    }
}

}  // namespace varve::core
