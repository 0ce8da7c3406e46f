#include "commands.hpp"
#include "json_of.hpp"
#include "shown_progress.hpp"
#include "stop_signals.hpp"
#include "write.hpp"

#include <varve/wait_for_database.hpp>

#include <optional>

namespace varve::cli {
namespace {

void wait_until_current(const session& of, observer* watch) {
    require(of.database, of.known,
            {.when_newer = of.how.when_newer, .wait = of.asked.timeout, .stop = of.how.stop, .watch = watch});
}

void tell(const session& of) {
    const bool current = of.asked.current;
    if (of.asked.format == output::text)
        return write(*of.where.out, current ? "current: nothing is pending\n" : "the database answers\n");
    json_object result;
    result.text("command", "wait").flag("reachable", true);
    if (current) result.text("state", word_of(database_state::current));
    write(*of.where.out, result.line());
}

}  // namespace

int run_wait(session& of) {
    std::optional<stop_signals> signals;
    of.how.stop = stop_or_signals(of.how.stop, signals);
    {
        const shown_progress shown(of);
        if (of.asked.current) {
            wait_until_current(of, shown.watch());
        } else {
            wait_for_database(of.database, of.asked.timeout, shown.watch(), of.how.stop);
        }
    }
    tell(of);
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
