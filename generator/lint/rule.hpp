#pragma once

#include <schema/changes.hpp>
#include <schema/schema.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// What a rule found. The message says which lock is taken or what is lost, the hint shows the safe way as SQL.
struct lint_finding {
    std::size_t offset = 0;
    std::string message;
    std::string hint;  ///< lines are printed one below the other
    std::vector<related> notes;
};

using lint_findings = std::vector<lint_finding>;

/// What a replay found in an up script, for the rule of this code to judge.
struct replayed_finding {
    std::size_t migration = 0;  ///< index into the history
    std::string code;
    lint_finding what;
};

/// A statement under review: what it does, what was there before, what the script did before it.
struct reviewed_statement {
    const history_source& history;
    std::size_t migration = 0;  ///< index into the history
    direction which = direction::up;
    const script_source& script;
    const statement_change& change;
    std::span<const statement_change> earlier;   ///< of the same script
    const schema& before;                        ///< in a down script: as the up script left it, for every statement
    std::span<const replayed_finding> replayed;  ///< of the whole history

    /// The table may hold rows and be in use: it was made by a released migration, or by none of this history. One that
    /// a draft makes is new wherever the statement runs.
    [[nodiscard]] bool exists_in_production(const object_name& table) const;
    /// The same of a column: false too if a draft adds it.
    [[nodiscard]] bool exists_in_production(const object_name& table, std::string_view column) const;
    /// The statement runs in the same transaction as those before it.
    [[nodiscard]] bool in_transaction() const { return script.mode == transaction_mode::transaction; }

    /// The statement's own text, without its `;`.
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] std::string quoted(std::string_view name) const;
    [[nodiscard]] std::string quoted(const object_name&) const;
    /// `0003 (add_users)`: how a message names the migration that made something.
    [[nodiscard]] std::string title_of(const made_by&) const;
    [[nodiscard]] related note_at(const made_by&, std::string message) const;
};

/// How bad a finding is under each profile but `off`; no level: the rule is off.
struct rule_levels {
    std::optional<severity> standard;
    std::optional<severity> online;
    std::optional<severity> strict;
};

/// 1xx: it will fail.
inline constexpr rule_levels will_fail{severity::error, severity::error, severity::error};
/// 2xx: nobody can write, or read, for as long as it takes.
inline constexpr rule_levels lock_hazard{severity::warning, severity::error, severity::error};
/// What no plan has room for.
inline constexpr rule_levels loses_everything{severity::error, severity::error, severity::error};
/// 3xx, 4xx: data is lost, or programs break.
inline constexpr rule_levels worth_a_thought{severity::warning, severity::warning, severity::warning};
/// 5xx, and what most projects do not want to hear.
inline constexpr rule_levels only_if_strict{std::nullopt, std::nullopt, severity::warning};

enum class rule_engines : std::uint8_t { both, postgresql, sqlite };

/// Which scripts a rule looks at. A down runs when something went wrong already: what it locks and loses is not news,
/// that it cannot run is.
enum class rule_scripts : std::uint8_t { up, up_and_down };

/// What a rule looks at: with the second it is off where nothing is replayed.
enum class rule_basis : std::uint8_t { statements, replay };

/// One rule: a function of a statement, found by its code.
struct rule {
    std::string_view code;  ///< `M201`, for ever
    std::string_view slug;  ///< `create-index-not-concurrent`
    rule_levels levels;
    rule_engines engines;
    rule_scripts scripts;
    void (*check)(const reviewed_statement&, lint_findings&);
    rule_basis basis = rule_basis::statements;
};

/// All of them, by code.
[[nodiscard]] std::span<const rule> all_rules();

/// nullptr: there is no such rule.
[[nodiscard]] const rule* find_rule(std::string_view code);

}  // namespace varve::generator
