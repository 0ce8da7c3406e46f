#pragma once

#include <sql/token_reader.hpp>

namespace varve::generator {

/// A DO block or a procedure in PL/pgSQL whose body, between dollar quotes, has the words of COMMIT or ROLLBACK in the
/// place of a statement. What is known where PostgreSQL's own compiler of such bodies is not there or refuses one.
[[nodiscard]] bool body_words_end_transaction(const token_reader& statement);

}  // namespace varve::generator
