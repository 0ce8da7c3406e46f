#include <lint/rules/rules.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator::rules {
namespace {

/// It finds rows by its columns and does nothing else.
bool only_finds(const create_index& index) {
    return index.method == "btree" && !index.unique && !index.partial && index.plain && index.used.empty() &&
           std::ranges::find(index.columns, std::string()) == index.columns.end();
}

/// What the first finds, the second finds too.
bool is_beginning(const std::vector<std::string>& shorter, const std::vector<std::string>& longer) {
    return shorter.size() <= longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

bool finds_everywhere(const create_index& index) { return index.method == "btree" && !index.partial && index.plain; }

}  // namespace

void redundant_index(const reviewed_statement& statement, lint_findings& found) {
    const auto* made = std::get_if<create_index>(&statement.change.what);
    const known_table* table = made == nullptr ? nullptr : statement.before.find_table(made->table);
    if (table == nullptr) return;
    for (const auto& [name, known] : table->indexes) {
        const create_index& other = known.definition;
        const bool new_one = only_finds(*made) && finds_everywhere(other) && is_beginning(made->columns, other.columns);
        const bool old_one = !known.of_constraint && only_finds(other) && finds_everywhere(*made) &&
                             is_beginning(other.columns, made->columns);
        if (!new_one && !old_one) continue;
        const std::string old_name = statement.quoted(other.index);
        found.push_back({statement.change.offset,
                         new_one ? "the index " + old_name + " finds all that this one finds: each write pays for both"
                                 : "this index finds all that " + old_name + " finds: each write pays for both",
                         new_one ? "leave it out" : "in a later migration: DROP INDEX CONCURRENTLY " + old_name + ";",
                         {statement.note_at(known.origin, "the other one is made here")}});
        return;
    }
}

}  // namespace varve::generator::rules
