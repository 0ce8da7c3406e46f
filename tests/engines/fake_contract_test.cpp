#include "engine_contract.hpp"

#include <support/fake_engine.hpp>

#include <utility>

namespace varve::testing {
namespace {

/// The fake of the runtime's tests keeps the same promises as the real engines.
class fake_under_test final : public engine_under_test {
public:
    std::unique_ptr<engine> connect() override { return std::make_unique<fake_engine>(database_); }

    std::unique_ptr<engine> connect_inside_transaction() override {
        database_.now.tables.insert("of_the_caller");
        database_.in_callers_transaction = true;
        return connect();
    }

    bool commit_transaction_of_the_caller() override { return std::exchange(database_.in_callers_transaction, false); }

    std::unique_ptr<engine> connect_to_missing_database() override { return std::make_unique<fake_engine>(missing_); }

    bool missing_database_was_created() override { return !missing_.now.tables.empty() || !missing_.now.rows.empty(); }

    bool has_table(std::string_view name) override { return database_.has_table(name); }

    refused_statement refused() override { return {.sql = "FAIL", .sqlstate = "FAKE"}; }

private:
    fake_database database_;
    fake_database missing_;
};

std::unique_ptr<engine_under_test> make_fake() { return std::make_unique<fake_under_test>(); }

}  // namespace

INSTANTIATE_TEST_SUITE_P(fake, engine_contract, ::testing::Values(&make_fake));

}  // namespace varve::testing
