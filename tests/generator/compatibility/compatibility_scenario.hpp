#pragma once

#include <compatibility/derive.hpp>
#include <generator/lock/lock_scenario.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace varve::generator {

/// A history whose first migrations are released, and what is derived of its last one.
class compatibility_scenario {
public:
    explicit compatibility_scenario(engine_kind engine, grammar_use grammar = grammar_use::if_built_in) {
        files.request.engine = engine;
        files.request.grammar.use = grammar;
        files.request.drafts = draft_policy::silent;
    }

    compatibility_scenario& draft(std::string_view sql) {
        files.write("000" + std::to_string(++count_) + "_x.sql", sql);
        return *this;
    }
    compatibility_scenario& released(std::string_view sql) {
        draft(sql);
        lock();
        return *this;
    }

    /// `varve lock`, which derives first.
    void lock() const {
        diagnostics found;
        const loaded_history loaded = derived(found);
        EXPECT_TRUE(write_lock_file(loaded.lock_path, lock_drafts(loaded.lock, loaded.history), found));
    }

    [[nodiscard]] loaded_history derived(diagnostics& found) const {
        loaded_history loaded = files.load(found);
        EXPECT_FALSE(found.any_errors()) << files.shown(found);
        derive_compatibility(loaded.history);
        return loaded;
    }

    [[nodiscard]] bool breaks_older() const {
        diagnostics found;
        return derived(found).history.migrations.back().breaks_older;
    }
    [[nodiscard]] std::string why() const {
        diagnostics found;
        return derived(found).history.migrations.back().breaks_older_why;
    }

private:
    std::unique_ptr<lock_scenario> shared_ = std::make_unique<lock_scenario>();

public:
    lock_scenario& files = *shared_;

private:
    int count_ = 0;
};

}  // namespace varve::generator
