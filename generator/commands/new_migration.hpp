#pragma once

#include <commands/console.hpp>
#include <varve/history.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace varve::generator {

enum class numbering : std::uint8_t {
    as_before,  ///< the next number, or a time stamp if the newest migration has one
    timestamp
};

enum class scripts_wanted : std::uint8_t { up_and_down, up_only };

struct new_request {
    std::string title;  ///< `Add user preferences`
    std::filesystem::path directory;
    std::optional<engine_kind> engine;  ///< empty: for every engine
    numbering how = numbering::as_before;
    scripts_wanted scripts = scripts_wanted::up_and_down;
    std::filesystem::path up_template{};  ///< its text follows the head of the up script; may be empty
};

/// The name a title gives a migration: `add_user_preferences`. ASCII letters in lower case, digits and letters beyond
/// ASCII stay, each run of anything else is one `_`. Empty if nothing is left.
[[nodiscard]] std::string name_from_title(std::string_view title);

/// `varve new`: writes the files of a new migration, never over an existing one, and prints their paths.
[[nodiscard]] exit_code new_migration(const new_request&, std::chrono::sys_seconds now, const console&);

}  // namespace varve::generator
