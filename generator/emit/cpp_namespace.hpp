#pragma once

#include <string>
#include <string_view>

namespace varve::generator {

/// Why a text cannot be the namespace of a generated unit (`shop`, `company::shop`), a sentence for the user; empty if
/// it can.
[[nodiscard]] std::string why_not_a_namespace(std::string_view text);

}  // namespace varve::generator
