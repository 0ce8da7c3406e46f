#pragma once

#include <lint/rule.hpp>
#include <schema/statement_text.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What the rules about lost data and broken programs (M3xx, M4xx) say alike.
namespace varve::generator {

/// Where a table, or one of its columns, was made: a note if the history did it.
[[nodiscard]] std::vector<related> made_in(const reviewed_statement&, const object_name& table,
                                           std::string_view column = {});

/// The column may hold something: no draft adds it, as far as the history tells of a table that it did not make, too.
[[nodiscard]] bool is_column_in_use(const reviewed_statement&, const object_name& table, std::string_view column);

/// `, and with it the index users_email, the foreign key orders.orders_user`; empty if nothing is lost.
[[nodiscard]] std::string listed(const reviewed_statement&, const std::vector<lost_dependent>&, std::string_view lead);

/// The line that accepts a finding: `if it is meant: -- varve: allow M302 ..`
[[nodiscard]] std::string how_to_allow(std::string_view code, std::string_view reason);

/// The tokens of a statement of the script under review.
[[nodiscard]] statement_text tokens_of(const reviewed_statement&, const statement_change&);

/// A token of a statement of the same script is this name.
[[nodiscard]] bool mentions(const reviewed_statement&, const statement_change&, std::string_view name);

}  // namespace varve::generator
