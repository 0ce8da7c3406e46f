#pragma once

#include "connection.hpp"

#include <varve/drift.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace varve::postgresql {

/// Gives somebody the connection of an engine, and its ledger's schema as an SQL literal, for a while.
using schema_lender = std::function<void(const std::function<void(connection&, const std::string&)>&)>;

/// Of the database that a connection is lent to.
[[nodiscard]] std::shared_ptr<schema_inspector> inspector_for(schema_lender);

/// A database on a server, for as long as this is there. `ledger_schema`: the plain name.
[[nodiscard]] std::unique_ptr<scratch_schema> schema_on(const std::string& server, std::string ledger_schema);

/// The schema as SQL.
[[nodiscard]] std::string schema_of(connection&, std::string_view ledger_literal);

}  // namespace varve::postgresql
