#pragma once

#include <source/migration_source.hpp>

namespace varve::generator {

/// Reads the `-- varve:` comments before the first token. Reports unknown (M010), malformed (M011), misplaced (M012),
/// repeated (M013) ones and those that say nothing in a down script (M014).
[[nodiscard]] directives read_directives(const text_file&, const lexed&, direction, diagnostics&);

}  // namespace varve::generator
