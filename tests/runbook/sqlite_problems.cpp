#include "scenario.hpp"

#include <engines/sqlite_handle.hpp>

#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>

namespace varve::testing {
namespace {

using migrations = std::vector<migration_text>;

/// A database that one program migrated and another one meets.
class met {
public:
    explicit met(const migrations& before, const std::string& name = "shop") {
        const built_history earlier(name, engine_kind::sqlite, before);
        migrate(database, earlier.get());
    }
    [[nodiscard]] std::string by(const migrations& after, const options& how = {}, const std::string& name = "shop") {
        const built_history now(name, engine_kind::sqlite, after);
        return printed([&] { migrate(database, now.get(), how); });
    }
    sqlite_handle handle{":memory:"};
    sqlite_engine database{handle.get()};
};

migration_text draft(migration_text of) {
    of.released = false;
    return of;
}

migration_text edited(migration_text of) {
    of.edit = "another column";
    return of;
}

const migration_text users = table(1, "users");
const migration_text orders = table(2, "orders");

std::string edited_problem() { return met({users, orders}).by({users, edited(orders)}); }
std::string edited_draft() { return met({users, draft(orders)}).by({users, draft(edited(orders))}); }
std::string missing() { return met({users, orders}).by({users, table(3, "invoices")}); }
std::string out_of_order() { return met({users, table(3, "invoices")}).by({users, orders, table(3, "invoices")}); }
std::string renumbered() { return met({users, draft(orders)}).by({users, draft(table(3, "orders"))}); }
std::string renamed() { return met({users, orders}).by({users, orders}, {}, "store"); }
std::string unknown_version() { return met({users}).by({users, orders}, {.to = target::version(9)}); }

std::string irreversible() {
    migration_text for_ever = orders;
    for_ever.down.clear();
    met shop({users, for_ever});
    const built_history now("shop", engine_kind::sqlite, {users, for_ever});
    return printed([&] { rollback(shop.database, now.get(), rollback_to::last(1)); });
}

// A process that was killed leaves its statement as it was noted before it began.
std::string half_done() {
    met shop({users});
    const migration_text filling{.version = 2,
                                 .name = "fill",
                                 .up = {"INSERT INTO users VALUES (1)", "INSERT INTO users VALUES (1)"},
                                 .mode = transaction_mode::no_transaction};
    (void)shop.by({users, filling});
    shop.handle.execute("UPDATE varve_statement SET state = 'intended' WHERE state = 'failed'");
    return shop.by({users, filling});
}

std::string incompatible() {
    migration_text breaking = orders;
    breaking.breaks_older = true;
    return met({users, breaking}).by({users});
}

std::string dependency_problem() {
    migration_text depending = orders;
    depending.depends = {{"auth", 5}};
    return met({users}).by({users, depending});
}

std::string depended_on() {
    migration_text depending = table(1, "orders");
    depending.depends = {{"auth", 1}};
    const built_history auth("auth", engine_kind::sqlite, std::vector{users});
    const built_history shop("shop", engine_kind::sqlite, std::vector{depending});
    sqlite_engine database(":memory:");
    migrate(database, {auth.get(), shop.get()});
    return printed([&] { rollback(database, auth.get(), rollback_to::base()); });
}

std::string already_applied() {
    met shop({users});
    const built_history now("shop", engine_kind::sqlite, {users, orders});
    return printed([&] { baseline(shop.database, now.get(), 2); });
}

std::string mixed_batch() {
    const migration_text alone{
        .version = 3, .name = "compact", .up = {"VACUUM"}, .mode = transaction_mode::no_transaction};
    return met({users}).by({users, orders, alone}, {.transactions = grouping::all});
}

std::string ledger_too_new() {
    met shop({users});
    shop.handle.execute("CREATE TEMP TABLE newer AS SELECT * FROM varve_ledger WHERE history = 'varve' LIMIT 1");
    shop.handle.execute(
        "UPDATE newer SET id = 99, slot = 'v:99', version = 99, name = 'other_columns', breaks_older = 1");
    shop.handle.execute("INSERT INTO varve_ledger SELECT * FROM newer");
    return shop.by({users, orders});
}

}  // namespace

std::vector<scenario> sqlite_problems() {
    return {{part::problems, "edited", edited_problem},
            {part::problems, "edited_draft", edited_draft},
            {part::problems, "missing", missing},
            {part::problems, "out_of_order", out_of_order},
            {part::problems, "irreversible", irreversible},
            {part::problems, "half_done", half_done},
            {part::problems, "renumbered", renumbered},
            {part::problems, "renamed", renamed},
            {part::problems, "incompatible", incompatible},
            {part::problems, "dependency", dependency_problem},
            {part::problems, "depended_on", depended_on},
            {part::problems, "unknown_version", unknown_version},
            {part::problems, "already_applied", already_applied},
            {part::problems, "mixed_batch", mixed_batch},
            {part::problems, "ledger_too_new", ledger_too_new}};
}

}  // namespace varve::testing
