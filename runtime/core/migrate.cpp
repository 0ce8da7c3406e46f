#include <varve/migrate.hpp>

#include "operation.hpp"
#include "run.hpp"

namespace varve {
namespace {

using core::operation;

plan_request request_of(const options& how) {
    return {.to = how.to, .when_out_of_order = how.when_out_of_order, .when_newer = how.when_newer};
}

}  // namespace

report migrate(engine& database, const histories& all, const options& how) {
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        return make_plan(all, ledger, request_of(how));
    };
    what.read = core::reader_for(how.when_newer);
    what.transactions = how.transactions;
    what.care = operation::ledger_care::always;
    if (how.to.is_newest()) what.is_settled = [&] { return core::is_current(database, all); };
    return core::operate(database, all, how, what);
}

}  // namespace varve
