#pragma once

#include <varve/history.hpp>
#include <varve/ledger.hpp>
#include <varve/plan.hpp>

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace varve::core {

/// What the ledger says about an embedded migration.
enum class standing : std::uint8_t {
    pending,     ///< no active row
    applied,     ///< an active row with the same checksum, under any rule
    edited,      ///< an active row with another checksum
    unfinished,  ///< its script without a transaction stopped in the middle, up or down
};

struct compared_migration {
    migration embedded;
    const ledger_entry* row = nullptr;  ///< the active row
    standing is = standing::pending;
};

/// A history beside the ledger. Refers to both.
struct compared_history {
    const history* owner = nullptr;
    std::vector<compared_migration> migrations;  ///< in the history's order
    std::vector<const ledger_entry*> unknown;    ///< active rows that the program does not contain, by id
    std::unordered_map<std::int64_t, std::size_t> positions;

    [[nodiscard]] const compared_migration* find(std::int64_t version) const;
    /// The active row of a version, whether the program contains it or not.
    [[nodiscard]] const ledger_entry* active_row(std::int64_t version) const;
    [[nodiscard]] bool any_active() const;
};

[[nodiscard]] compared_history compare(const history&, const ledger_snapshot&);
[[nodiscard]] std::vector<compared_history> compare(const histories&, const ledger_snapshot&);

/// Whether `text`, from the ledger, is the checksum of that script under its main rule or any other.
[[nodiscard]] bool same_checksum(const history&, std::size_t position, direction, std::string_view text);

/// Whether the row is an active one of a migration (not of a repeatable script or a seed).
[[nodiscard]] bool is_active_migration(const ledger_entry&);

}  // namespace varve::core
