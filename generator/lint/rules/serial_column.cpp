#include <lint/new_columns.hpp>
#include <lint/rules/rules.hpp>
#include <schema/type_text.hpp>

namespace varve::generator::rules {
namespace {

/// The integer that is stored.
std::string_view integer_of(const type_name& serial) {
    if (serial.name == "bigserial" || serial.name == "serial8") return "bigint";
    return serial.name == "smallserial" || serial.name == "serial2" ? "smallint" : "integer";
}

}  // namespace

void serial_column(const reviewed_statement& statement, lint_findings& found) {
    for (const new_column& each : new_columns(statement)) {
        if (!is_serial(each.type)) continue;
        const std::string name = statement.quoted(each.name);
        found.push_back({each.offset,
                         type_text(each.type) + " makes a sequence beside " + name +
                             ", with rights of its own, and anybody's INSERT may pass over it",
                         name + " " + std::string(integer_of(each.type)) + " GENERATED ALWAYS AS IDENTITY",
                         {}});
    }
}

}  // namespace varve::generator::rules
