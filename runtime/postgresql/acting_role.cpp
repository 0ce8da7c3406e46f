#include "acting_role.hpp"

#include "answer.hpp"
#include "error_mapping.hpp"
#include "filled_text.hpp"

#include <utility>

namespace varve::postgresql {
namespace {

constexpr std::size_t longest_role_name = 63;
constexpr int version_with_set_option = 160000;

// The server takes the value as the name it is, without folding or cutting it.
std::string set_role(const std::string& literal, std::string_view is_local) {
    return filled("pg_catalog.set_config('role', {}, {})", {literal, is_local});
}

}  // namespace

acting_role::acting_role(std::string name) : name_(std::move(name)) {
    if (name_.size() <= longest_role_name) return;
    throw error({.code = error_code::invalid_argument,
                 .message = filled("the role '{}' has {} bytes", {name_, name_.size()}),
                 .hint = "a name in PostgreSQL has 1 to 63 bytes"});
}

void acting_role::take(connection& db) {
    if (empty() || is_taken()) return;
    const auto answer =
        db.run(filled("SELECT pg_catalog.current_setting('role'), {}", {set_role(db.quoted(name_), "false")}));
    before_ = text_in(answer, 0, 0);
}

void acting_role::put_back(connection& db) noexcept {
    if (!before_ || !db.is_open()) return;
    try {
        db.run_if_possible(filled("SELECT {}", {set_role(db.quoted(*before_), "false")}));
    } catch (const std::exception&) {
        // A lost connection has no role.
    }
    forget();
}

std::string acting_role::text_before(connection& db) const {
    if (empty() || is_taken()) return {};
    return filled("SELECT pg_catalog.set_config('varve.role_before', pg_catalog.current_setting('role'), true), {};\n",
                  {set_role(db.quoted(name_), "true")});
}

std::string acting_role::text_behind() const {
    if (empty() || is_taken()) return {};
    return filled("SELECT {};\n", {set_role("pg_catalog.current_setting('varve.role_before')", "false")});
}

std::optional<error> acting_role::problem(connection& db) const {
    if (empty()) return std::nullopt;
    const std::string_view right = db.server_version() >= version_with_set_option ? "SET" : "MEMBER";
    const auto answer = db.run(
        filled("SELECT pg_catalog.pg_has_role(session_user, oid, '{}') FROM pg_catalog.pg_roles WHERE rolname = {}",
               {right, db.quoted(name_)}));
    const std::string role = name_in_quotes(name_);
    const std::string user = name_in_quotes(db.user());
    if (answer.empty()) {
        return error({.code = error_code::invalid_argument,
                      .message = filled("there is no role {} to migrate as", {role}),
                      .hint = filled("postgresql_options::role names it exactly, without quotes; as an administrator: "
                                     "CREATE ROLE {}; GRANT {} TO {};",
                                     {role, role, user})});
    }
    if (is_true(answer, 0, 0)) return std::nullopt;
    return error({.code = error_code::permission_denied,
                  .message = filled("the user {} may not act as the role {}", {user, role}),
                  .hint = filled("as an administrator: GRANT {} TO {};", {role, user})});
}

}  // namespace varve::postgresql
