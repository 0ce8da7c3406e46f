#include <varve/migrate.hpp>

#include "operation.hpp"
#include "plan_revert.hpp"
#include "run.hpp"

namespace varve {

report rollback(engine& database, const histories& all, rollback_to how_far, const options& how) {
    core::operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>& done) {
        return core::plan_rollback(all, ledger, how_far, done);
    };
    what.read = core::read_ledger_with_downs;
    what.transactions = how.transactions;
    return core::operate(database, all, how, what);
}

}  // namespace varve
