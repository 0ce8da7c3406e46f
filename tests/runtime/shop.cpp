#include "shop.hpp"

namespace varve::testing {
namespace {

std::string name_of(std::int64_t version) { return "t" + std::to_string(version); }

}  // namespace

migration_text table(std::int64_t version) {
    const std::string name = name_of(version);
    return {.version = version, .name = name, .up = {"CREATE TABLE " + name}, .down = {"DROP TABLE " + name}};
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
            .up = {"CREATE TABLE " + name + "a", "CREATE TABLE " + name + "b", "CREATE TABLE " + name + "c"},
            .down = {"DROP TABLE " + name + "c", "DROP TABLE " + name + "b", "DROP TABLE " + name + "a"},
            .mode = transaction_mode::no_transaction};
}

std::vector<std::string> kinds(const std::vector<problem>& problems) {
    std::vector<std::string> result;
    for (const auto& each : problems) {
        result.push_back(std::string(to_string(each.kind)) + " " + std::to_string(each.version));
    }
    return result;
}

std::vector<std::string> steps(const std::vector<step>& steps) {
    std::vector<std::string> result;
    for (const auto& each : steps) {
        result.push_back(std::string(to_string(each.what)) + " " + std::to_string(each.version));
    }
    return result;
}

options impatient() {
    options how;
    how.lock_wait = std::chrono::milliseconds(0);
    how.applied_by = "ann@desk:1";
    how.program = "shop";
    return how;
}

}  // namespace varve::testing
