#include "failure.hpp"

namespace varve::core {

performed after_refusal(run& of, watcher& told, outcome how, const step& first) {
    if (how == outcome::locked) {
        of.waiting.wait();
    } else {
        of.waiting.plan_again();
    }
    const auto why = how == outcome::locked ? "another process is writing" : "another process changed the ledger";
    told.tell_step(event_kind::retried, first, why);
    return performed::plan_again;
}

void fail(run& of, watcher& told, const error& failure, const step* at, fate found) {
    const error complete = completed(of, failure, at, found);
    if (at != nullptr) told.tell_step(event_kind::failed, *at, complete.what());
    throw complete;
}

bool may_still_come(const error& failure) {
    return failure.code() == error_code::connection_failed || failure.code() == error_code::database_missing;
}

}  // namespace varve::core
