#pragma once

#include <generator/lock/lock_scenario.hpp>
#include <lint/lint.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace varve::generator {

/// A history whose first migrations are released and whose last ones are drafts, and what lint says about it.
class lint_scenario {
public:
    explicit lint_scenario(engine_kind engine = engine_kind::postgresql) { files_.request.engine = engine; }

    /// Writes the next migration and releases it, with all drafts before it.
    lint_scenario& released(std::string_view sql) {
        draft(sql);
        files_.lock();
        return *this;
    }

    lint_scenario& draft(std::string_view sql, std::string_view down = {}) {
        const std::string number = "000" + std::to_string(++count_) + "_x";
        files_.write(number + ".sql", sql);
        if (!down.empty()) files_.write(number + ".down.sql", down);
        return *this;
    }

    [[nodiscard]] diagnostics found() const {
        diagnostics before;
        load_request quiet = files_.request;
        quiet.drafts = draft_policy::silent;
        const loaded_history loaded = load_history(quiet, before);
        EXPECT_EQ(files_.shown(before), "");
        diagnostics result;
        lint(loaded.history, options, {}, result);
        return result;
    }

    [[nodiscard]] std::string codes() const { return generator::codes(found()); }
    [[nodiscard]] std::string report() const { return files_.shown(found()); }

    /// The hints, as somebody pastes them.
    [[nodiscard]] std::string hints() const {
        std::string all;
        for (const diagnostic& each : found().sorted()) all += each.hint + "\n";
        return all;
    }

    lint_options options;

private:
    std::unique_ptr<lock_scenario> shared_ = std::make_unique<lock_scenario>();
    lock_scenario& files_ = *shared_;
    int count_ = 0;
};

}  // namespace varve::generator
