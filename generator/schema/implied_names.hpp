#pragma once

#include <schema/changes.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// The names PostgreSQL gives to what a statement does not name: `users_email_key`.
namespace varve::generator {

/// What PostgreSQL keeps of a name, in bytes.
constexpr std::size_t longest_name = 63;

/// At most so many bytes, and no part of a character.
[[nodiscard]] std::string_view cut_to(std::string_view name, std::size_t size);

/// `users_email_key` from users, email and key, cut as the server cuts it to the 63 bytes a name may have.
[[nodiscard]] std::string implied_name(std::string_view table, std::string_view columns, std::string_view label);

/// `a_b` from the columns' names; equal ones are numbered.
[[nodiscard]] std::string joined_columns(const std::vector<std::string>& columns);

/// `key`, `fkey`, ..: how the name of such a constraint ends.
[[nodiscard]] std::string_view label_of(constraint_kind);

/// What stands between the table's name and the label.
[[nodiscard]] std::string columns_in_name(const constraint_definition&);

}  // namespace varve::generator
