#pragma once

#include <replay/sqlite_version.hpp>
#include <sql/token_reader.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace varve::generator {

/// Something that SQLite learnt in some version, where a statement uses it.
struct used_feature {
    std::size_t token = 0;
    std::string what;  ///< `RETURNING`, `function iif()`
    sqlite_version since;
};

/// What a statement uses of that, as far as its tokens tell. Facts: https://sqlite.org/changes.html
[[nodiscard]] std::vector<used_feature> used_features(const token_reader&);

}  // namespace varve::generator
