#pragma once

#include <string>
#include <vector>

namespace varve::generator {

/// A statement that lint reviews and a server performs. What is asked is done to `t`.
struct lock_case {
    std::string before;  ///< released; leaves rows in t
    std::string statement;
    std::string code;  ///< what lint finds; empty: nothing
};

/// Those that lint warns of, and beside them the ones that look alike and cost nothing.
[[nodiscard]] std::vector<lock_case> lock_cases();

}  // namespace varve::generator
