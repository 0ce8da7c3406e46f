#pragma once

#include <schema/changes.hpp>

#include <string>
#include <string_view>

namespace varve::generator {

/// What ALTER and DROP call a kind of object: `MATERIALIZED VIEW`; empty if there is no one word for it.
[[nodiscard]] std::string_view keyword_of(object_kind);

/// `'it''s'`
[[nodiscard]] std::string text_literal(std::string_view text);

}  // namespace varve::generator
