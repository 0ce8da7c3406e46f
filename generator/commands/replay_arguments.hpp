#pragma once

#include <replay/replay_options.hpp>

namespace CLI {
class App;
}

namespace varve::generator {

/// Adds the options that say how a SQLite history is replayed. What they say goes to `target`, which must outlive the
/// command.
void add_replay_arguments(CLI::App& command, replay_options& target);

}  // namespace varve::generator
