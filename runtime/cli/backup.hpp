#pragma once

#include "command.hpp"

#include <string>

namespace varve::cli {

/// Throws a `usage_problem` if this program has no way to save a database.
[[nodiscard]] backup_method& backup_of(const session&);

/// Saves the database, into a file of a name of its own if none is given, and returns the name.
[[nodiscard]] std::string save_backup(const session&, const std::string& file = {});

/// For `--backup`: saves the database, if that was asked for and nothing but a dry run is, and says where.
void save_backup_first(const session&);

}  // namespace varve::cli
