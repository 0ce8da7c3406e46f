#include "engine_contract.hpp"

#include <utility>

namespace varve::testing {

void engine_contract::SetUp() {
    database = GetParam()();
    db = database->connect();
}

void engine_contract::create_ledger(engine& on) {
    ASSERT_EQ(perform(on, std::nullopt, creating_the_ledger(on)), outcome::done);
}

void engine_contract::create_ledger_with_two_rows() {
    create_ledger(*db);
    const std::int64_t last = revision();
    first = applied_row(last + 1, 1, 10);
    second = applied_row(last + 2, 2, 20);
    ASSERT_EQ(write(*db, {.inserts = {first, second}}), outcome::done);
}

std::int64_t engine_contract::revision() { return everything().revision; }

ledger_snapshot engine_contract::everything() { return database->connect()->read(engine::rows::all); }

outcome engine_contract::write(engine& on, ledger_change change) {
    action only;
    only.change = std::move(change);
    return perform(on, revision(), {only});
}

}  // namespace varve::testing
