#pragma once

#include <source/migration_source.hpp>

namespace varve::generator {

/// Says of each draft that has no directive about it whether it breaks older programs, and why. What drafts made
/// themselves no released program knows. The same whether PostgreSQL's parser is there or not, as far as the statements
/// are plain ones.
void derive_compatibility(history_source&);

}  // namespace varve::generator
