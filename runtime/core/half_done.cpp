#include "half_done.hpp"

#include "naming.hpp"

namespace varve::core {
namespace {

bool is_reverting(const ledger_entry& row) { return row.state == entry_state::reverting; }

std::string_view command_that_goes_on(const ledger_entry& row) { return is_reverting(row) ? "rollback" : "migrate"; }

/// `migrations/0007_add_index.sql:3:1`
std::string place_of(const stored_statement& of) { return joined({of.file, ":", of.line, ":", of.column}); }

/// Both ends that a script can be brought to by hand.
std::string by_hand(const ledger_entry& row) {
    const std::int64_t version = row.version.value_or(0);
    return joined({"bring the database by hand to where all of ", label(row), " is applied and say `skip ", version,
                   " --reason ...`, or to where nothing of it is and say `repair ", version,
                   " --not-applied --reason ...`"});
}

}  // namespace

std::string how_far(const ledger_entry& row, const unfinished_script& work) {
    return joined(
        {label(row), is_reverting(row) ? " is half reverted, " : " is half done, ", work.finished, " of ", work.total});
}

problem begun_problem(const ledger_entry& row, const unfinished_script& work) {
    const std::int64_t version = row.version.value_or(0);
    const std::string settle = joined({"`repair ", version, " --statement ", work.statement});
    return problem_with(
        problem_kind::half_done, row,
        {how_far(row, work), ": statement ", work.statement, " was begun by ", row.applied_by, " at ", row.applied_at,
         " or later, and nobody knows whether it took effect\n", place_of(*work.at), "\n", work.at->sql},
        {"if that process is still running, wait for it; if not, look in the database what it did, then say so:\n",
         settle, " --done --reason ...` if it took effect, ", settle, " --not-done --reason ...` if not; then `",
         command_that_goes_on(row), "` goes on"});
}

problem changed_problem(const ledger_entry& row, const unfinished_script& work) {
    return problem_with(problem_kind::half_done, row,
                        {how_far(row, work), ": statement ", work.statement,
                         " was run, but reads differently in this program\n", place_of(*work.at), "\n", work.at->sql},
                        {"restore the statement and run `", command_that_goes_on(row), "` again, or ", by_hand(row)});
}

problem changed_code_problem(const ledger_entry& row) {
    return problem_with(problem_kind::half_done, row,
                        {label(row), " is half done, ", row.statements_done,
                         " of its batches are committed, and its file is another one in this program"},
                        {"restore the file and run `migrate` again, or ", by_hand(row)});
}

problem unrecorded_problem(const ledger_entry& row) {
    return problem_with(problem_kind::half_done, row,
                        {label(row), is_reverting(row) ? " is half reverted" : " is half done",
                         ", and the ledger does not say how far"},
                        {by_hand(row)});
}

}  // namespace varve::core
