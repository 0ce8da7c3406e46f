#pragma once

#include <source/migration_source.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace varve::generator {

/// What a statement of an up script locks, loses or breaks (rules M2xx, M3xx and M4xx).
struct migration_cost {
    std::string code;
    std::uint32_t line = 0;
    std::string message;
};

/// Of each migration, in their order: what it costs where everything before it is in production, as if it were the only
/// draft. Unlike `lint()` it judges nothing: what a script accepts is named, too.
[[nodiscard]] std::vector<std::vector<migration_cost>> costs_of(history_source);

}  // namespace varve::generator
