#pragma once

#include <varve/engine.hpp>
#include <varve/observer.hpp>

#include <chrono>
#include <stop_token>

namespace varve {

/// For programs that start together with their database: returns when the engine gets an answer, however the schema is.
/// Asks again and again while the server cannot be reached, is starting, has no room for another connection, or does
/// not have the database yet; each new reason is told as `event_kind::waiting`. After `longest` it throws the last
/// reason, with how long it waited. Asked to stop, it throws `cancelled`; an observer that
/// throws ends the wait, too. A SQLite file is not waited for: `migrate`
/// creates it.
void wait_for_database(engine&, std::chrono::milliseconds longest, observer* watch = nullptr,
                       std::stop_token stop = {});

}  // namespace varve
