#pragma once

#include "text.hpp"

#include <varve/engine.hpp>
#include <varve/error.hpp>

#include <cstddef>

namespace varve::core {

/// Not inline: the members of an error are code at each place that makes one.
[[nodiscard]] error made_error(error_code, pieces message, std::string_view hint);

/// Throws an error that has no place in a script.
[[noreturn]] void raise(error_code, pieces message, std::string_view hint);

/// A statement that has to be run by itself, through a transaction pooler.
[[nodiscard]] error needs_session_error(const runnable&, std::size_t statement);

}  // namespace varve::core
