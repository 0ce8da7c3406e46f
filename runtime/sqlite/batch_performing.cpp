#include "batch_performing.hpp"

#include "code_access.hpp"
#include "foreign_keys.hpp"
#include "ledger_reading.hpp"
#include "ledger_writing.hpp"
#include "script_running.hpp"
#include "session_settings.hpp"
#include "transaction.hpp"

#include "core/text.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>

namespace varve::sqlite {
namespace {

using clock = std::chrono::steady_clock;

// Nobody knows what code will set.
bool may_set_something(const action& of) {
    if (of.runs_code()) return true;
    const auto& statements = of.script.statements;
    return std::any_of(statements.begin(), statements.end(), [](const statement& each) { return is_pragma(each.sql); });
}

foreign_keys_setting setting_of(const batch& what) {
    auto setting = foreign_keys_setting::unchanged;
    bool found = false;
    for (const auto& each : what.actions) {
        if (each.script.statements.empty()) continue;
        if (found && each.script.foreign_keys != setting) {
            error_details details{.code = error_code::invalid_argument};
            details.message = "scripts with different settings of foreign_keys cannot be in one transaction";
            details.file = each.script.file;
            throw error(std::move(details));
        }
        setting = each.script.foreign_keys;
        found = true;
    }
    return setting;
}

std::string listed(const std::vector<foreign_key_violation>& violations) {
    std::string text = violations.front().description();
    const auto others = static_cast<std::int64_t>(violations.size()) - 1;
    if (others > 0) core::append(text, {", and ", others, " more"});
    return text;
}

error violated(const std::vector<foreign_key_violation>& violations, const std::string& file) {
    error_details details;
    details.message = core::joined({"FOREIGN KEY constraint failed at commit: ", listed(violations)});
    details.hint = "`PRAGMA foreign_key_check` lists all such rows";
    details.file = file;
    details.sqlstate = result_name(SQLITE_CONSTRAINT_FOREIGNKEY);
    return error(std::move(details));
}

error not_known(const refusal& failure) {
    error_details details{.code = error_code::in_doubt};
    details.message = core::joined(
        {"the commit failed (", failure.message(), "), and the ledger cannot be read to see whether it took place"});
    details.hint = "start again: the next start finds out";
    details.sqlstate = result_name(failure.code());
    return error(std::move(details));
}

error transaction_ended(const runnable& script, std::size_t index) {
    const statement& by = script.statements[index];
    return error({.code = error_code::transaction_lost,
                  .message = "this statement ended varve's transaction: what ran before it may be committed",
                  .hint = "take COMMIT, END and ROLLBACK out of the script, then look at what is there",
                  .file = script.file,
                  .line = by.line,
                  .column = by.column,
                  .statement = std::string(by.sql)});
}

error transaction_ended_by_code(const runnable& script) {
    return error({.code = error_code::transaction_lost,
                  .message = "the code ended varve's transaction: what it did before that may be committed",
                  .hint = "take COMMIT, END and ROLLBACK out of it, then look at what is there",
                  .file = script.file});
}

/// One batch while it is performed.
class performance {
public:
    performance(const connection& on, const batch& what, progress& told) : connection_(on), batch_(what), told_(told) {}

    outcome run() {
        const foreign_keys_setting setting = setting_of(batch_);
        remember_settings();
        const foreign_keys_guard enforcement(connection_, setting);
        auto held = transaction::begin(connection_);
        if (!held) return outcome::locked;
        if (newest_id(connection_) != batch_.expected_revision) return outcome::moved;
        unchecked_ = setting == foreign_keys_setting::off;
        run_scripts(*held);
        if (!write_rows()) return outcome::moved;
        commit(*held);
        return outcome::done;
    }

private:
    void remember_settings() {
        if (std::any_of(batch_.actions.begin(), batch_.actions.end(), may_set_something))
            settings_.emplace(connection_);
    }

    void run_scripts(const transaction& held) {
        const core::interruption::call until_here(connection_.stop(), way_to_cancel(connection_));
        if (unchecked_) known_violations_ = foreign_key_violations(connection_);
        for (std::size_t each = 0; each < batch_.actions.size(); ++each) run_script(each, held);
    }

    void run_script(std::size_t index, const transaction& held) {
        const action& current = batch_.actions[index];
        told_.action_started(index);
        const auto begun = clock::now();
        run_code(current.before, current.script, held);
        for (std::size_t each = 0; each < current.script.statements.size(); ++each) {
            told_.statement_begun(index, each);
            run_one(current.script, each, held);
            told_.statement_ended(index, each);
        }
        run_code(current.after, current.script, held);
        took_.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - begun).count());
        if (settings_ && may_set_something(current)) settings_->put_back();
        if (unchecked_ && current.runs_anything()) check_foreign_keys(current.script.file);
    }

    void run_code(const transaction_code& code, const runnable& script, const transaction& held) {
        if (!code) return;
        code_access access(connection_);
        code(access);
        if (!held.is_open()) throw transaction_ended_by_code(script);
    }

    void run_one(const runnable& script, std::size_t index, const transaction& held) {
        try {
            run_statement(connection_, script.statements[index]);
        } catch (const refusal& why) {
            throw error(refused_at(script, index, why));
        }
        if (!held.is_open()) throw transaction_ended(script, index);
    }

    void check_foreign_keys(const std::string& file) const {
        const auto violations = new_violations(known_violations_, foreign_key_violations(connection_));
        if (!violations.empty()) throw violated(violations, file);
    }

    // False: somebody else went on with a row.
    bool write_rows() {
        ledger_writer writer(connection_);
        for (std::size_t each = 0; each < batch_.actions.size(); ++each) {
            const action& current = batch_.actions[each];
            std::optional<ledger_writer::measured> measured;
            if (current.measured != action::no_entry) measured = {current.measured, took_[each]};
            if (!writer.write(current.change, measured)) return false;
        }
        return true;
    }

    void commit(transaction& held) {
        try {
            held.commit();
        } catch (const refusal& why) {
            if (why.code() == SQLITE_CONSTRAINT_FOREIGNKEY) throw violated_at_commit();
            held.roll_back();
            if (!why.is_busy() && is_committed(why)) return;
            throw;
        }
    }

    [[nodiscard]] error violated_at_commit() const {
        const auto all = foreign_key_violations(connection_);
        const std::string file = batch_.actions.size() == 1 ? batch_.actions.front().script.file : std::string();
        return violated(all.empty() ? std::vector<foreign_key_violation>{{.trouble = "unknown"}} : all, file);
    }

    /// Whether a commit that failed took place all the same: a disk may fail after the point of no return.
    [[nodiscard]] bool is_committed(const refusal& failure) const {
        std::int64_t written = 0;
        for (const auto& each : batch_.actions) {
            for (const auto& row : each.change.inserts) written = std::max(written, row.id);
        }
        try {
            return written != 0 && newest_id(connection_) == written;
        } catch (const refusal&) {
            throw not_known(failure);
        }
    }

    const connection& connection_;
    const batch& batch_;
    progress& told_;
    std::optional<session_settings> settings_;
    std::vector<std::int64_t> took_;  // milliseconds
    std::vector<foreign_key_violation> known_violations_;
    bool unchecked_ = false;
};

}  // namespace

outcome perform_batch(const connection& on, const batch& what, progress& told) {
    return performance(on, what, told).run();
}

}  // namespace varve::sqlite
