#include <varve/wait_for_database.hpp>

#include "pauses.hpp"
#include "text.hpp"
#include "watcher.hpp"

#include <varve/error.hpp>

#include <string>

namespace varve {
namespace {

bool may_still_come(const error& failure) {
    return failure.code() == error_code::connection_failed || failure.code() == error_code::database_missing;
}

[[noreturn]] void give_up(const error& failure, std::chrono::milliseconds longest) {
    error_details details = failure.details();
    details.message.insert(0, core::joined({"waited ", longest.count(), " ms for the database: "}));
    throw error(std::move(details));
}

}  // namespace

void wait_for_database(engine& database, std::chrono::milliseconds longest, observer* watch) {
    core::watcher told(watch);
    core::pauses pauses(longest);
    std::string reason;
    for (;;) {
        try {
            (void)database.is_current({});
            return;
        } catch (const error& failure) {
            if (!may_still_come(failure)) throw;
            if (pauses.are_over()) give_up(failure, longest);
            if (reason != failure.details().message) {
                reason = failure.details().message;
                told.tell({.kind = event_kind::waiting, .message = reason});
            }
        }
        pauses.sleep();
    }
}

}  // namespace varve
