#pragma once

#include <varve/engine.hpp>

#include <support/history_builder.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace varve::testing {

/// A database whose migrating processes are killed.
class killed_database {
public:
    killed_database() = default;
    killed_database(const killed_database&) = delete;
    killed_database& operator=(const killed_database&) = delete;
    virtual ~killed_database() = default;

    [[nodiscard]] virtual engine_kind kind() const = 0;
    [[nodiscard]] virtual std::unique_ptr<engine> connect() = 0;
    /// Empties it.
    virtual void clear() = 0;
    /// Returns when nothing of a killed process is going on any more.
    virtual void settle() = 0;
    virtual void execute(const std::string& sql) = 0;
    /// The names of its tables, and the numbers in `log` if that is one of them.
    [[nodiscard]] virtual std::vector<std::string> effects() = 0;
};

/// The history `shop` that is interrupted: scripts with and without a transaction.
[[nodiscard]] std::vector<migration_text> transactional_and_not();

/// What the ledger says is what is in the database, statement by statement, and nothing is there twice.
void expect_ledger_true(killed_database&);
/// Everything is done, once.
void expect_all_done(killed_database&, const history&);
/// What a person does who was told that nobody knows whether a statement ran: looks, does the rest, says so.
void decide(killed_database&, const history&);

/// Starts processes that migrate and kills them at moments spread over their whole run, until `kills` of them were.
/// After each the ledger must be true; whoever starts next goes on, and where the ledger says that a person must
/// decide, one does. At the end of each history everything was done once. The moments follow from `seed`.
void kill_again_and_again(killed_database&, int kills, std::uint32_t seed);

}  // namespace varve::testing
