#pragma once

#include <sql/lexer.hpp>
#include <sql/script_findings.hpp>

#include <string_view>

namespace varve::generator {

/// What a lexer's error means to whoever wrote the script, and what to do (M103, M104, M111, M112, M113, M116).
[[nodiscard]] finding explain(const lex_error&, std::string_view text, engine_kind dialect);

}  // namespace varve::generator
