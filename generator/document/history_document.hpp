#pragma once

#include <source/migration_source.hpp>

#include <string>
#include <string_view>

namespace varve::generator {

/// A history as Markdown: the schema it makes, with a diagram, and its migrations. The same history, the same bytes.
[[nodiscard]] std::string history_document(const history_source&);

/// Whether a text was made by history_document(): else it belongs to somebody, and is not written over.
[[nodiscard]] bool is_history_document(std::string_view text);

}  // namespace varve::generator
