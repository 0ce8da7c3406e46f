#include <lint/rewritten.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

// Of an index that this history did not make the table is not known, but in use.
bool table_is_in_use(const reviewed_statement& statement, const object_name& index) {
    const known_table* table = statement.before.table_of_index(index);
    return table == nullptr || statement.exists_in_production(table->name);
}

std::string table_of(const reviewed_statement& statement, const object_name& index) {
    const known_table* table = statement.before.table_of_index(index);
    return table == nullptr ? "the index's table" : statement.quoted(table->name);
}

}  // namespace

void drop_index_not_concurrent(const reviewed_statement& statement, lint_findings& found) {
    const auto* dropped = std::get_if<drop_objects>(&statement.change.what);
    if (dropped == nullptr || dropped->kind != object_kind::index || dropped->concurrently) return;
    for (const drop_objects::object& each : dropped->objects) {
        if (!table_is_in_use(statement, each.name)) continue;
        const known_table* table = statement.before.table_of_index(each.name);
        if (table != nullptr && (table->partitioned || table->partition_of.name != "")) continue;
        const std::string clause = dropped->if_exists ? "IF EXISTS " : "";
        found.push_back({statement.change.offset,
                         "DROP INDEX takes an ACCESS EXCLUSIVE lock on " + table_of(statement, each.name) +
                             ": it waits for every transaction that uses the table, and nobody can read or write "
                             "behind it",
                         "make it a migration of its own, which varve then runs without a transaction:\nDROP INDEX "
                         "CONCURRENTLY " +
                             clause + statement.quoted(each.name) + ";",
                         {}});
    }
}

}  // namespace varve::generator::rules
