#pragma once

#include <lock/lock_file.hpp>
#include <source/migration_source.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// The texts of the scripts, as a build keeps them beside its outputs, so that the message about a released one that
/// was edited can show what it was. Drafts too: they may be released without another build. Nothing else is ever
/// decided by them, and whoever finds one asks it for its checksum.
[[nodiscard]] std::string print_kept_scripts(const history_source&);

/// The texts that are kept under a checksum. A damaged file has fewer.
[[nodiscard]] std::vector<std::string_view> find_kept_scripts(std::string_view kept, const checksum&);

}  // namespace varve::generator
