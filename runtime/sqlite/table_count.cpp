#include "table_count.hpp"

#include "prepared_statement.hpp"

namespace varve::sqlite {

std::size_t count_tables(const connection& on) {
    prepared_statement counting(on,
                                "SELECT count(*) FROM sqlite_schema WHERE type = 'table' "
                                "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                                "AND name NOT IN ('varve_ledger', 'varve_statement') "
                                "AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')");
    return counting.step_patiently() ? static_cast<std::size_t>(counting.integer(0)) : 0;
}

}  // namespace varve::sqlite
