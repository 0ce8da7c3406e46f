#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

bool is_new(const reviewed_statement& statement, const object_name& schema_name) {
    const known_object* const known = statement.before.find_object(object_kind::schema, schema_name);
    return known != nullptr && !statement.history.migrations[known->origin.migration].released;
}

std::string tables_of(const reviewed_statement& statement, const std::string& schema_name) {
    std::string text;
    for (const auto& [key, table] : statement.before.tables()) {
        const bool inside = key.schema == schema_name || (key.schema.empty() && schema_name == "public");
        if (inside && !table.temporary) text += (text.empty() ? ": the tables " : ", ") + statement.quoted(table.name);
    }
    return text;
}

}  // namespace

void dropped_schema(const reviewed_statement& statement, lint_findings& found) {
    const auto* dropped = std::get_if<drop_objects>(&statement.change.what);
    if (dropped == nullptr || dropped->kind != object_kind::schema || !dropped->cascade) return;
    for (const drop_objects::object& each : dropped->objects) {
        if (is_new(statement, each.name)) continue;
        const std::string name = statement.quoted(each.name);
        found.push_back({statement.change.offset,
                         "everything in the schema " + name + " is lost" + tables_of(statement, each.name.name),
                         "drop what is in it by name, each with its own decision, and then:\nDROP SCHEMA " + name +
                             ";\n" + how_to_allow("M304", "it held test data only"),
                         {}});
    }
}

}  // namespace varve::generator::rules
