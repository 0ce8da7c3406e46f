#pragma once

#include <set>
#include <string>

namespace varve::generator {

using names = std::set<std::string, std::less<>>;

/// What SQLite's compiler said a statement would do to the database `main`, triggers and foreign key actions included.
/// A superset of what it does. Names are in lower case.
struct effects {
    names written;            ///< tables whose rows it writes, drops or alters
    names changed_objects;    ///< tables, indexes, views and triggers it makes or drops
    names stand_ins;          ///< functions of the application it calls
    std::string refused;      ///< what it needs that a replay does not have: `ATTACH`; empty: nothing
    bool any_object = false;  ///< it may change objects that are not named here: ALTER, virtual tables
    bool temporary = false;   ///< it makes temporary objects

    void add(const effects& other) {
        written.insert(other.written.begin(), other.written.end());
        changed_objects.insert(other.changed_objects.begin(), other.changed_objects.end());
        stand_ins.insert(other.stand_ins.begin(), other.stand_ins.end());
        any_object = any_object || other.any_object;
        temporary = temporary || other.temporary;
    }
};

}  // namespace varve::generator
