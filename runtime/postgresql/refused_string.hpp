#pragma once

#include "performing.hpp"
#include "script_block.hpp"

#include <optional>

/// What the answer to a string of SQL means for what it contained.
namespace varve::postgresql {

/// Tells about the statements up to the failing one; about all of them if there is none. The whole string is over when
/// its answer comes.
void tell(const performance&, const std::optional<statement_position>& failing);

/// What the refusal of a transaction means: another outcome than `done`, or it throws. Throws `no_block_language` if
/// the server cannot run an anonymous block.
[[nodiscard]] outcome outcome_of(const server_error&, const performance&, const script_block&);

}  // namespace varve::postgresql
