#pragma once

#include <varve/history.hpp>

namespace orders {

/// The tables this library needs: migrate them together with your own.
const varve::history& history();

}  // namespace orders
