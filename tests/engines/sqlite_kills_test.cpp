#include "kills.hpp"
#include "sqlite_engine_test.hpp"

#include <filesystem>

namespace varve::testing {
namespace {

class killed_sqlite final : public killed_database {
public:
    explicit killed_sqlite(std::string file) : file_(std::move(file)) {}
    [[nodiscard]] engine_kind kind() const override { return engine_kind::sqlite; }
    [[nodiscard]] std::unique_ptr<engine> connect() override { return std::make_unique<sqlite_engine>(file_); }
    void clear() override {
        for (const char* ending : {"", "-journal", "-wal", "-shm"}) std::filesystem::remove(file_ + ending);
        if (is_wal) execute("PRAGMA journal_mode = wal");
    }
    void settle() override {}
    void execute(const std::string& sql) override { sqlite_handle(file_).execute(sql); }
    [[nodiscard]] std::vector<std::string> effects() override {
        if (!std::filesystem::exists(file_)) return {};
        const sqlite_handle looking(file_);
        auto all = looking.column("SELECT name FROM sqlite_schema WHERE type = 'table'");
        if (!looking.has_table("log")) return all;
        for (auto& each : looking.column("SELECT n FROM log")) all.push_back(std::move(each));
        return all;
    }

    bool is_wal = false;

private:
    std::string file_;
};

class sqlite_kills : public sqlite_engine_test {};

}  // namespace

TEST_F(sqlite_kills, TheLedgerIsTrueAndTheNextStartGoesOn) {
    killed_sqlite database(file());
    kill_again_and_again(database, 200, 20260107);
}

TEST_F(sqlite_kills, InWalModeToo) {
    killed_sqlite database(file());
    database.is_wal = true;
    kill_again_and_again(database, 100, 20260108);
}

}  // namespace varve::testing
