#pragma once

#include <source/diagnostic.hpp>
#include <source/directory.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace varve::generator {

/// The up script of a version and the down script beside it.
struct script_pair {
    script_file up;
    std::optional<script_file> down;
};

/// What the lock file knows, by version: of two migrations with one version, the released one stays.
using released_names = std::map<std::int64_t, std::string>;

/// Puts the scripts of a listing together, by version. Reports two up or two down scripts for one version (M003) and
/// downs without an up (M004).
[[nodiscard]] std::vector<script_pair> pair_scripts(directory_listing, const released_names&, diagnostics&);

}  // namespace varve::generator
