#pragma once

#include <varve/migrate.hpp>

#include <string>

namespace varve::testing {

/// A frozen file of this folder.
[[nodiscard]] std::string frozen_file(const std::string& name);

/// The same history as a program had it that contains only the first `count` of its migrations.
[[nodiscard]] history first_of(const history&, std::size_t count);

/// The two histories, embedded by an old and by today's generator, mean the same to a database.
void expect_same_beginning(const history& old, const history& now);

/// What an old ledger must allow, with the program that wrote it and with one of today; `on` has loaded it. The newest
/// migration of `old` breaks older programs; `now` has one more than `old`.
void expect_old_ledger_goes_on(engine& on, const history& old, const history& now);

/// What a program older than the ledger's newest migration does.
void expect_older_program_is_told(engine& on, const history& old);

}  // namespace varve::testing
