#pragma once

#include "connection.hpp"

#include <string>

namespace varve::postgresql {

/// A transaction that changes nothing and leaves no setting, in which names are looked for in `pg_catalog` only, so
/// that all others are qualified.
class read_only_look {
public:
    explicit read_only_look(connection& db) : db_(db) {
        db_.run("BEGIN READ ONLY; SET LOCAL search_path TO pg_catalog; SET LOCAL jit = off");
    }
    read_only_look(const read_only_look&) = delete;
    read_only_look& operator=(const read_only_look&) = delete;
    ~read_only_look() { db_.run_if_possible("ROLLBACK"); }

private:
    connection& db_;
};

/// The SQL of `catalog_text.hpp` for all objects: no parameter chooses.
[[nodiscard]] std::string for_everything(std::string text);

}  // namespace varve::postgresql
