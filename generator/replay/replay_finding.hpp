#pragma once

#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace varve::generator {

/// A place in a history that does not depend on where its directory is.
struct script_place {
    std::size_t migration = 0;  ///< behind the last one: the master file
    direction which = direction::up;
    std::size_t offset = 0;  ///< bytes into the file's text
};

/// What a replay found: a diagnostic that can be kept in a cache.
struct replay_finding {
    struct note {
        script_place where;
        std::string message;
    };
    severity level = severity::error;
    std::string code;
    script_place where;
    std::string message;
    std::string hint;
    std::vector<note> notes;
};

/// A migration, or the master file behind the last one.
[[nodiscard]] const migration_source& migration_at(const history_source&, std::size_t index);

[[nodiscard]] diagnostic to_diagnostic(const replay_finding&, const history_source&);

}  // namespace varve::generator
