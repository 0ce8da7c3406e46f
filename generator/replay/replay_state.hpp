#pragma once

#include <replay/effects.hpp>
#include <replay/replay_finding.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// What is known after some migrations were replayed: enough to go on from there.
struct replay_state {
    std::string image;  ///< the database; empty: nothing is in it
    names unreliable;   ///< objects that it would have, had everything been replayed
    std::vector<replay_finding> findings;
};

/// The state as bytes, and back; nothing if these are not the bytes of a state.
[[nodiscard]] std::string to_bytes(const replay_state&);
[[nodiscard]] std::optional<replay_state> state_from(std::string_view bytes);

}  // namespace varve::generator
