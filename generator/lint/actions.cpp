#include <lint/actions.hpp>

namespace varve::generator {

std::string alter_table_text(const reviewed_statement& statement, const object_name& table) {
    return "ALTER TABLE " + statement.quoted(table) + " ";
}

std::string alter_column_text(const reviewed_statement& statement, const object_name& table, std::string_view column) {
    return alter_table_text(statement, table) + "ALTER COLUMN " + statement.quoted(column) + " ";
}

}  // namespace varve::generator
