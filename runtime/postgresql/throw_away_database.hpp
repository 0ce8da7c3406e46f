#pragma once

#include "connection.hpp"

#include <string>

namespace varve::postgresql {

/// A database of our own on somebody's server, dropped with this. While it exists a lock with its name is held in the
/// database of the uri: what a process that was killed left behind is dropped by the next one.
class throw_away_database {
public:
    /// Throws `permission_denied` where the user may not create databases; the hint says what else there is.
    throw_away_database(const std::string& uri, std::string hint_if_refused);
    throw_away_database(const throw_away_database&) = delete;
    throw_away_database& operator=(const throw_away_database&) = delete;
    ~throw_away_database();

    [[nodiscard]] std::string uri() const;
    /// An empty one in its place, under another name.
    void make_again();

private:
    void make();
    void drop_leftovers();

    std::string uri_;
    std::string hint_;
    connection keeper_;
    std::string name_;
};

}  // namespace varve::postgresql
