#include "catalog_reading.hpp"

#include "catalog_changes.hpp"
#include "catalog_objects_in.hpp"
#include "catalog_text.hpp"
#include "filled_text.hpp"

#include <iterator>
#include <string_view>

namespace varve::postgresql {
namespace {

std::string array_of(const std::vector<std::string>& oids) {
    std::string list;
    for (const auto& each : oids) append_to_list(list, ",", each);
    return filled("'{{}}'", {list});
}

}  // namespace

void add(catalog& to, catalog more) {
    to.objects.insert(to.objects.end(), std::make_move_iterator(more.objects.begin()),
                      std::make_move_iterator(more.objects.end()));
}

catalog_reader::catalog_reader(connection& db, const std::string& ledger_schema)
    : db_(db), ledger_schema_(ledger_schema) {}

// Prepared, because to plan it takes longer than to run it; with one plan for any parameters.
void catalog_reader::prepare() {
    if (prepared_) return;
    db_.run("SET plan_cache_mode = force_generic_plan; SET jit = off");
    db_.run("PREPARE varve_catalog(oid[], oid[], oid[]) AS " + text_to_read_catalog(db_.quoted(ledger_schema_)));
    prepared_ = true;
}

catalog catalog_reader::read(const std::string& parameters) {
    return objects_in(db_.run(filled(
        "SET LOCAL search_path TO pg_catalog; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL jit = off; "
        "EXECUTE varve_catalog({})",
        {parameters})));
}

catalog catalog_reader::read(const catalog_selection& which) {
    prepare();
    return read(filled("{}, {}, {}", {array_of(which.relations), array_of(which.types), array_of(which.functions)}));
}

catalog catalog_reader::read_all() {
    prepare();
    db_.run("BEGIN");
    catalog result = read("NULL, NULL, NULL");
    add_unmodelled(result, db_);
    db_.run("ROLLBACK");
    return result;
}

}  // namespace varve::postgresql
