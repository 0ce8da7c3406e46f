#pragma once

#include <sql/grammar_options.hpp>
#include <sql/outside_transaction.hpp>
#include <sql/script_findings.hpp>
#include <sql/token_reader.hpp>
#include <varve/history.hpp>

#include <optional>
#include <span>

namespace varve::generator {

enum class script_wrapper : std::uint8_t { none, begin_and_commit };

/// A script as far as its transaction mode goes.
struct script_mode {
    std::optional<transaction_mode> asked;  ///< by the lock line or by a directive
    script_wrapper wrapper = script_wrapper::none;
    script_standing standing = script_standing::draft;
    engine_kind dialect = engine_kind::sqlite;
};

/// Reports the statements that contradict the mode their script runs in: those that cannot run in its transaction
/// (M106), those that need one and have none (M120). `outside` says for each statement what has no place in a
/// transaction. True if that is every statement of at least one: the script then needs no directive.
[[nodiscard]] bool check_mode(std::span<const token_reader> statements,
                              std::span<const std::optional<outside_transaction>> outside, const script_mode&,
                              script_findings&);

}  // namespace varve::generator
