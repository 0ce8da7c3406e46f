#pragma once

#include "connection.hpp"

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace varve::postgresql {

/// Makes databases on a server and drops them, at the latest with this. While one exists, a lock with its name is held
/// in the database of the uri, so that those which a killed run left are recognised, and dropped by the next one. Any
/// number of threads may call it. Throws `varve::error`, and `permission_denied` with the hint, a text that stays.
class scratch_databases {
public:
    /// One that we started has nothing but template1 in it, and flushes nothing.
    enum class server : std::uint8_t { ours, somebody_elses };

    /// `uri` names any database of the server. The hint is for a user who may not create databases there.
    scratch_databases(std::string uri, server whose, std::string_view hint_if_refused);
    scratch_databases(const scratch_databases&) = delete;
    scratch_databases& operator=(const scratch_databases&) = delete;
    ~scratch_databases();

    /// Returns the name.
    [[nodiscard]] std::string make() { return make_from(whose_ == server::ours ? "template1" : "template0"); }
    /// A copy of one that nobody is connected to.
    [[nodiscard]] std::string make_from(const std::string& other);
    /// Whoever is connected to it is thrown out.
    void drop(const std::string& name) noexcept;

    /// The server will not be there any more: drops nothing.
    void leave_all() noexcept { made_.clear(); }

    /// How to connect to it.
    [[nodiscard]] std::string uri_of(const std::string& name) const;

private:
    void create(const std::string& name, const std::string& other);
    void drop_leftovers();
    void drop_now(const std::string& name) noexcept;

    std::string uri_;
    server whose_;
    std::mutex mutex_;
    std::string_view hint_;
    connection keeper_;
    std::set<std::string> made_;
};

/// The same server, another database, in both forms of a connection string.
[[nodiscard]] std::string with_database(const std::string& uri, const std::string& database);

}  // namespace varve::postgresql
