#include "operations.hpp"

#include <stdexcept>

namespace varve::testing {
namespace {

std::string name_of(std::int64_t version) { return "t" + std::to_string(version); }

std::string creating(const std::string& name) { return "CREATE TABLE " + name + " (id integer)"; }

std::string dropping(const std::string& name) { return "DROP TABLE " + name; }

}  // namespace

migration_text table(std::int64_t version) {
    const std::string name = name_of(version);
    return {.version = version, .name = name, .up = {creating(name)}, .down = {dropping(name)}};
}

migration_text draft(std::int64_t version) {
    migration_text result = table(version);
    result.released = false;
    return result;
}

migration_text alone(std::int64_t version) {
    const std::string name = name_of(version);
    return {.version = version,
            .name = name,
            .up = {creating(name + "a"), creating(name + "b"), creating(name + "c")},
            .down = {dropping(name + "c"), dropping(name + "b"), dropping(name + "a")},
            .mode = transaction_mode::no_transaction};
}

built_history history_for(const engine& on, const std::string& name, const std::vector<migration_text>& migrations) {
    return {name, on.kind(), migrations};
}

options by_ann() {
    options how;
    how.lock_wait = std::chrono::milliseconds(0);
    how.applied_by = "ann@desk:1";
    how.program = "shop";
    how.reason = "release 7";
    return how;
}

options one_by_one() {
    options how = by_ann();
    how.transactions = grouping::each;
    return how;
}

std::vector<std::string> words(const std::vector<step>& steps) {
    std::vector<std::string> result;
    for (const auto& each : steps) {
        result.push_back(std::string(to_string(each.what)) + " " + std::to_string(each.version));
    }
    return result;
}

std::vector<std::string> words(const std::vector<problem>& problems) {
    std::vector<std::string> result;
    for (const auto& each : problems) {
        result.push_back(std::string(to_string(each.kind)) + " " + std::to_string(each.version));
    }
    return result;
}

std::vector<std::string> active_rows(engine& on) {
    std::vector<std::string> result;
    for (const auto& each : on.read(engine::rows::active).entries) {
        if (each.history == on.ledger_history().name) continue;
        result.push_back(each.history + " " + std::to_string(each.version.value_or(0)) + " " +
                         std::string(to_string(each.state)));
    }
    return result;
}

void recorded_events::on_event(const event& what) {
    std::string line = std::string(to_string(what.kind)) + " " + std::to_string(what.version);
    if (what.statement != 0) line += "." + std::to_string(what.statement);
    lines_.push_back(line);
    if (lines_.size() == limit_) throw std::runtime_error("the observer gave up");
}

}  // namespace varve::testing
