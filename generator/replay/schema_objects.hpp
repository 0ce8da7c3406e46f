#pragma once

#include <replay/effects.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace varve::generator {

class memory_database;

/// A row of sqlite_master, but for those that SQLite makes by itself.
struct schema_object {
    std::int64_t row = 0;
    std::string type;   ///< `table`, `index`, `view`, `trigger`
    std::string name;   ///< as written
    std::string table;  ///< the one it belongs to; a table's own name
    std::string sql;
    friend bool operator==(const schema_object&, const schema_object&) = default;
};

/// What statements may have changed: objects before, and what is there now instead.
struct object_changes {
    std::vector<schema_object> before;
    std::vector<schema_object> after;
};

/// The objects of a database as they were at some moment. Keeps up by asking for what may have changed only: a history
/// of a thousand tables would else be read a thousand times.
class schema_objects {
public:
    /// Reads all.
    void read(const memory_database&);
    /// What is different now, where `touched` says it may be. Objects that are the same are left out.
    [[nodiscard]] object_changes changes(const memory_database&, const effects& touched) const;
    void apply(const object_changes&);

    /// Nothing if there is no such table; whatever its case.
    [[nodiscard]] const schema_object* find_table(const std::string& lower_name) const;
    [[nodiscard]] const std::map<std::int64_t, schema_object>& all() const { return objects_; }

private:
    [[nodiscard]] object_changes all_changes(const memory_database&) const;
    [[nodiscard]] std::set<std::int64_t> rows_named(const names&) const;
    void insert(schema_object);
    void erase(std::int64_t row);

    std::map<std::int64_t, schema_object> objects_;
    /// Names in lower case: of an object and of the table it belongs to.
    std::multimap<std::string, std::int64_t> rows_of_name_;
};

}  // namespace varve::generator
