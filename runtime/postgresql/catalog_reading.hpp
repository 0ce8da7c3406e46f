#pragma once

#include "connection.hpp"

#include <varve/catalog.hpp>

#include <string>
#include <vector>

namespace varve::postgresql {

/// The objects that a change may have touched, by oid. A relation stands for everything that belongs to it.
struct catalog_selection {
    std::vector<std::string> relations{};
    std::vector<std::string> types{};
    std::vector<std::string> functions{};
};

/// Puts the objects of another catalog behind those of the first.
void add(catalog& to, catalog more);

/// Reads what the database of a connection contains. What varve does not model is named: kind, name and its row of the
/// system catalog. The system's own objects, those of extensions and the ledger are left out.
class catalog_reader {
public:
    /// `ledger_schema`: the plain name of the schema that the ledger is in.
    catalog_reader(connection& db, const std::string& ledger_schema);

    /// Everything. Its own transaction.
    [[nodiscard]] catalog read_all();
    /// Inside a transaction of the caller: changes its search path.
    [[nodiscard]] catalog read(const catalog_selection&);

private:
    [[nodiscard]] catalog read(const std::string& parameters);
    void prepare();

    connection& db_;
    std::string ledger_schema_;
    bool prepared_ = false;
};

}  // namespace varve::postgresql
