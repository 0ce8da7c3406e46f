#pragma once

#include <varve/history.hpp>

#include <string>
#include <string_view>

namespace varve::generator {

/// A name as it must be written in SQL: between double quotes if a key word, capitals or odd characters need them.
[[nodiscard]] std::string quoted_name(std::string_view name, engine_kind);

}  // namespace varve::generator
