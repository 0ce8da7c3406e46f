#include <varve/wait_for_database.hpp>

#include "failure.hpp"
#include "pauses.hpp"
#include "text.hpp"

#include <varve/error.hpp>

#include <utility>

namespace varve {
namespace {

[[noreturn]] void give_up(const error& failure, std::chrono::milliseconds longest) {
    error_details details = failure.details();
    details.message.insert(0, core::joined({"waited ", longest.count(), " ms for the database: "}));
    throw error(std::move(details));
}

}  // namespace

void wait_for_database(engine& database, std::chrono::milliseconds longest, observer* watch, std::stop_token stop) {
    core::watcher told(watch);
    core::pauses pauses(told, longest, std::move(stop));
    for (;;) {
        try {
            (void)database.is_current({});
            return;
        } catch (const error& failure) {
            if (!core::may_still_come(failure)) throw;
            if (pauses.are_over()) give_up(failure, longest);
            pauses.tell(failure.details().message);
        }
        pauses.sleep();
    }
}

}  // namespace varve
