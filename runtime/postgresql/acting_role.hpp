#pragma once

#include "connection.hpp"

#include <varve/error.hpp>

#include <optional>
#include <string>

namespace varve::postgresql {

/// The role in which varve works, if that is not the user of the connection: for a session that has the lock, or for
/// each transaction where the session is not ours to change.
class acting_role {
public:
    /// Throws `invalid_argument` for what cannot be a role's name. Empty: the user of the connection.
    explicit acting_role(std::string name);

    [[nodiscard]] bool empty() const noexcept { return name_.empty(); }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// Takes the role for the session, and notes which one it had.
    void take(connection&);
    /// Puts the session's own role back.
    void put_back(connection&) noexcept;
    void forget() noexcept { before_.reset(); }
    /// Whether the session has it.
    [[nodiscard]] bool is_taken() const noexcept { return before_.has_value(); }

    /// A statement before others of one string, or of one transaction: they are done in the role. Empty if there is
    /// none, or if the session has it.
    [[nodiscard]] std::string text_before(connection&) const;
    /// The last statement of such a transaction: whatever a script did to the role, it does not outlive it.
    [[nodiscard]] std::string text_behind() const;

    /// Why the user cannot act in it; nothing if he can.
    [[nodiscard]] std::optional<error> problem(connection&) const;

private:
    std::string name_;
    std::optional<std::string> before_;
};

}  // namespace varve::postgresql
