#pragma once

#include <replay/replay_options.hpp>

namespace varve::generator {

/// What is to be found out about a history's SQL, beside whether it can be embedded.
struct review_options {
    replay_options replay{};
};

}  // namespace varve::generator
