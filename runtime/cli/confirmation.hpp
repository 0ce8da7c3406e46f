#pragma once

#include "command.hpp"

#include <span>

namespace varve::cli {

enum class answer : std::uint8_t { yes, no };

/// Shows what would be done and asks. The end of the input is a no.
[[nodiscard]] answer ask(const session&, std::span<const step>);

/// What is typed after a question. The end of the input is a no.
[[nodiscard]] answer read_answer(const session&);

/// Whether this invocation has to ask at all.
[[nodiscard]] bool must_ask(const session&);

/// Throws a `usage_problem` if it has to ask and cannot.
void check_can_ask(const session&);

}  // namespace varve::cli
