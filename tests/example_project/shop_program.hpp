#pragma once

#include <string>

namespace varve::testing {

struct shop_run {
    std::string output;  ///< standard output and error
    int code = 0;
};

/// Runs `shop <arguments>`.
[[nodiscard]] shop_run run_shop(const std::string& arguments);

}  // namespace varve::testing
