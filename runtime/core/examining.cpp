#include "examining.hpp"

#include "compare.hpp"
#include "ledger_rows.hpp"
#include "resume.hpp"

namespace varve::core {
namespace {

/// The statement that was begun and did not end, as far as the ledger says; null if there is none.
const stored_statement* begun_statement(const compared_migration& of, const ledger_snapshot& ledger) {
    const direction which = of.row->state == entry_state::reverting ? direction::down : direction::up;
    const auto recorded = statements_of(ledger, of.row->id, which);
    const std::size_t finished = count_done(recorded);
    if (finished == recorded.size() || recorded[finished]->state != statement_state::intended) return nullptr;
    return recorded[finished];
}

const statement_probe* probe_for(const migration& from, const stored_statement& begun) {
    const script embedded = begun.which == direction::up ? from.up() : from.down();
    const auto index = static_cast<std::size_t>(begun.position) - 1;
    if (!embedded.exists() || index >= embedded.size()) return nullptr;
    const statement own = embedded[index];
    return statement_checksum(own.checksum) == begun.checksum ? own.probe : nullptr;
}

statement_effect effect_of(engine& database, const statement_probe& probe) {
    const bool repeatable = probe.kind == probe_kind::repeatable || probe.kind == probe_kind::setting;
    return repeatable ? statement_effect::none : database.look_for(probe).is;
}

}  // namespace

void examine_begun(engine& database, const histories& all, ledger_snapshot& ledger) {
    if (ledger.statements.empty()) return;
    for (const auto& history : compare(all, ledger)) {
        for (const auto& each : history.migrations) {
            if (each.is != standing::unfinished) continue;
            const stored_statement* begun = begun_statement(each, ledger);
            const statement_probe* probe = begun == nullptr ? nullptr : probe_for(each.embedded, *begun);
            if (probe == nullptr) continue;
            ledger.examined.push_back({.ledger_id = begun->ledger_id,
                                       .which = begun->which,
                                       .position = begun->position,
                                       .effect = effect_of(database, *probe)});
        }
    }
}

}  // namespace varve::core
