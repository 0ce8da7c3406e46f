#pragma once

#include <optional>
#include <string>
#include <string_view>

/// How far a migration in batches is, in the JSON object of its row's details: `{"released":3,"position":"4711"}`.
namespace varve::core {

/// Empty: no batch is done.
[[nodiscard]] std::optional<std::string> position_in(std::string_view details);

/// The details with another position.
[[nodiscard]] std::string with_position(std::string_view details, std::string_view position);

/// The details without one.
[[nodiscard]] std::string without_position(std::string_view details);

}  // namespace varve::core
