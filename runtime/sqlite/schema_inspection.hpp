#pragma once

#include "connection.hpp"

#include <varve/drift.hpp>

#include <functional>
#include <memory>
#include <string>

namespace varve::sqlite {

/// Of the connection that an engine has; null if there is no database.
[[nodiscard]] std::shared_ptr<schema_inspector> inspector_for(std::string location,
                                                              std::function<const connection*()> reading);

/// A database in memory.
[[nodiscard]] std::unique_ptr<scratch_schema> schema_in_memory();

/// The schema as SQL. `on` may be null: there is no database.
[[nodiscard]] std::string schema_text_of(const connection* on, const std::string& location);

}  // namespace varve::sqlite
