#pragma once

#include <source/directory.hpp>
#include <source/migration_source.hpp>

#include <optional>

namespace varve::generator {

/// A file of C++ as a migration: `up` and, if it defines one, `down` are the same file without statements.
struct read_code_result {
    script_source up;
    std::optional<script_source> down;
    code_source code;
};

/// Reads the directives of a migration written in C++, its checksum, and which functions it defines
/// (docs/cpp_migrations.md). Reports a file without an `up` that varve can call (M060), and directives that say nothing
/// there (M014).
[[nodiscard]] read_code_result read_code(script_file, diagnostics&);

}  // namespace varve::generator
