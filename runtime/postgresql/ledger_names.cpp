#include "ledger_names.hpp"

#include "connection.hpp"
#include "filled_text.hpp"

namespace varve::postgresql {

ledger_names names_in(const std::string& schema, connection& db) {
    ledger_names names;
    names.schema = db.quoted_name(schema);
    names.schema_literal = db.quoted(names.schema);
    names.ledger = names.schema + ".varve_ledger";
    names.ledger_literal = db.quoted(names.ledger);
    names.statements = names.schema + ".varve_statement";
    names.lock_key = filled(
        "('x'||pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to('varve:'||{},'UTF8')),'hex'),"
        "16))::pg_catalog.bit(64)::pg_catalog.int8",
        {db.quoted(schema)});
    return names;
}

}  // namespace varve::postgresql
