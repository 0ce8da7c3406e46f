#include "postgresql_kills_test.hpp"

namespace varve::testing {
namespace {

class PostgresqlKills : public postgresql_test {};

TEST_F(PostgresqlKills, TheLedgerIsTrueAndTheNextStartGoesOn) {
    killed_postgresql victim(uri);
    kill_again_and_again(victim, 300, 20260107);
}

}  // namespace
}  // namespace varve::testing
