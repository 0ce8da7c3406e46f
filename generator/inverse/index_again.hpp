#pragma once

#include <inverse/undoing.hpp>

#include <cstdint>
#include <string>

namespace varve::generator {

enum class index_mode : std::uint8_t { in_transaction, concurrently };

/// Builds an index that the history made once more. Why it cannot; empty if it was added.
[[nodiscard]] std::string build_again(const undone_statement&, const known_index&, index_mode, undo_steps&);

}  // namespace varve::generator
