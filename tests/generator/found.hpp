#pragma once

#include <source/diagnostic.hpp>

#include <sstream>
#include <string>

namespace varve::generator {

/// What was reported, as the user would see it.
inline std::string printed(const diagnostics& found) {
    std::ostringstream out;
    print(out, found, output_format::text);
    return out.str();
}

/// The codes that were reported, in the order they are printed: `M003 M004`.
inline std::string codes(const diagnostics& found) {
    std::string all;
    for (const diagnostic& each : found.sorted()) all += (all.empty() ? "" : " ") + each.code;
    return all;
}

}  // namespace varve::generator
