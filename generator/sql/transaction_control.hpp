#pragma once

#include <sql/script_findings.hpp>
#include <sql/token_reader.hpp>

namespace varve::generator {

/// What a statement does to the transaction it runs in.
enum class transaction_control : std::uint8_t {
    none,
    plain_begin,   ///< may be a script's first statement
    plain_commit,  ///< may be its last
    other,
};

[[nodiscard]] transaction_control control_of(const token_reader&, engine_kind dialect);

/// Why a statement that is not `none` cannot stay where it is (M105).
[[nodiscard]] finding explain_control(const token_reader&);

}  // namespace varve::generator
