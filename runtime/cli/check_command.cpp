#include "commands.hpp"
#include "json_of.hpp"
#include "stop_signals.hpp"
#include "write.hpp"

namespace varve::cli {
namespace {

std::string_view sentence_of(database_state state) {
    switch (state) {
        case database_state::current:
            return "current: nothing is pending\n";
        case database_state::pending:
            return "pending: the database is behind this program; `migrate` applies the rest\n";
        case database_state::diverged:
            break;
    }
    return "diverged: history and database disagree; `status` says where\n";
}

exit_code code_of(database_state state) {
    switch (state) {
        case database_state::current:
            return exit_code::success;
        case database_state::pending:
            return exit_code::pending;
        case database_state::diverged:
            break;
    }
    return exit_code::diverged;
}

// Waits as long as it makes sense; what came of it is then looked at as ever.
database_state awaited_state(session& of) {
    const bool refuses = of.how.when_newer == newer_database::refuse;
    if (of.asked.wait.count() == 0 && !refuses) return check(of.database, of.known);
    std::optional<stop_signals> signals;
    if (of.asked.wait.count() > 0) of.how.stop = stop_or_signals(of.how.stop, signals);
    try {
        require(of.database, of.known,
                {.when_newer = refuses ? newer_database::refuse : newer_database::accept_compatible,
                 .wait = of.asked.wait,
                 .stop = of.how.stop,
                 .watch = of.how.watch});
        return database_state::current;
    } catch (const error& why) {
        if (why.code() == error_code::pending) return database_state::pending;
        if (why.code() == error_code::diverged) return database_state::diverged;
        throw;
    }
}

}  // namespace

int run_check(session& of) {
    const database_state state = awaited_state(of);
    if (of.asked.format == output::json) {
        write(*of.where.out, json_object().text("command", "check").text("state", word_of(state)).line());
    } else {
        write(*of.where.out, sentence_of(state));
    }
    return static_cast<int>(code_of(state));
}

}  // namespace varve::cli
