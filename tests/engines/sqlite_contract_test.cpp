#include "code_contract.hpp"
#include "engine_contract.hpp"
#include "sqlite_handle.hpp"

#include <varve/sqlite.hpp>

#include <support/temporary_directory.hpp>

namespace varve::testing {
namespace {

class sqlite_under_test final : public engine_under_test {
public:
    std::unique_ptr<engine> connect() override { return std::make_unique<sqlite_engine>(file()); }

    std::unique_ptr<engine> connect_inside_transaction() override {
        callers_ = std::make_unique<sqlite_handle>(file());
        callers_->execute("BEGIN; CREATE TABLE of_the_caller (id integer)");
        return std::make_unique<sqlite_engine>(callers_->get());
    }

    bool commit_transaction_of_the_caller() override {
        if (sqlite3_get_autocommit(callers_->get()) != 0) return false;
        callers_->execute("COMMIT");
        return true;
    }

    std::unique_ptr<engine> connect_to_missing_database() override {
        return std::make_unique<sqlite_engine>((directory_.path() / "missing.db").string());
    }

    bool missing_database_was_created() override { return std::filesystem::exists(directory_.path() / "missing.db"); }

    bool has_table(std::string_view name) override { return sqlite_handle(file()).has_table(name); }

    refused_statement refused() override {
        return {.sql = "SELECT 'ünï — 💾',\n  'ü', nocolumn FROM varve_ledger",
                .line = 2,
                .column = 8,
                .sqlstate = "SQLITE_ERROR"};
    }

private:
    [[nodiscard]] std::string file() const { return (directory_.path() / "shop.db").string(); }

    temporary_directory directory_;
    std::unique_ptr<sqlite_handle> callers_;
};

std::unique_ptr<engine_under_test> make_sqlite() { return std::make_unique<sqlite_under_test>(); }

}  // namespace

INSTANTIATE_TEST_SUITE_P(sqlite, engine_contract, ::testing::Values(&make_sqlite));
INSTANTIATE_TEST_SUITE_P(sqlite, code_contract, ::testing::Values(&make_sqlite));

}  // namespace varve::testing
