#include <varve/migrate.hpp>

#include "operation.hpp"
#include "run.hpp"

#include <algorithm>

namespace varve {
namespace {

using core::operation;

// `done`: by this run, before the ledger moved; of the next few, these are a part.
plan_request request_of(const options& how, std::size_t done) {
    target to = how.to;
    if (to.is_next()) {
        const auto wanted = static_cast<std::size_t>(to.number());
        to = target::next(wanted - std::min(done, wanted));
    }
    return {.to = to, .when_out_of_order = how.when_out_of_order, .when_newer = how.when_newer};
}

}  // namespace

report migrate(engine& database, const histories& all, const options& how) {
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>& done) {
        return make_plan(all, ledger, request_of(how, done.size()));
    };
    what.read = core::reader_for(how.when_newer);
    what.transactions = how.transactions;
    what.care = operation::ledger_care::always;
    if (how.to.is_newest()) what.is_settled = [&] { return core::is_current(database, all); };
    return core::operate(database, all, how, what);
}

}  // namespace varve
