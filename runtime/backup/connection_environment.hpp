#pragma once

#include <map>
#include <string>

namespace varve::backup {

/// A connection string taken apart for programs of PostgreSQL.
struct connection_environment {
    std::map<std::string, std::string> variables{};  ///< PGHOST, PGPASSWORD, ...
    std::string rest{};      ///< options that have no variable, as a connection string; never a secret
    std::string database{};  ///< for a name of a file; may be empty
    std::string password{};  ///< must not appear in a message
};

/// Reads it as libpq does. Throws `varve::error` that does not show it.
[[nodiscard]] connection_environment environment_of(const std::string& uri);

}  // namespace varve::backup
