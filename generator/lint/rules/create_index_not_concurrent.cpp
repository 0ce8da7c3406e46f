#include <lint/rewritten.hpp>
#include <lint/rules/rules.hpp>
#include <schema/implied_names.hpp>

namespace varve::generator::rules {
namespace {

// A partitioned table has no CONCURRENTLY: an index that is valid nowhere at first, then one partition after the other.
std::string by_partitions(const reviewed_statement& statement, const create_index& made) {
    const bool named = !made.index.name.empty();
    const std::string index =
        statement.quoted(named ? made.index.name : implied_name(made.table.name, joined_columns(made.columns), "idx"));
    return "a partitioned table has no CONCURRENTLY; make it on the table alone, then, in migrations of their own, on "
           "each partition, and attach these:\n" +
           with_words_after(statement, "on", "ONLY") + "\nALTER INDEX " + index +
           " ATTACH PARTITION <the index of a partition>;";
}

}  // namespace

void create_index_not_concurrent(const reviewed_statement& statement, lint_findings& found) {
    const auto* made = std::get_if<create_index>(&statement.change.what);
    if (made == nullptr || made->concurrently || made->only || !statement.exists_in_production(made->table)) return;
    const known_table* table = statement.before.find_table(made->table);
    const bool partitioned = table != nullptr && table->partitioned;
    const std::string hint = partitioned
                                 ? by_partitions(statement, *made)
                                 : "make it in a migration of its own, which varve then runs without a transaction:\n" +
                                       with_words_after(statement, "index", "CONCURRENTLY");
    found.push_back({statement.change.offset,
                     "CREATE INDEX takes a SHARE lock: nobody can write to " + statement.quoted(made->table) +
                         " until the index is built",
                     hint,
                     {}});
}

}  // namespace varve::generator::rules
