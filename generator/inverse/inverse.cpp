#include <inverse/inverse.hpp>

#include <inverse/undoing.hpp>

#include <variant>

namespace varve::generator {

inverse inverse_of(const history_source& history, std::size_t migration) {
    const past all(history, migration);
    schema before(history.engine);
    for (std::size_t i = 0; i < migration; ++i) {
        for (const statement_change& each : all.changes(i)) before.apply(each, i);
    }
    undo_steps steps;
    for (const statement_change& each : all.changes(migration)) {
        schema after = before;
        after.apply(each, migration);
        const undone_statement statement{all, {migration, each.statement}, each, before, after};
        std::visit([&](const auto& what) { undo(statement, what, steps); }, each.what);
        before = std::move(after);
    }
    return std::move(steps).reversed();
}

}  // namespace varve::generator
