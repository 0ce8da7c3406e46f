#include "coded.hpp"

#include "raise.hpp"

#include <exception>
#include <utility>

namespace varve::core {
namespace {

std::string_view last_part(std::string_view path) {
    const auto separator = path.find_last_of("/\\");
    return separator == std::string_view::npos ? path : path.substr(separator + 1);
}

/// What code talks to: adds to what goes wrong where it is written, and tells an observer how far it is.
class located_access final : public transaction_access {
public:
    located_access(transaction_access& to, const step& what, const runnable& script, watcher& told)
        : to_(to), step_(what), script_(script), told_(told) {}

    [[nodiscard]] engine_kind engine() const override { return to_.engine(); }

    statement_result run(const sql_text& sql, std::span<const parameter> values) override {
        try {
            return to_.run(sql, values);
        } catch (const error& failure) {
            error_details details = failure.details();
            details.file = script_.file;
            if (last_part(sql.file) == last_part(script_.file)) details.line = sql.line;
            throw error(std::move(details));
        }
    }

    bool exists(const named_object& what) override { return to_.exists(what); }

    void tell(const work_done& now) override {
        if (!told_.is_heard()) return;
        try {
            told_.tell_progress({.unit = now.unit, .done = now.done, .total = now.total}, &step_, script_, {});
        } catch (...) {
            thrown_by_observer_ = std::current_exception();
            throw;
        }
    }

    /// Code that caught what an observer threw does not keep it.
    void require_untroubled() const {
        if (thrown_by_observer_) std::rethrow_exception(thrown_by_observer_);
    }

private:
    transaction_access& to_;
    const step& step_;
    const runnable& script_;
    watcher& told_;
    std::exception_ptr thrown_by_observer_;
};

error threw(std::string_view who, const step& what, const runnable& script, std::string_view text) {
    error_details details{.code = error_code::code_failed};
    details.message = joined({who, " threw an exception: ", text});
    details.hint = "nothing of it was kept; correct it, then start again";
    details.history = what.owner->name;
    details.version = what.version;
    details.file = script.file;
    return error(std::move(details));
}

error in_file(const error& failure, const runnable& script) {
    if (!failure.details().file.empty()) return failure;
    error_details details = failure.details();
    details.file = script.file;
    return error(std::move(details));
}

transaction_code hook(const hooks::in_transaction& wanted, run& of, const step& what, const runnable& script,
                      watcher& told) {
    const bool is_ledgers_own = what.owner == &of.database.ledger_history();
    if (!wanted || what.source == script_source::none || is_ledgers_own) return {};
    return [&](transaction_access& to) {
        call_code({"a hook of the program", what, script, told}, to, [&](transaction_access& access) {
            transaction in(access);
            wanted(what, in);
        });
    };
}

transaction_code code_in_transaction(const step& what, const runnable& script, watcher& told) {
    const coded_migration* code = code_of(what);
    if (code == nullptr) return {};
    auto* const function = what.what == step_kind::revert ? code->down : code->up;
    return [&, function](transaction_access& to) {
        call_code({"the migration", what, script, told}, to, [&](transaction_access& access) {
            transaction in(access);
            function(in);
        });
    };
}

transaction_code both(transaction_code first, transaction_code second) {
    if (!first || !second) return first ? std::move(first) : std::move(second);
    return [first = std::move(first), second = std::move(second)](transaction_access& to) {
        first(to);
        second(to);
    };
}

}  // namespace

const coded_migration* code_of(const step& what) {
    const bool runs = what.what == step_kind::apply || what.what == step_kind::revert;
    if (!runs || what.source != script_source::embedded || !what.embedded) return nullptr;
    return what.embedded->code();
}

bool runs_in_batches(const step& what) {
    const coded_migration* code = code_of(what);
    return code != nullptr && what.what == step_kind::apply && code->up_in_batches != nullptr;
}

void call_code(const called_code& of, transaction_access& to, const std::function<void(transaction_access&)>& code) {
    located_access access(to, of.what, of.script, of.told);
    try {
        code(access);
    } catch (const error& failure) {
        if (of.told.threw()) throw;
        throw in_file(failure, of.script);
    } catch (const std::exception& thrown) {
        if (of.told.threw()) throw;
        throw threw(of.who, of.what, of.script, thrown.what());
    } catch (...) {
        if (of.told.threw()) throw;
        throw threw(of.who, of.what, of.script, "one that is no std::exception");
    }
    access.require_untroubled();
}

transaction_code hook_before(run& of, const step& what, const runnable& script, watcher& told) {
    return hook(of.how.hooks.before_migration, of, what, script, told);
}

transaction_code hook_after(run& of, const step& what, const runnable& script, watcher& told) {
    return hook(of.how.hooks.after_migration, of, what, script, told);
}

void add_code(std::span<action> actions, std::span<const step> steps, run& of, watcher& told) {
    for (std::size_t index = 0; index < actions.size(); ++index) {
        action& each = actions[index];
        each.before = hook_before(of, steps[index], each.script, told);
        each.after =
            both(code_in_transaction(steps[index], each.script, told), hook_after(of, steps[index], each.script, told));
    }
}

}  // namespace varve::core
