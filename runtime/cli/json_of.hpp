#pragma once

#include "json.hpp"

#include <varve/migrate.hpp>

#include <span>
#include <string>
#include <string_view>

/// What the operations return, as JSON. The keys are the words of the ledger's columns and of the types' members;
/// docs/command_line.md promises them.
namespace varve::cli {

[[nodiscard]] json_object json_of(const problem&);
[[nodiscard]] json_array json_of(std::span<const problem>);
[[nodiscard]] json_array json_of(std::span<const std::string>);
[[nodiscard]] json_object json_of(const ledger_entry&);
[[nodiscard]] json_object json_of(const migration_status&);
[[nodiscard]] json_object json_of(const step&);
[[nodiscard]] json_object json_of(const error&);
[[nodiscard]] std::string_view word_of(engine_kind);
[[nodiscard]] std::string_view word_of(database_state);
[[nodiscard]] std::string_view word_of(direction);

}  // namespace varve::cli
