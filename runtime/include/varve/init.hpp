#pragma once

#include <varve/drift.hpp>
#include <varve/migrate.hpp>

#include <concepts>
#include <string>

namespace varve {

/// What `init` does with a database that has tables and no ledger.
struct adoption {
    /// Reads its schema; null: such a database is refused.
    schema_inspector* by = nullptr;
    enum class differences : std::uint8_t {
        refuse,  ///< records nothing unless the schema is what the histories say
        accept   ///< records everything as applied and says what is different
    } when_different = differences::refuse;
    std::string scratch_server{};  ///< see `schema_inspector::make_scratch`
};

/// The first start of a program on a database. Each history that has no active row yet, in the order given: its master
/// file is run and all its migrations are recorded, in one transaction; a history without a master file is migrated.
/// A database with tables but no ledger is not touched: everything is recorded as applied, if its schema is what the
/// histories say. What is initialised already stays as it is; the report's notes say so.
/// Any number of processes may call it at once.
report init(engine&, const histories&, const options& how = {}, const adoption& adopting = {});

/// The same for an engine whose type is known: it can adopt.
template <std::derived_from<engine> Engine>
requires requires(Engine& of) {
    { tools_of(of).inspector() } -> std::same_as<schema_inspector*>;
}
report init(Engine& database, const histories& all, const options& how = {}) {
    const auto tools = tools_of(database);
    return init(static_cast<engine&>(database), all, how, {.by = tools.inspector()});
}

}  // namespace varve
