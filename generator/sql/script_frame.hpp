#pragma once

#include <sql/script_findings.hpp>
#include <sql/token_reader.hpp>
#include <varve/history.hpp>

#include <cstddef>
#include <span>

namespace varve::generator {

/// What stands around a script's own statements and is not run: a plain BEGIN and COMMIT, and SQLite's PRAGMA
/// foreign_keys at the beginning and the end.
struct script_frame {
    std::size_t first = 0;  ///< the script's own statements: from here
    std::size_t end = 0;    ///< to before this one
    bool wrapped = false;   ///< by BEGIN and COMMIT
    foreign_keys_setting foreign_keys = foreign_keys_setting::unchanged;
};

/// Reports a PRAGMA foreign_keys that does not belong to the frame or contradicts it (M117).
[[nodiscard]] script_frame take_frame_off(std::span<const token_reader> statements, engine_kind dialect,
                                          script_findings&);

}  // namespace varve::generator
