#pragma once

#include <lint/lint_options.hpp>
#include <replay/replay_options.hpp>

namespace varve::generator {

/// What is to be found out about a history's SQL, beside whether it can be embedded.
struct review_options {
    lint_options lint{};
    replay_options replay{};
};

}  // namespace varve::generator
