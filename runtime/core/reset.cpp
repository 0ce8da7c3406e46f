#include <varve/migrate.hpp>

#include "raise.hpp"

#include <utility>

namespace varve {

report reset(engine& database, const histories& all, const options& how) {
    if (protection_of(database) == protection::on) {
        core::raise(error_code::is_protected, {database.location(), " is protected: it may not be reset"},
                    "`log` says by whom and why; `protect --off` ends it");
    }
    report result = rollback(database, all, rollback_to::base(), how);
    if (how.mode == run_mode::dry) {
        result.notes.emplace_back("after that everything is applied again, as `migrate` does it");
        return result;
    }
    report again = migrate(database, all, how);
    for (auto& each : again.done) result.done.push_back(std::move(each));
    for (auto& each : again.notes) result.notes.push_back(std::move(each));
    result.took += again.took;
    return result;
}

}  // namespace varve
