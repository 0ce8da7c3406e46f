#pragma once

#include <varve/command_line.hpp>

#include <functional>
#include <string>
#include <string_view>

/// The program that `add_db_migrations(... MIGRATOR)` makes.
namespace varve {

/// How it was called.
struct migrator_call {
    std::string database{};  ///< from `--database`, else from the variable DATABASE_URL
    arguments words = {};    ///< the command and what follows it
};

/// `shop-migrate --database shop.db status`: takes the words of `main` apart, the program's name first, and runs the
/// command on the database. Without a database it says how to name one. Returns the exit code; never throws.
int migrator(std::string_view program, const arguments& words, const std::function<int(const migrator_call&)>& run);

}  // namespace varve
