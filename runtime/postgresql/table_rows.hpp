#pragma once

#include "connection.hpp"

#include <varve/catalog.hpp>

#include <string>
#include <vector>

namespace varve::postgresql {

/// Reads the rows of ordinary tables as objects: `row of public.users ({"id": 1})`, or how many there are and a sum of
/// digests where they are many. In which order columns stand does not count.
class row_reader {
public:
    /// `ledger_schema`: the plain name of the schema that the ledger is in.
    row_reader(connection& db, std::string ledger_schema) : db_(db), ledger_schema_(std::move(ledger_schema)) {}

    /// Of all tables but the ledger's. Its own transaction.
    [[nodiscard]] catalog read_all();
    /// Of those with these oids that are still tables. Inside a transaction of the caller: changes its settings.
    [[nodiscard]] catalog read(const std::vector<std::string>& oids);

private:
    [[nodiscard]] std::vector<std::string> names_of(const std::string& condition);
    [[nodiscard]] catalog read_tables(const std::vector<std::string>& names);
    void add_sum(catalog& to, const std::string& name);

    connection& db_;
    std::string ledger_schema_;
};

}  // namespace varve::postgresql
