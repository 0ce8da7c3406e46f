#pragma once

#include <varve/engine.hpp>

#include <string>
#include <vector>

namespace varve::testing {

/// Which call of an engine is lost on the way, and where.
struct fault {
    std::size_t call = 0;  ///< 1-based; 0: none
    enum class moment : std::uint8_t { before, after } when = moment::before;
    enum class length : std::uint8_t {
        one_call,  ///< the next call has a new connection
        for_ever,  ///< the database is gone: no later call arrives
        process    ///< this process ends by SIGKILL
    } lasts = length::one_call;
};

/// An engine whose connection breaks at the n-th call: before the call reached the database, or after, so that only
/// the answer is lost. The lock goes with the connection; the next call has a new one. Lists the calls it saw.
class failing_engine final : public engine {
public:
    explicit failing_engine(engine& real, fault what = {}) : real_(real), fault_(what) {}

    [[nodiscard]] const std::vector<std::string>& calls() const { return calls_; }
    [[nodiscard]] bool has_failed() const { return fault_.call != 0 && calls_.size() >= fault_.call; }

    [[nodiscard]] engine_kind kind() const noexcept override { return real_.kind(); }
    [[nodiscard]] std::string location() const override { return real_.location(); }
    [[nodiscard]] std::string role() const override { return real_.role(); }
    [[nodiscard]] bool is_current(std::span<const expected_marks>) override;
    [[nodiscard]] ledger_snapshot read(rows) override;
    [[nodiscard]] std::vector<stored_statement> read_statements(std::int64_t ledger_id, direction) override;
    [[nodiscard]] bool try_lock() override;
    void unlock() noexcept override { real_.unlock(); }
    [[nodiscard]] lock_scope scope() const noexcept override { return real_.scope(); }
    [[nodiscard]] std::string lock_holder() override;
    [[nodiscard]] outcome perform(const batch&, progress&) override;
    void execute_alone(const runnable&, std::size_t statement) override;
    [[nodiscard]] found_effect look_for(const statement_probe&) override;
    void interrupt() noexcept override { real_.interrupt(); }
    [[nodiscard]] const history& ledger_history() const noexcept override { return real_.ledger_history(); }

private:
    template <typename Call>
    auto lossy(const char* name, Call call);
    [[noreturn]] void lose(const char* name);

    engine& real_;
    fault fault_;
    bool gone_ = false;
    std::vector<std::string> calls_;
};

}  // namespace varve::testing
