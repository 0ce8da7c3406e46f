#include <varve/migrate.hpp>

#include "ledger_rows.hpp"

namespace varve {
namespace {

foreign_keys_setting setting_of(const std::string& frame) {
    if (frame.ends_with("=OFF")) return foreign_keys_setting::off;
    return frame.ends_with("=ON") ? foreign_keys_setting::on : foreign_keys_setting::unchanged;
}

digest digest_of(const std::string& text) {
    const auto parsed = checksum_from(text);
    return parsed ? parsed->value : digest{};
}

runnable from_ledger(const std::vector<stored_statement>& kept) {
    runnable result;
    for (const auto& each : kept) {
        result.file = each.file;
        if (!each.transactional) result.mode = transaction_mode::no_transaction;
        if (each.position == 0) {
            result.foreign_keys = setting_of(each.sql);
            continue;
        }
        result.statements.push_back({.sql = each.sql,
                                     .line = each.line,
                                     .column = each.column,
                                     .transactional = each.transactional,
                                     .checksum = digest_of(each.checksum),
                                     .placeholders = {},
                                     .text = each.sql});
    }
    return result;
}

}  // namespace

runnable script_of(const step& from) {
    if (from.source == script_source::ledger) return from_ledger(from.stored);
    if (from.source == script_source::none || !from.embedded) return {};
    return core::runnable_of(*from.embedded, from.what == step_kind::revert ? direction::down : direction::up);
}

}  // namespace varve
