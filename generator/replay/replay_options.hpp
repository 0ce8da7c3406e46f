#pragma once

#include <replay/sqlite_version.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace varve::generator {

enum class replay_mode : std::uint8_t { off, on };

/// An aggregate is a window function too.
enum class function_kind : std::uint8_t { scalar, aggregate };

/// A function that the application registers: the replay puts one of that name in its place.
struct stand_in_function {
    std::string name;
    int arguments = -1;  ///< -1: any number
    function_kind kind = function_kind::scalar;
};

/// What `varve check` and `varve lock` do with the cache, and what `varve embed` does.
enum class cache_use : std::uint8_t { read, read_and_write };

/// How the history is replayed (docs/replay.md).
struct replay_options {
    replay_mode mode = replay_mode::on;
    std::vector<stand_in_function> functions;
    std::vector<std::string> collations;
    std::optional<sqlite_version> target;  ///< the oldest SQLite that the scripts are to run on
    std::filesystem::path cache;           ///< a directory; empty: none
    cache_use use = cache_use::read;
    std::uint64_t most_steps = 100'000'000;  ///< of SQLite's virtual machine, in one statement: a second or two
};

/// `slugify/1`, `slugify`, `median/1:aggregate`: a name, the number of arguments, the kind. Nothing if it is none of
/// these.
[[nodiscard]] std::optional<stand_in_function> parse_stand_in_function(const std::string& text);

}  // namespace varve::generator
