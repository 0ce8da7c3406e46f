#pragma once

#include "catalog_reading.hpp"
#include "catalog_tables.hpp"
#include "connection.hpp"

#include <varve/catalog.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What a transaction that is still open has done to the system catalog: cheap, because only the tables that it wrote
/// to are looked at, and only its own rows of them (docs/decisions/0020-what-a-transaction-changed.md).
namespace varve::postgresql {

/// Rows of the system catalog, without what means nothing, and what they belong to.
struct catalog_rows {
    std::vector<std::string> rows{};  ///< sorted
    catalog_selection of{};
    catalog unmodelled{};
};

/// The open transaction of a connection.
struct open_transaction {
    std::string id{};
    std::string written{};  ///< the tables of the system catalog, perhaps more than it wrote to: `pg_class,pg_type`
    /// As many rows stay as were there before, and nothing that was begun in it was undone, so that the numbers can be
    /// relied on: if no row was removed, none was added.
    bool keeps_numbers = false;
    std::vector<std::string> tables{};  ///< oids of tables whose rows it wrote, perhaps more than those
};

/// Looks at the open transaction of one connection through it, and through another one that does not see what it did.
class catalog_changes {
public:
    catalog_changes(connection& by, connection& other) : by_(by), other_(other) {}

    /// Outside any transaction, before the rest. Makes the server count what is written (`track_counts`) if it does
    /// not; throws `varve::error` if we may not: without that nothing can be proven.
    void require_counts();
    /// The same, once more before each transaction.
    void prepare();
    /// What to run in the transaction, and what it answers.
    [[nodiscard]] std::string_view text_to_ask() const { return "EXECUTE varve_written"; }
    [[nodiscard]] static open_transaction answer(const pqxx::result&);

    /// The rows that the transaction has made and not removed.
    [[nodiscard]] catalog_rows made(const open_transaction&);
    /// The rows that it has replaced or removed, which everybody else still sees.
    [[nodiscard]] catalog_rows removed(const open_transaction&);

private:
    using statements = std::map<std::string, std::string, std::less<>>;  // by what was written: their names
    catalog_rows rows(connection& on, statements& known, std::string_view condition, const open_transaction&);

    connection& by_;
    connection& other_;
    std::vector<catalog_table> tables_;
    statements of_made_;
    statements of_removed_;
};

/// What belongs to either.
[[nodiscard]] catalog_selection merged(catalog_selection, const catalog_selection&);

/// Adds the objects that varve does not model, by kind and name.
void add_unmodelled(catalog&, connection&);

}  // namespace varve::postgresql
