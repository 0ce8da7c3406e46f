#pragma once

#include "connection.hpp"

#include <varve/engine.hpp>

#include <map>
#include <string>

namespace varve::postgresql {

/// The settings of a session, put back after a script without a transaction has changed them: such a script's `SET`
/// holds for its later statements, and must end with it.
class session_settings {
public:
    /// Notes them, unless they are noted already.
    void note(connection&);
    /// Limits what is run next, and has the server notice a client that is gone, unless the script has set that itself.
    /// After `note`.
    void limit(connection&, const time_limits&);
    /// Puts back what was changed since `note`, and forgets it.
    void put_back(connection&) noexcept;
    void forget() noexcept {
        noted_.clear();
        limited_.clear();
    }
    /// For a transaction of ours in the middle of the script: as the noted user and role, whatever the script has set.
    /// Empty if nothing is noted.
    [[nodiscard]] std::string text_for_transaction(connection&) const;

private:
    std::map<std::string, std::string> noted_;
    std::map<std::string, std::string> limited_;  // what `limit` has set
};

}  // namespace varve::postgresql
