#pragma once

#include <varve/engine.hpp>

#include <functional>
#include <string>

namespace varve::core {

/// An engine that lets somebody look at each migration of a history just before it is applied. An observer is told too
/// late for that: PostgreSQL has applied a migration when it answers for the first time.
class proving_engine final : public engine {
public:
    struct listener {
        std::string history{};
        std::function<void(std::int64_t version)> before{};  ///< may throw: then nothing is applied
        std::function<void(std::int64_t version)> applied{};
    };
    proving_engine(engine& real, listener told) : real_(real), told_(std::move(told)) {}

    [[nodiscard]] engine_kind kind() const noexcept override { return real_.kind(); }
    [[nodiscard]] std::string location() const override { return real_.location(); }
    [[nodiscard]] std::string role() const override { return real_.role(); }
    [[nodiscard]] std::optional<database_overview> overview() override { return real_.overview(); }
    [[nodiscard]] bool is_current(std::span<const expected_marks> marks) override { return real_.is_current(marks); }
    [[nodiscard]] ledger_snapshot read(rows which) override { return real_.read(which); }
    [[nodiscard]] std::vector<stored_statement> read_statements(std::int64_t id, direction which) override {
        return real_.read_statements(id, which);
    }
    [[nodiscard]] bool try_lock() override { return real_.try_lock(); }
    void unlock() noexcept override { real_.unlock(); }
    [[nodiscard]] lock_scope scope() const noexcept override { return real_.scope(); }
    [[nodiscard]] std::string lock_holder() override { return real_.lock_holder(); }
    [[nodiscard]] outcome perform(const batch&, progress&) override;
    void execute_alone(const runnable& script, std::size_t statement) override {
        real_.execute_alone(script, statement);
    }
    [[nodiscard]] found_effect look_for(const statement_probe& what) override { return real_.look_for(what); }
    void interrupt() noexcept override { real_.interrupt(); }
    [[nodiscard]] const history& ledger_history() const noexcept override { return real_.ledger_history(); }

private:
    void tell(const batch&, const std::function<void(std::int64_t)>&) const;

    engine& real_;
    listener told_;
};

}  // namespace varve::core
