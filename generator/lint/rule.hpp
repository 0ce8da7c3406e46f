#pragma once

#include <schema/changes.hpp>
#include <schema/schema.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// A statement under review: what it does, what was there before, what the script did before it.
struct reviewed_statement {
    const history_source& history;
    std::size_t migration = 0;  ///< index into the history
    const script_source& script;
    const statement_change& change;
    std::span<const statement_change> earlier;  ///< of the same script
    const schema& before;

    /// The table holds rows somewhere: it was made by a released migration, or by none of this history.
    [[nodiscard]] bool exists_in_production(const object_name& table) const;
    /// The statement runs in the same transaction as those before it.
    [[nodiscard]] bool in_transaction() const { return script.mode == transaction_mode::transaction; }
};

/// What a rule found. The message says which lock is taken or what is lost, the hint shows the safe way as SQL.
struct lint_finding {
    std::size_t offset = 0;
    std::string message;
    std::string hint;
    std::vector<related> notes;
};

/// `add_db_migrations(.. LINT <profile>)`.
enum class lint_profile : std::uint8_t { off, standard, online, strict };

/// How bad a finding is under each profile but `off`; no level: the rule is off.
struct rule_levels {
    std::optional<severity> standard;
    std::optional<severity> online;
    std::optional<severity> strict;
};

enum class rule_engines : std::uint8_t { both, postgresql, sqlite };

/// One rule: a function of a statement, found by its code.
struct rule {
    std::string_view code;  ///< `M201`, for ever
    std::string_view slug;  ///< `create-index-not-concurrent`
    rule_levels levels;
    rule_engines engines = rule_engines::both;
    void (*check)(const reviewed_statement&, std::vector<lint_finding>&);
};

/// All of them, by code.
[[nodiscard]] std::span<const rule> rules();

}  // namespace varve::generator
