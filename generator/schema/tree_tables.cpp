#include <schema/tree_changes.hpp>
#include <schema/tree_columns.hpp>
#include <schema/tree_names.hpp>

#include <utility>

namespace varve::generator {
namespace {

bool is_temporary(syntax_node relation) { return relation["relpersistence"].is("t"); }

create_table table_from(syntax_node statement, const statement_text& text) {
    create_table made;
    made.table = relation_name(statement["relation"]);
    made.temporary = is_temporary(statement["relation"]);
    made.if_not_exists = statement["if_not_exists"].flag();
    made.partitioned = static_cast<bool>(statement["partspec"]);
    made.like_others = static_cast<bool>(statement["ofTypename"]);
    for (const syntax_node element : statement["tableElts"]) {
        if (const syntax_node column = element.as("ColumnDef")) {
            made.columns.push_back(column_from(column, text));
        } else if (const syntax_node constraint = element.as("Constraint")) {
            made.constraints.push_back(constraint_from(constraint, text));
        } else {
            made.like_others = true;
        }
    }
    for (const syntax_node parent : statement["inhRelations"]) {
        const object_name name = relation_name(parent.as("RangeVar"));
        if (statement["partbound"]) {
            made.partition_of = name;
        } else {
            made.inherits.push_back(name);
        }
    }
    return made;
}

create_table table_from_query(syntax_node into, syntax_node if_not_exists) {
    create_table made;
    made.table = relation_name(into["rel"]);
    made.temporary = is_temporary(into["rel"]);
    made.if_not_exists = if_not_exists.flag();
    made.from_query = true;
    return made;
}

bool alters_table(syntax_node object_type) {
    return object_type.is("OBJECT_TABLE") || object_type.is("OBJECT_FOREIGN_TABLE");
}

}  // namespace

std::optional<change> table_change(std::string_view name, syntax_node statement, const statement_text& text) {
    if (name == "CreateStmt") return table_from(statement, text);
    if (name == "IndexStmt") return index_from(statement);
    if (name == "AlterTableStmt" && alters_table(statement["objtype"])) return alter_table_from(statement, text);
    if (name == "AlterTableStmt") return other_statement{"ALTER " + keyword_of(statement["objtype"])};
    if (name == "CreateTableAsStmt" && statement["objtype"].is("OBJECT_TABLE"))
        return table_from_query(statement["into"], statement["if_not_exists"]);
    if (name == "SelectStmt" && statement["intoClause"]) return table_from_query(statement["intoClause"], {});
    return std::nullopt;
}

}  // namespace varve::generator
