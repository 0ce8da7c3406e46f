#include <varve/verify.hpp>

#include "proving_engine.hpp"
#include "verify_findings.hpp"

#include <varve/init.hpp>
#include <varve/migrate.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace varve {
namespace {

using core::can_be_undone;

// C++ has no text that could be sent.
bool is_transactional(const migration& which) {
    return which.code() == nullptr && which.up().mode() == transaction_mode::transaction &&
           which.down().mode() == transaction_mode::transaction;
}

// Leaves `migrate` when it is about to apply what has to be proven by running it for real.
struct prove_for_real {
    std::int64_t version;
};

// A master file is compared by what it makes, not by what it fills.
catalog without_rows(catalog of) {
    of.objects.erase(
        std::remove_if(of.objects.begin(), of.objects.end(),
                       [](const catalog_object& each) { return each.kind == "row" || each.kind == "rows"; }),
        of.objects.end());
    return of;
}

/// One run of `verify`. Each migration is proven in a transaction just before `migrate` applies it; one that cannot be
/// is applied, rolled back and applied again by the operations themselves.
class verification {
public:
    verification(scratch_database& on, const std::vector<const history*>& first, const history& what,
                 verify_options how)
        : on_(on), first_(first), what_(what), how_(std::move(how)), done_(how_.already_proven) {
        report_.findings = how_.known;
        report_.remembered = how_.already_proven;
    }

    verify_report run() {
        apply_first();
        bool goes_on = true;
        while (goes_on && done_ < what_.size()) {
            pause_if_due();
            const std::size_t end = end_of_run();
            goes_on = end == done_ ? prove_next_for_real() : apply_proving(end);
        }
        if (goes_on) pause_if_due();
        report_.migrations = done_;
        if (goes_on && what_.master() && on_.proves_in_transactions()) prove_master();
        return std::move(report_);
    }

private:
    void apply_first() {
        for (const history* each : first_) migrate(on_.database(), *each, {.program = "varve verify"});
    }

    void apply_up_to(std::size_t index) { apply_up_to(index, on_.database()); }
    void apply_up_to(std::size_t index, engine& with) {
        options how;
        how.to = target::version(what_[index].version());
        how.transactions = grouping::each;
        how.program = "varve verify";
        migrate(with, what_, how);
    }

    [[nodiscard]] bool must_be_for_real(std::size_t index) const {
        const migration which = what_[index];
        if (!can_be_undone(which)) return false;
        return unsure_ == which.version() || !on_.proves_in_transactions() || !is_transactional(which);
    }

    // Behind the last of the migrations that one call of `migrate` can apply.
    [[nodiscard]] std::size_t end_of_run() const {
        std::size_t end = done_;
        while (end < what_.size() && !must_be_for_real(end) && (end == done_ || end != how_.pause_after)) ++end;
        return end;
    }

    bool apply_proving(std::size_t end) {
        core::proving_engine proving(on_.database(), {.history = std::string(what_.name),
                                                      .before = [this](std::int64_t version) { prove(version); },
                                                      .applied = [this](std::int64_t) { ++done_; }});
        try {
            apply_up_to(end - 1, proving);
            return true;
        } catch (const prove_for_real& next) {
            unsure_ = next.version;
            return true;
        } catch (const error& thrown) {
            return stop(thrown);
        }
    }

    void prove(std::int64_t version) {
        const auto which = find(version);
        if (!which || !can_be_undone(*which)) return;
        const proof result = on_.prove_in_transaction(*which);
        if (result.what == proof::outcome::unsure) throw prove_for_real{version};
        ++report_.undone;
        if (result.what == proof::outcome::different)
            report_.findings.push_back(core::wrong_down(*which, result.differences));
    }

    [[nodiscard]] std::optional<migration> find(std::int64_t version) const {
        for (std::size_t index = 0; index < what_.size(); ++index)
            if (what_[index].version() == version) return what_[index];
        return std::nullopt;
    }

    bool prove_next_for_real() {
        on_.remember();
        const catalog before = on_.read_catalog();
        try {
            apply_up_to(done_);
        } catch (const error& thrown) {
            return stop(thrown);
        }
        ++report_.undone;
        if (auto wrong = undo_and_redo(what_[done_], before)) {
            report_.findings.push_back(std::move(*wrong));
            on_.bring_back();
            apply_first();
            apply_up_to(done_);
        }
        ++done_;
        return true;
    }

    std::optional<finding> undo_and_redo(const migration& which, const catalog& before) {
        try {
            rollback(on_.database(), what_, rollback_to::last(1), {.program = "varve verify"});
        } catch (const error& thrown) {
            if (!core::is_about_a_script(thrown)) throw;
            return core::failed_down(which, thrown);
        }
        const auto differences = compare(before, on_.read_catalog());
        if (!differences.empty()) return core::wrong_down(which, differences);
        on_.put_numbers_back();
        try {
            apply_up_to(done_);
        } catch (const error& thrown) {
            if (!core::is_about_a_script(thrown)) throw;
            return core::failed_again(which, thrown);
        }
        return std::nullopt;
    }

    // The next migration cannot be applied.
    bool stop(const error& thrown) {
        if (!core::is_about_a_script(thrown)) throw thrown;
        const auto which = find(thrown.details().version).value_or(what_[done_]);
        report_.findings.push_back(core::failed_up(which, thrown, what_.size() - done_ - 1));
        return false;
    }

    [[nodiscard]] std::string master_path() const {
        return how_.master.empty() ? std::string(what_.master()->up().file()) : how_.master;
    }

    // On a database that is empty again.
    void prove_master() {
        const catalog by_migrations = without_rows(on_.read_catalog());
        on_.bring_back();
        apply_first();
        try {
            init(on_.database(), what_, {.program = "varve verify"});
        } catch (const error& thrown) {
            if (!core::is_about_a_script(thrown)) throw;
            report_.findings.push_back(core::failed_master(master_path(), thrown));
            return;
        }
        const auto differences = compare(by_migrations, without_rows(on_.read_catalog()));
        if (!differences.empty()) report_.findings.push_back(core::wrong_master(master_path(), differences));
    }

    void pause_if_due() {
        if (done_ != how_.pause_after || done_ <= how_.already_proven || report_.any_errors() || !how_.on_pause) return;
        std::exchange(how_.on_pause, nullptr)(report_.findings);
    }

    scratch_database& on_;
    const std::vector<const history*>& first_;
    const history& what_;
    verify_options how_;
    verify_report report_;
    std::size_t done_ = 0;
    std::optional<std::int64_t> unsure_;
};

}  // namespace

verify_report verify(scratch_database& on, const std::vector<const history*>& first, const history& what,
                     verify_options how) {
    return verification(on, first, what, std::move(how)).run();
}

}  // namespace varve
