#include <varve/migrate.hpp>

#include "operation.hpp"
#include "plan_records.hpp"
#include "raise.hpp"
#include "run.hpp"

namespace varve {

report renumber(engine& database, const histories& all, std::int64_t from, std::int64_t to, const options& how) {
    core::operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        return core::plan_renumber(all, ledger, from, to);
    };
    what.read = core::read_ledger;
    what.work_of_others = core::operation::unfinished_work::refuse;
    return core::operate(database, all, how, what);
}

report baseline(engine& database, const histories& all, std::int64_t version, const options& how) {
    core::operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        return core::plan_baseline(all, ledger, version);
    };
    what.read = core::read_ledger;
    what.work_of_others = core::operation::unfinished_work::refuse;
    what.transactions = grouping::all;  // half a baseline would forbid the next one
    return core::operate(database, all, how, what);
}

report skip(engine& database, const histories& all, std::int64_t version, const options& how) {
    core::operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        return core::plan_skip(all, ledger, version);
    };
    what.read = core::read_ledger;
    what.work_of_others = core::operation::unfinished_work::refuse;
    return core::operate(database, all, how, what);
}

report repair(engine& database, const histories& all, const repair_request& asked, const options& how) {
    if (how.reason.empty()) {
        core::raise(error_code::invalid_argument, {"a repair needs a reason"},
                    "say in `options::reason` what was found; the ledger keeps it");
    }
    core::operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>& done) {
        return done.empty() ? core::plan_repair(all, ledger, asked) : plan();
    };
    what.read = core::read_ledger;
    what.work_of_others = core::operation::unfinished_work::refuse;
    return core::operate(database, all, how, what);
}

}  // namespace varve
