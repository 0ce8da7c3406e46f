#pragma once

#include <source/migration_source.hpp>

#include <string>

namespace varve::generator {

/// The migrations of a history: a table of all, then each with its scripts and what it locks, loses or breaks.
/// Markdown.
[[nodiscard]] std::string migrations_section(const history_source&);

}  // namespace varve::generator
