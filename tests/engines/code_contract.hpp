#pragma once

#include "engine_contract.hpp"

namespace varve::testing {

/// What C++ finds in a transaction of varve's, on the engines that have a real database behind them.
class code_contract : public engine_contract {};

}  // namespace varve::testing
