#include <varve/init.hpp>

#include "compare.hpp"
#include "operation.hpp"
#include "plan_init.hpp"
#include "raise.hpp"
#include "run.hpp"
#include "scratch_replay.hpp"

#include <algorithm>
#include <utility>

namespace varve {
namespace {

void add(report& to, report more) {
    to.took += more.took;
    for (step& each : more.done) to.done.push_back(std::move(each));
    for (std::string& each : more.notes) to.notes.push_back(std::move(each));
}

/// One call of `init`.
class initialising {
public:
    initialising(engine& database, const histories& all, const options& how, const adoption& adopting)
        : database_(database), all_(all), how_(how), adopting_(adopting) {
        how_.to = target::newest();
    }

    report run() {
        core::check_histories(database_, all_);
        report result;
        if (core::is_current(database_, all_)) {
            for (const history* each : all_.all())
                result.notes.push_back(core::joined({each->name, " is initialised already"}));
            return result;
        }
        if (has_tables_of_others()) return adopt();
        // In their order: one may use what the one before it made.
        for (const history* each : all_.all()) add(result, begin(*each));
        return result;
    }

private:
    // The tables are looked for first: with the ledger of somebody who starts at the same time come his tables.
    [[nodiscard]] bool has_tables_of_others() {
        const auto overview = database_.overview();
        return overview && overview->tables > 0 && !database_.read(engine::rows::active).exists;
    }

    report adopt() {
        std::vector<std::string> different = differences();
        report result = record(all_, core::way_to_begin::record_only);
        for (std::string& each : different) result.notes.push_back(std::move(each));
        for (const history* each : all_.all()) add_repeatable(result, *each);
        return result;
    }

    [[nodiscard]] std::vector<std::string> differences() {
        if (adopting_.by == nullptr) {
            core::raise(error_code::invalid_argument,
                        {database_.location(), " has tables and no ledger, and nothing here can compare their schema"},
                        "give `init` the tools of the engine, or record what is there with `baseline`");
        }
        const auto scratch = adopting_.by->make_scratch(adopting_.scratch_server);
        core::make_complete(scratch->database(), all_);
        const auto found = compare(scratch->read_catalog(), adopting_.by->read_catalog());
        if (adopting_.when_different == adoption::differences::refuse) refuse(found);
        std::vector<std::string> result;
        result.reserve(found.size());
        for (const difference& each : found) result.push_back(core::joined({"different: ", drift_text(each)}));
        return result;
    }

    void refuse(const std::vector<difference>& found) const {
        if (found.empty()) return;
        error_details details;
        details.code = error_code::diverged;
        details.message =
            core::joined({database_.location(), " has tables and no ledger, and their schema is not what ",
                          "this program makes; nothing was recorded"});
        details.hint =
            "`init --accept-differences` records everything as applied all the same; `baseline VERSION` only what is "
            "there";
        for (const difference& each : found) core::append(details.message, {"\n", drift_text(each)});
        throw error(std::move(details));
    }

    report begin(const history& one) {
        if (!one.master()) return migrate(database_, one, how_);
        report result = record(one, core::way_to_begin::run_master);
        add_repeatable(result, one);
        return result;
    }

    // They say themselves what they make, also where it is there already.
    void add_repeatable(report& to, const history& one) {
        if (!one.repeatables.empty() && how_.mode == run_mode::perform) add(to, migrate(database_, one, how_));
    }

    report record(const histories& which, core::way_to_begin way) {
        core::operation what;
        what.decide = [&](const ledger_snapshot& ledger, const std::vector<step>&) {
            plan together;
            for (const history* each : which.all()) {
                plan one = core::plan_init(*each, ledger, way);
                for (step& next : one.steps) together.steps.push_back(std::move(next));
                for (std::string& note : one.notes) together.notes.push_back(std::move(note));
            }
            return together;
        };
        what.read = core::read_ledger;
        what.transactions = grouping::all;
        what.care = core::operation::ledger_care::always;
        return core::operate(database_, which, how_, what);
    }

    engine& database_;
    const histories& all_;
    options how_;
    const adoption& adopting_;
};

}  // namespace

report init(engine& database, const histories& all, const options& how, const adoption& adopting) {
    return initialising(database, all, how, adopting).run();
}

}  // namespace varve
