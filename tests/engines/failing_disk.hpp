#pragma once

#include <functional>

namespace varve::testing {

/// A disk that can fail: an SQLite file system under the name `varve_failing_disk` (`file:x.db?vfs=varve_failing_disk`)
/// that passes everything on to the real one and counts reads, writes, flushes, truncations and deletions.
class failing_disk {
public:
    failing_disk();
    failing_disk(const failing_disk&) = delete;
    failing_disk& operator=(const failing_disk&) = delete;
    ~failing_disk();

    /// Calls `what` before the n-th operation from now, counted from 1; if it returns, that operation fails.
    void at(int operation, std::function<void()> what);
    /// The n-th operation from now fails, and all after it.
    void from(int operation);
    /// Everything works from now on; counting begins anew.
    void repair();
    [[nodiscard]] static int operations();
};

}  // namespace varve::testing
