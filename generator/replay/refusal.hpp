#pragma once

#include <string>

struct sqlite3;

namespace varve::generator {

/// Why SQLite would not do something.
struct refusal {
    int code = 0;  ///< the primary result code
    std::string message;
    int offset = -1;  ///< bytes into the statement; -1: not known
};

/// What the connection says about the call that just failed.
[[nodiscard]] refusal refusal_of(sqlite3*, int result);

}  // namespace varve::generator
