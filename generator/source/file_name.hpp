#pragma once

#include <varve/history.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace varve::generator {

enum class script_language : std::uint8_t { sql, cpp };

/// A script's file name, taken apart: `<version>_<name>[.up|.down][.sqlite|.postgresql].sql`, or
/// `<version>_<name>[.sqlite|.postgresql].cpp` (docs/file_names.md).
struct file_name {
    std::int64_t version = 0;
    std::string version_text;  ///< as written, with leading zeros
    std::string name;          ///< `add_email`
    direction which = direction::up;
    std::optional<engine_kind> engine;  ///< empty: for every engine
    script_language language = script_language::sql;
};

/// Why a name in the directory is not that of a script this varve can read.
struct bad_file_name {
    std::string code;  ///< M001 stray, M002 malformed, M006 reserved for a later version
    std::string message;
    std::string hint;
};

/// Takes a name apart. Knows how other tools name their files and says how varve wants it.
[[nodiscard]] std::variant<file_name, bad_file_name> parse_file_name(std::string_view);

/// The file of the down script that belongs to an up script's file: `0007_add_email.down.sqlite.sql`.
[[nodiscard]] std::string down_file_name(std::string_view up_file);

/// README.md, dotfiles and lock files may lie in the directory; nothing else but scripts may.
[[nodiscard]] bool may_lie_in_directory(std::string_view name);

/// Letters, digits, `_`, `-` and letters beyond ASCII; neither empty nor longer than 200 bytes.
[[nodiscard]] bool is_migration_name(std::string_view);

/// What a history may be called: an ASCII letter or `_`, then letters, digits, `_`, `-` and `.`; at most 63 bytes.
[[nodiscard]] bool is_history_name(std::string_view);

/// `sqlite` or `postgresql`, as in file names, lock files and arguments.
[[nodiscard]] std::string_view engine_word(engine_kind);
[[nodiscard]] std::optional<engine_kind> parse_engine(std::string_view);

}  // namespace varve::generator
