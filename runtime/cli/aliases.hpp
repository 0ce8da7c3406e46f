#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace varve::cli {

/// A command under the name that another tool gives it.
struct alias {
    std::string_view theirs;
    std::string_view ours;
    /// What their argument is in our words.
    enum class argument : std::uint8_t {
        as_ours,  ///< the command's own
        place,    ///< `--to`
        count     ///< how many: `--to +N`, `--last N`
    } means;
};

/// Accepted as the command itself.
[[nodiscard]] std::span<const alias> all_aliases();
/// Null if there is none.
[[nodiscard]] const alias* find_alias(std::string_view theirs);

/// What to do instead of a command that other tools have and this one has not, for a person; empty if not known.
[[nodiscard]] std::string_view way_instead_of(std::string_view foreign);

}  // namespace varve::cli
