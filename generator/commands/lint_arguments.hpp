#pragma once

#include <lint/lint_options.hpp>

namespace CLI {
class App;
}

namespace varve::generator {

/// Adds the options that say what lint looks for. What they say goes to `target`, which must outlive the command.
void add_lint_arguments(CLI::App& command, lint_options& target);

}  // namespace varve::generator
