#include "compare.hpp"
#include "naming.hpp"
#include "plan_records.hpp"
#include "resume.hpp"
#include "target_history.hpp"

#include <string>

namespace varve::core {
namespace {

using refusal = std::optional<problem>;

problem nothing_active(const compared_history& at, std::int64_t version) {
    problem result;
    result.kind = problem_kind::unknown_version;
    result.history = at.owner->name;
    result.version = version;
    result.message = joined({digits(version), " is neither applied nor half done, so that there is nothing to repair"});
    result.hint = "`migrate` applies what is pending, `skip` records it as applied";
    return result;
}

problem refused(problem_kind kind, const ledger_entry& row, pieces message, pieces hint) {
    return problem_with(kind, row, message, hint);
}

refusal check_statement(const ledger_entry& row, const ledger_snapshot& ledger, const repair_request& what) {
    if (row.state == entry_state::applied) {
        return refused(problem_kind::already_applied, row, {label(row), " is applied: none of its statements is open"},
                       {"if it is not: `repair ", what.version, " --not-applied --reason ...`"});
    }
    const direction which = row.state == entry_state::reverting ? direction::down : direction::up;
    const auto recorded = statements_of(ledger, row.id, which);
    const auto done = static_cast<std::int32_t>(count_done(recorded));
    const auto total = static_cast<std::int32_t>(recorded.size());
    const std::int32_t next = done + 1;
    const bool marks_done = what.what == repair_kind::statement_done;
    const bool is_next = what.statement == next && next <= total;
    if (marks_done && is_next) return std::nullopt;
    if (!marks_done && is_next && recorded[static_cast<std::size_t>(done)]->state != statement_state::pending) {
        return std::nullopt;
    }
    if (!marks_done && what.statement == done && done > 0) return std::nullopt;
    const std::string_view which_one = marks_done ? "; only the next one can be declared done"
                                                  : "; only the last one that was begun can be declared not done";
    return refused(problem_kind::half_done, row,
                   {label(row), ": ", done, " of ", total, " statements are done", which_one},
                   {"`status` says which one is open"});
}

refusal check_accept(const compared_history& at, const ledger_entry& row, std::int64_t version) {
    const auto* known = at.find(version);
    if (known == nullptr) {
        return refused(problem_kind::unknown_version, row,
                       {"this program does not contain ", label(row), ": it has no checksum to take over"},
                       {"use the program that contains it"});
    }
    if (known->is == standing::unfinished) {
        return refused(problem_kind::half_done, row, {label(row), " is half done"},
                       {"finish it first: `migrate` goes on with it or says what to do"});
    }
    if (known->is != standing::edited) {
        return refused(problem_kind::already_applied, row,
                       {label(row), " is applied with the checksum that this program contains"}, {"nothing to accept"});
    }
    if (row.name != known->embedded.name()) {
        return refused(problem_kind::edited, row,
                       {"the database has ", label(row), ", this program ", label(known->embedded),
                        ": that is another migration, not a changed one"},
                       {"give it another version, or run the program that belongs to this database"});
    }
    return std::nullopt;
}

refusal check(const compared_history& at, const ledger_entry& row, const ledger_snapshot& ledger,
              const repair_request& what) {
    switch (what.what) {
        case repair_kind::statement_done:
        case repair_kind::statement_not_done:
            return check_statement(row, ledger, what);
        case repair_kind::accept:
            return check_accept(at, row, what.version);
        case repair_kind::not_applied:
            break;
    }
    return std::nullopt;
}

std::string note_about(const ledger_entry& row, const repair_request& what) {
    switch (what.what) {
        case repair_kind::statement_done:
            return joined({"statement ", what.statement, " is done"});
        case repair_kind::statement_not_done:
            return joined({"statement ", what.statement, " is not done and will be run again"});
        case repair_kind::not_applied:
            return joined({"was ", to_string(row.state), ", is not applied"});
        case repair_kind::accept:
            break;
    }
    return joined({"was ", row.checksum, ", is accepted as this program has it"});
}

}  // namespace

plan plan_repair(const histories& all, const ledger_snapshot& ledger, const repair_request& what) {
    const auto compared = compare(all, ledger);
    plan result;
    const auto* at = history_of(compared, what.version, lookup::ledger_too, result);
    if (at == nullptr) return result;
    const ledger_entry* row = at->active_row(what.version);
    if (row == nullptr) {
        result.problems.push_back(nothing_active(*at, what.version));
        return result;
    }
    if (auto found = check(*at, *row, ledger, what)) {
        result.problems.push_back(*std::move(found));
        return result;
    }
    step next{.what = step_kind::repair, .owner = at->owner};
    if (const auto* known = at->find(what.version)) next.embedded = known->embedded;
    next.version = what.version;
    next.name = row->name;
    next.ledger_id = row->id;
    next.note = note_about(*row, what);
    next.repair = what;
    result.steps.push_back(std::move(next));
    return result;
}

}  // namespace varve::core
