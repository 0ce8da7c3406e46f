#pragma once

#include <varve/history.hpp>

namespace varve::core {

/// Whether a statement does its work CONCURRENTLY: its waiting keeps nobody else waiting, and what it began stays when
/// it fails (an INVALID index).
[[nodiscard]] bool is_concurrent(const statement&);

}  // namespace varve::core
