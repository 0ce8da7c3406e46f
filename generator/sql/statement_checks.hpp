#pragma once

#include <sql/script_findings.hpp>
#include <sql/token_reader.hpp>

#include <vector>

namespace varve::generator {

/// What must not stand in any statement of a script, whatever the others are: bytes that are no SQL (M113), bound
/// parameters (M114), COPY from or to the client (M115), strings that mean something else (M118) and commands of the
/// sqlite3 shell (M104).
[[nodiscard]] std::vector<finding> check_statement(const token_reader&, engine_kind dialect);

/// `COPY .. FROM STDIN`: what follows may be data.
[[nodiscard]] bool reads_from_client(const token_reader&, engine_kind dialect);

}  // namespace varve::generator
