#include <varve/migrate.hpp>

#include "operation.hpp"
#include "plan_revert.hpp"
#include "run.hpp"

namespace varve {

report redo(engine& database, const histories& all, std::optional<std::int64_t> version, const options& how) {
    core::chosen_migrations chosen;
    core::operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>& done) {
        return core::plan_redo(all, ledger, version, done, chosen);
    };
    what.read = core::read_ledger_with_downs;
    what.transactions = how.transactions;
    return core::operate(database, all, how, what);
}

}  // namespace varve
