#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

/// The name of something that is made in a schema, if the statement does not say in which.
const object_name* name_without_schema(const change& what) {
    const object_name* name = nullptr;
    if (const auto* table = std::get_if<create_table>(&what); table != nullptr && !table->temporary)
        name = &table->table;
    if (const auto* object = std::get_if<create_object>(&what)) {
        switch (object->kind) {
            case object_kind::view:
            case object_kind::materialized_view:
            case object_kind::sequence:
            case object_kind::enum_type:
            case object_kind::composite_type:
            case object_kind::range_type:
            case object_kind::domain:
            case object_kind::function:
            case object_kind::procedure:
            case object_kind::aggregate:
            case object_kind::foreign_table:
                name = &object->name;
                break;
            default:
                break;
        }
    }
    return name != nullptr && name->schema.empty() ? name : nullptr;
}

}  // namespace

void require_schema(const reviewed_statement& statement, lint_findings& found) {
    const object_name* name = name_without_schema(statement.change.what);
    if (name == nullptr) return;
    found.push_back(
        {statement.change.offset,
         "in which schema " + statement.quoted(*name) + " is made depends on the search_path of whoever runs this",
         "write public." + statement.quoted(*name) + ", or the schema that is meant",
         {}});
}

}  // namespace varve::generator::rules
