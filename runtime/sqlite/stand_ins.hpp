#pragma once

#include "connection.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What takes the place of functions and collations that only the application registers, as in the replay of a build
/// (docs/replay.md): the generator shares no code with what it makes programs of.
namespace varve::sqlite {

/// `slugify/1`, `any`, `median/1:aggregate`. `made_up` counts the values that are made up, and must outlive the
/// connection. Throws `varve::error` if SQLite does not take the name.
void add_stand_in_function(const connection& to, std::string_view function, std::int64_t& made_up);

/// Compares bytes.
void add_stand_in_collation(const connection& to, const std::string& name);

}  // namespace varve::sqlite
