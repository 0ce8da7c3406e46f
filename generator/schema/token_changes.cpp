#include <schema/token_changes.hpp>

namespace varve::generator {

change change_from_tokens(const statement_text& text) { return other_statement{text.name(0)}; }

}  // namespace varve::generator
