#pragma once

#include <varve/postgresql.hpp>

#include <chrono>
#include <functional>

namespace varve {

struct progress_intervals {
    std::chrono::milliseconds after{1000};  ///< a statement that takes no longer is not looked at
    std::chrono::milliseconds every{500};
};

/// For `postgresql_options::watch`: the observer hears `progressed` about CREATE INDEX, CLUSTER, VACUUM, ANALYZE and
/// COPY, as the server's views `pg_stat_progress_*` have it.
///
/// Each statement is sent by a thread of its own, while the thread that called `migrate` waits, asks on a second
/// connection and tells the observer. So the observer is called on one thread only, as always, and may throw: then the
/// statement is cancelled. If the second connection cannot be made, or fails, nothing is told, and the migration goes
/// on as if nobody had asked.
[[nodiscard]] std::function<void(const watched_statement&)> server_progress(progress_intervals = {});

}  // namespace varve
