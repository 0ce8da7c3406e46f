#include <schema/tree_changes.hpp>
#include <schema/tree_columns.hpp>
#include <schema/tree_names.hpp>

#include <array>
#include <utility>

namespace varve::generator {
namespace {

/// A statement whose object has its name in one member of the node.
struct creation {
    std::string_view statement;
    std::string_view name_member;
    object_kind kind;
    std::string_view keyword;
};

constexpr std::array creations{
    creation{"ViewStmt", "view", object_kind::view, "VIEW"},
    creation{"CreateSeqStmt", "sequence", object_kind::sequence, "SEQUENCE"},
    creation{"CompositeTypeStmt", "typevar", object_kind::composite_type, "TYPE"},
    creation{"CreateRangeStmt", "typeName", object_kind::range_type, "TYPE"},
    creation{"CreateEnumStmt", "typeName", object_kind::enum_type, "TYPE"},
    creation{"CreateDomainStmt", "domainname", object_kind::domain, "DOMAIN"},
    creation{"CreateTrigStmt", "trigname", object_kind::trigger, "TRIGGER"},
    creation{"CreatePolicyStmt", "policy_name", object_kind::policy, "POLICY"},
    creation{"RuleStmt", "rulename", object_kind::rule, "RULE"},
    creation{"CreateSchemaStmt", "schemaname", object_kind::schema, "SCHEMA"},
    creation{"CreateExtensionStmt", "extname", object_kind::extension, "EXTENSION"},
    creation{"CreateRoleStmt", "role", object_kind::role, "ROLE"},
    creation{"CreatedbStmt", "dbname", object_kind::database, "DATABASE"},
    creation{"CreatePublicationStmt", "pubname", object_kind::other, "PUBLICATION"},
    creation{"CreateSubscriptionStmt", "subname", object_kind::other, "SUBSCRIPTION"},
    creation{"CreateStatsStmt", "defnames", object_kind::other, "STATISTICS"},
    creation{"CreateForeignServerStmt", "servername", object_kind::other, "SERVER"},
    creation{"CreateFdwStmt", "fdwname", object_kind::other, "FOREIGN DATA WRAPPER"},
    creation{"CreateEventTrigStmt", "trigname", object_kind::other, "EVENT TRIGGER"},
    creation{"CreateAmStmt", "amname", object_kind::other, "ACCESS METHOD"},
    creation{"CreateConversionStmt", "conversion_name", object_kind::other, "CONVERSION"},
    creation{"CreateTableSpaceStmt", "tablespacename", object_kind::other, "TABLESPACE"},
};

/// A text, a RangeVar or a list of names.
object_name name_in(syntax_node member) {
    if (member["relname"]) return relation_name(member);
    if (member.first()) return name_from(strings(member));
    return {{}, member.text()};
}

/// The table of a trigger, a policy or a rule.
object_name owner_in(std::string_view name, syntax_node statement) {
    if (name == "CreatePolicyStmt") return relation_name(statement["table"]);
    if (name == "CreateTrigStmt" || name == "RuleStmt") return relation_name(statement["relation"]);
    return {};
}

create_object simple_creation(const creation& known, syntax_node statement) {
    create_object made{.kind = known.kind,
                       .name = name_in(statement[known.name_member]),
                       .of = owner_in(known.statement, statement),
                       .signature = {},
                       .keyword = std::string(known.keyword),
                       .or_replace = statement["replace"].flag(),
                       .if_not_exists = statement["if_not_exists"].flag(),
                       .enum_values = {}};
    if (known.kind == object_kind::enum_type) made.enum_values = strings(statement["vals"]);
    return made;
}

create_object routine_from(syntax_node statement) {
    const bool procedure = statement["is_procedure"].flag();
    create_object made;
    made.kind = procedure ? object_kind::procedure : object_kind::function;
    made.name = name_from(strings(statement["funcname"]));
    made.signature = signature_of_parameters(statement["parameters"]);
    made.keyword = procedure ? "PROCEDURE" : "FUNCTION";
    made.or_replace = statement["replace"].flag();
    return made;
}

/// CREATE AGGREGATE, OPERATOR, TYPE, COLLATION, TEXT SEARCH ..
create_object defined_object(syntax_node statement) {
    create_object made;
    made.kind = kind_from(statement["kind"]);
    made.name = name_from(strings(statement["defnames"]));
    made.keyword = keyword_of(statement["kind"]);
    made.or_replace = statement["replace"].flag();
    made.if_not_exists = statement["if_not_exists"].flag();
    if (made.kind == object_kind::composite_type) made.kind = object_kind::other;
    if (made.kind == object_kind::aggregate) {
        made.signature =
            signature_for(made.kind, signature_of_parameters(statement["args"].first().as("List")["items"]));
    }
    return made;
}

create_object other_relation(object_kind kind, std::string_view keyword, syntax_node relation, syntax_node statement) {
    create_object made;
    made.kind = kind;
    made.name = relation_name(relation);
    made.keyword = keyword;
    made.if_not_exists = statement["if_not_exists"].flag();
    return made;
}

drop_objects::object dropped_object(object_kind kind, syntax_node object) {
    drop_objects::object dropped{
        .name = name_of_object(object), .of = {}, .signature = signature_of_object(kind, object)};
    const bool of_table = kind == object_kind::trigger || kind == object_kind::policy || kind == object_kind::rule;
    if (!of_table) return dropped;
    // `schema.table.trigger`
    std::vector<std::string> parts = strings(object.as("List")["items"]);
    if (parts.empty()) return dropped;
    dropped.name = {{}, std::move(parts.back())};
    parts.pop_back();
    dropped.of = name_from(parts);
    return dropped;
}

drop_objects drop_from(syntax_node statement) {
    drop_objects dropped;
    dropped.kind = kind_from(statement["removeType"]);
    for (const syntax_node each : statement["objects"]) {
        dropped.objects.push_back(dropped_object(dropped.kind, each));
    }
    dropped.if_exists = statement["missing_ok"].flag();
    dropped.cascade = statement["behavior"].is("DROP_CASCADE");
    dropped.concurrently = statement["concurrent"].flag();
    return dropped;
}

drop_objects drop_roles(syntax_node statement) {
    drop_objects dropped;
    dropped.kind = object_kind::role;
    for (const syntax_node each : statement["roles"]) {
        dropped.objects.push_back({.name = {{}, each.as("RoleSpec")["rolename"].text()}, .of = {}, .signature = {}});
    }
    dropped.if_exists = statement["missing_ok"].flag();
    return dropped;
}

rename rename_from(syntax_node statement) {
    const syntax_node type = statement["renameType"];
    rename renamed;
    renamed.kind = kind_from(type);
    renamed.part = statement["subname"].text();
    renamed.new_name = statement["newname"].text();
    if (const syntax_node relation = statement["relation"]) {
        renamed.object = relation_name(relation);
    } else if (const syntax_node object = statement["object"]) {
        renamed.object = name_of_object(object);
        renamed.signature = signature_of_object(renamed.kind, object);
    } else {
        // Of a schema, a role, a database: its own old name.
        renamed.object = {{}, std::exchange(renamed.part, {})};
    }
    return renamed;
}

move_to_schema move_from(syntax_node statement) {
    const syntax_node relation = statement["relation"];
    const object_kind kind = kind_from(statement["objectType"]);
    return {.kind = kind,
            .object = relation ? relation_name(relation) : name_of_object(statement["object"]),
            .new_schema = statement["newschema"].text(),
            .signature = signature_of_object(kind, statement["object"])};
}

change enum_change(syntax_node statement) {
    const object_name type = name_from(strings(statement["typeName"]));
    const std::string value = statement["newVal"].text();
    if (const syntax_node old = statement["oldVal"]) {
        return rename{
            .kind = object_kind::enum_type, .object = type, .part = old.text(), .new_name = value, .signature = {}};
    }
    return add_enum_value{.type = type, .value = value, .if_not_exists = statement["skipIfNewValExists"].flag()};
}

std::optional<change> creation_change(std::string_view name, syntax_node statement) {
    for (const creation& each : creations) {
        if (each.statement == name) return simple_creation(each, statement);
    }
    if (name == "CreateFunctionStmt") return routine_from(statement);
    if (name == "DefineStmt") return defined_object(statement);
    if (name == "CreateForeignTableStmt")
        return other_relation(object_kind::foreign_table, "FOREIGN TABLE", statement["base"]["relation"],
                              statement["base"]);
    if (name == "CreateTableAsStmt")
        return other_relation(object_kind::materialized_view, "MATERIALIZED VIEW", statement["into"]["rel"], statement);
    return std::nullopt;
}

}  // namespace

std::optional<change> object_change(std::string_view name, syntax_node statement, const statement_text& text) {
    if (auto created = creation_change(name, statement)) return created;
    if (name == "DropStmt") return drop_from(statement);
    if (name == "DropRoleStmt") return drop_roles(statement);
    if (name == "RenameStmt") return rename_from(statement);
    if (name == "AlterObjectSchemaStmt") return move_from(statement);
    if (name == "AlterEnumStmt") return enum_change(statement);
    if (name == "AlterDomainStmt" && statement["subtype"].is("C"))
        return add_domain_constraint{.domain = name_from(strings(statement["typeName"])),
                                     .constraint = constraint_from(statement["def"].as("Constraint"), text)};
    if (name == "CommentStmt")
        return comment_on{.kind = kind_from(statement["objtype"]), .object = name_of_object(statement["object"])};
    return std::nullopt;
}

}  // namespace varve::generator
