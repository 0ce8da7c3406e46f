#pragma once

#include "connection.hpp"

#include <string>

/// Copies of a whole database, page by page, while others use it. A copy is one state of it.
namespace varve::sqlite {

/// The file of the database; empty for one in memory.
[[nodiscard]] std::string file_of(const connection&);

/// Writes a file that did not exist. Throws `varve::error`.
void save(const connection& from, const std::string& file);

/// Replaces the contents of a database in one transaction; a file that is no database changes nothing.
void restore(const connection& to, const std::string& file);

}  // namespace varve::sqlite
