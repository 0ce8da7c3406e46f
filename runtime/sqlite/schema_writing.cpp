#include "schema_writing.hpp"

#include "prepared_statement.hpp"
#include "schema_text.hpp"

#include "core/text.hpp"

namespace varve::sqlite {
namespace {

// A view may use another that stands after it: SQLite looks when it is used.
constexpr std::string_view text_to_list_definitions =
    "SELECT sql FROM sqlite_schema s WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "AND tbl_name NOT IN ('varve_ledger', 'varve_statement') "
    "AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') "
    "ORDER BY EXISTS (SELECT 1 FROM sqlite_schema v WHERE v.type = 'view' AND lower(v.name) = lower(s.tbl_name)), "
    "lower(tbl_name), CASE type WHEN 'index' THEN 1 WHEN 'trigger' THEN 2 ELSE 0 END, lower(name)";

void write_number(std::string& to, const connection& on, std::string_view pragma) {
    prepared_statement reading(on, core::joined({"PRAGMA ", pragma}));
    if (!reading.step_patiently() || reading.integer(0) == 0) return;
    core::append(to, {"\nPRAGMA ", pragma, " = ", reading.text(0), ";\n"});
}

}  // namespace

std::string schema_of(const connection& on) {
    std::string result = "-- varve schema 1, sqlite\n";
    prepared_statement reading(on, text_to_list_definitions);
    while (reading.step_patiently()) core::append(result, {"\n", schema_text(reading.text(0)), "\n"});
    write_number(result, on, "user_version");
    write_number(result, on, "application_id");
    return result;
}

}  // namespace varve::sqlite
