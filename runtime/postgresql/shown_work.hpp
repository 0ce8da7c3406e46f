#pragma once

#include "script_block.hpp"

#include <varve/engine.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What other sessions see of what is performed, while it is: a comment in front of the string, for those who may read
/// this session's queries in pg_stat_activity, and the end of the application's name, for everybody.
namespace varve::postgresql {

/// `/* varve 3 shop 7 add_email */`, with how many statements there are, and a line feed; of several migrations
/// `/* varve 0 shop 7 add_email to shop 9 add_phone */`. Empty if nothing is run.
[[nodiscard]] std::string comment_on(std::span<const batch>);

/// An SQL expression that lets the application's name end in ` #7.1` for this transaction: version and statement. Empty
/// if nothing is run.
[[nodiscard]] std::string text_to_show_begin(const batch&);
/// The same for a later statement, once it ends like that.
[[nodiscard]] std::string text_to_show(const batch&, statement_position);

/// An application's name without what was added to it, and that.
struct shown_name {
    std::string_view application{};
    std::string_view version{};
    std::string_view statement{};
};
[[nodiscard]] shown_name read_shown_name(std::string_view application_name);

/// What the comment in front of a query and the name say, for a person: `migration shop 7 add_email, statement 2 of 3`.
/// Empty if they say nothing.
[[nodiscard]] std::string shown_work(std::string_view query, const shown_name&);

}  // namespace varve::postgresql
