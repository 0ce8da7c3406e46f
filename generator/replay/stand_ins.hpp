#pragma once

#include <replay/replay_options.hpp>

#include <cstdint>
#include <string>

struct sqlite3;

namespace varve::generator {

/// What stands in for functions and collations that only the application registers. A function gives its first argument
/// that is not NULL (an aggregate that of the first row that has one), else a number that was not there before: good
/// for NOT NULL and UNIQUE. A collation compares bytes. Must outlive the connection.
class stand_ins {
public:
    void add(sqlite3*, const stand_in_function&);
    static void add_collation(sqlite3*, const std::string& name);

    /// Numbers go on from here, so that they do not depend on what was replayed before.
    void count_from(std::int64_t number) { made_up_ = number; }

private:
    friend struct stand_in_callbacks;
    std::int64_t made_up_ = 0;
};

}  // namespace varve::generator
