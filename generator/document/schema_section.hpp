#pragma once

#include <schema/schema.hpp>
#include <source/migration_source.hpp>

#include <string>

namespace varve::generator {

/// The schema that a history makes: a diagram, each table with columns, constraints and indexes, and whatever else
/// there is. Markdown.
[[nodiscard]] std::string schema_section(const history_source&);

/// The heading of a migration: `0001 create_users`.
[[nodiscard]] std::string heading_of(const migration_source&);

}  // namespace varve::generator
