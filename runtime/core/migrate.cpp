#include <varve/migrate.hpp>

#include "operation.hpp"
#include "plan_records.hpp"
#include "plan_revert.hpp"
#include "run.hpp"

namespace varve {
namespace {

using core::operation;

plan_request request_of(const options& how) { return {.to = how.to, .when_out_of_order = how.when_out_of_order}; }

}  // namespace

report migrate(engine& database, const histories& all, const options& how) {
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        return make_plan(all, ledger, request_of(how));
    };
    what.read = core::read_ledger;
    what.transactions = how.transactions;
    what.care = operation::ledger_care::always;
    if (how.to.is_newest()) what.is_settled = [&] { return core::is_current(database, all); };
    return core::operate(database, all, how, what);
}

report rollback(engine& database, const histories& all, rollback_to how_far, const options& how) {
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>& done) {
        return core::plan_rollback(all, ledger, how_far, done);
    };
    what.read = core::read_ledger_with_downs;
    what.transactions = how.transactions;
    return core::operate(database, all, how, what);
}

report redo(engine& database, const histories& all, std::optional<std::int64_t> version, const options& how) {
    core::chosen_migrations chosen;
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>& done) {
        return core::plan_redo(all, ledger, version, done, chosen);
    };
    what.read = core::read_ledger_with_downs;
    what.transactions = how.transactions;
    return core::operate(database, all, how, what);
}

report renumber(engine& database, const histories& all, std::int64_t from, std::int64_t to, const options& how) {
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        return core::plan_renumber(all, ledger, from, to);
    };
    what.read = core::read_ledger;
    return core::operate(database, all, how, what);
}

report baseline(engine& database, const histories& all, std::int64_t version, const options& how) {
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        return core::plan_baseline(all, ledger, version);
    };
    what.read = core::read_ledger;
    what.transactions = grouping::all;  // half a baseline would forbid the next one
    return core::operate(database, all, how, what);
}

report skip(engine& database, const histories& all, std::int64_t version, const options& how) {
    operation what;
    what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
        return core::plan_skip(all, ledger, version);
    };
    what.read = core::read_ledger;
    return core::operate(database, all, how, what);
}

}  // namespace varve
