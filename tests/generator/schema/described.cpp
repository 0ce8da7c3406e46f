#include "described.hpp"

#include <vector>

namespace varve::generator {
namespace {

std::string list(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& each : names) text += (text.empty() ? "" : ",") + (each.empty() ? "?" : each);
    return "(" + text + ")";
}

std::string shown(const object_name& name) { return name.schema.empty() ? name.name : name.schema + "." + name.name; }

std::string shown(const type_name& type) {
    std::string text = shown(object_name{type.schema, type.name});
    std::string modifiers;
    for (const auto each : type.modifiers) modifiers += (modifiers.empty() ? "" : ",") + std::to_string(each);
    if (!modifiers.empty()) text += "(" + modifiers + ")";
    for (int i = 0; i < type.array_dimensions; ++i) text += "[]";
    return text;
}

std::string_view shown(object_kind kind) {
    constexpr std::string_view names[] = {
        "table",     "column", "constraint", "index",    "view",      "materialized view", "sequence", "enum",
        "composite", "range",  "domain",     "function", "procedure", "aggregate",         "trigger",  "policy",
        "rule",      "schema", "extension",  "role",     "database",  "foreign table",     "other"};
    return names[static_cast<std::size_t>(kind)];
}

/// ` word` if it is so.
std::string mark(bool so, std::string_view word) { return so ? " " + std::string(word) : std::string(); }

std::string shown_default(default_kind kind, const std::string& text) {
    if (text.empty()) return {};
    constexpr std::string_view kinds[] = {"none", "constant", "volatile"};
    return " " + std::string(kinds[static_cast<std::size_t>(kind)]) + "<" + text + ">";
}

struct action_describer {
    std::string operator()(const add_column& a) const {
        return "add" + mark(a.if_not_exists, "if-not-exists") + " " + described(a.column);
    }
    std::string operator()(const drop_column& a) const {
        return "drop " + a.column + mark(a.if_exists, "if-exists") + mark(a.cascade, "cascade");
    }
    std::string operator()(const alter_column_type& a) const {
        return a.column + " type " + shown(a.type) + mark(a.has_using, "using");
    }
    std::string operator()(const set_default& a) const {
        return a.column + " default" + shown_default(a.value, a.text) + mark(a.text.empty(), "dropped");
    }
    std::string operator()(const set_not_null& a) const { return a.column + " set not null"; }
    std::string operator()(const drop_not_null& a) const { return a.column + " drop not null"; }
    std::string operator()(const add_constraint& a) const { return "add " + described(a.constraint); }
    std::string operator()(const drop_constraint& a) const {
        return "drop constraint " + a.constraint + mark(a.if_exists, "if-exists") + mark(a.cascade, "cascade");
    }
    std::string operator()(const validate_constraint& a) const { return "validate " + a.constraint; }
    std::string operator()(const attach_partition& a) const {
        return "attach " + shown(a.partition) + " <" + a.bound_text + ">";
    }
    std::string operator()(const detach_partition& a) const {
        return "detach " + shown(a.partition) + mark(a.concurrently, "concurrently");
    }
    std::string operator()(const rewrite_table& a) const { return "rewrite " + a.what; }
    std::string operator()(const set_row_security& a) const {
        constexpr std::string_view kinds[] = {"enable", "disable", "force", "no force"};
        return "row security " + std::string(kinds[static_cast<std::size_t>(a.what)]);
    }
    std::string operator()(const set_trigger& a) const {
        return std::string(a.enabled ? "enable" : "disable") + " trigger " + a.trigger;
    }
    std::string operator()(const other_action& a) const { return "other " + a.what; }
};

struct change_describer {
    std::string operator()(const create_table& c) const {
        std::string text = "create table " + shown(c.table) + mark(c.temporary, "temporary") +
                           mark(c.if_not_exists, "if-not-exists") + mark(c.partitioned, "partitioned") +
                           mark(c.from_query, "from-query") + mark(c.like_others, "like") +
                           mark(c.without_rowid, "without-rowid");
        if (!c.partition_of.name.empty()) text += " of " + shown(c.partition_of);
        for (const object_name& each : c.inherits) text += " inherits " + shown(each);
        for (const column_definition& each : c.columns) text += " | " + described(each);
        for (const constraint_definition& each : c.constraints) text += " | " + described(each);
        return text;
    }
    std::string operator()(const alter_table& c) const {
        std::string text = "alter table " + shown(c.table) + mark(c.if_exists, "if-exists");
        for (const auto& each : c.actions) text += " | " + described(each.what);
        return text;
    }
    std::string operator()(const rename& c) const {
        return "rename " + std::string(shown(c.kind)) + " " + shown(c.object) + c.signature +
               (c.part.empty() ? "" : "#" + c.part) + " to " + c.new_name;
    }
    std::string operator()(const create_index& c) const {
        return "create index " + shown(c.index) + " on " + shown(c.table) + list(c.columns) + " " + c.method +
               mark(!c.used.empty(), "uses" + list(c.used)) +
               mark(!c.name_parts.empty(), "named" + list(c.name_parts)) + mark(c.unique, "unique") +
               mark(c.concurrently, "concurrently") + mark(c.if_not_exists, "if-not-exists") + mark(c.only, "only") +
               mark(c.partial, "partial") + mark(!c.plain, "with-options");
    }
    std::string operator()(const drop_objects& c) const {
        std::string text = "drop " + std::string(shown(c.kind));
        for (const auto& each : c.objects) {
            text += " " + shown(each.name) + each.signature + (each.of.name.empty() ? "" : "@" + shown(each.of));
        }
        return text + mark(c.if_exists, "if-exists") + mark(c.cascade, "cascade") +
               mark(c.concurrently, "concurrently");
    }
    std::string operator()(const create_object& c) const {
        return "create " + std::string(shown(c.kind)) + " <" + c.keyword + "> " + shown(c.name) + c.signature +
               (c.of.name.empty() ? "" : "@" + shown(c.of)) + mark(c.or_replace, "or-replace") +
               mark(c.if_not_exists, "if-not-exists") + (c.enum_values.empty() ? "" : " " + list(c.enum_values));
    }
    std::string operator()(const add_enum_value& c) const {
        return "add value " + c.value + " to " + shown(c.type) + mark(c.if_not_exists, "if-not-exists");
    }
    std::string operator()(const move_to_schema& c) const {
        return "move " + std::string(shown(c.kind)) + " " + shown(c.object) + c.signature + " to " + c.new_schema;
    }
    std::string operator()(const add_domain_constraint& c) const {
        return "alter domain " + shown(c.domain) + " add " + described(c.constraint);
    }
    std::string operator()(const maintenance& c) const {
        constexpr std::string_view kinds[] = {"reindex", "cluster", "vacuum full", "refresh"};
        return std::string(kinds[static_cast<std::size_t>(c.kind)]) + " " + shown(c.object) +
               mark(c.concurrently, "concurrently");
    }
    std::string operator()(const truncate& c) const {
        std::string text = "truncate";
        for (const object_name& each : c.tables) text += " " + shown(each);
        return text + mark(c.cascade, "cascade");
    }
    std::string operator()(const data_change& c) const {
        constexpr std::string_view kinds[] = {"insert", "update", "delete", "merge", "copy"};
        return std::string(kinds[static_cast<std::size_t>(c.kind)]) + " " + shown(c.table) +
               mark(c.has_where, "where") + mark(c.from_query, "from-query");
    }
    std::string operator()(const change_setting& c) const {
        return "set " + c.name + " to <" + c.value + ">" + mark(c.local, "local");
    }
    std::string operator()(const comment_on& c) const {
        return "comment on " + std::string(shown(c.kind)) + " " + shown(c.object);
    }
    std::string operator()(const change_privileges& c) const {
        return c.kind == privilege_change::grant ? "grant" : "revoke";
    }
    std::string operator()(const run_code& c) const { return "run " + c.what; }
    std::string operator()(const other_statement& c) const { return "other " + c.what; }
};

}  // namespace

std::string described(const constraint_definition& c) {
    constexpr std::string_view kinds[] = {"primary key", "unique", "check", "foreign key", "exclude", "not null"};
    std::string text =
        std::string(kinds[static_cast<std::size_t>(c.kind)]) + (c.name.empty() ? "" : " " + c.name) + list(c.columns);
    if (!c.referenced.name.empty()) text += " to " + shown(c.referenced) + list(c.referenced_columns);
    if (!c.using_index.empty()) text += " using " + c.using_index;
    if (!c.not_null_check.empty()) text += " proves " + c.not_null_check;
    return text + mark(c.not_valid, "not-valid") + " <" + c.text + ">";
}

std::string described(const column_definition& c) {
    constexpr std::string_view generated[] = {"", " stored", " virtual"};
    std::string text = c.name + " " + shown(c.type) + mark(c.not_null, "not-null") + mark(c.identity, "identity") +
                       shown_default(c.default_value, c.default_text) +
                       std::string(generated[static_cast<std::size_t>(c.generated)]) +
                       mark(c.autoincrement, "autoincrement") + " <" + c.text + ">";
    for (const constraint_definition& each : c.constraints) text += " [" + described(each) + "]";
    return text;
}

std::string described(const table_action& action) { return std::visit(action_describer(), action); }

std::string described(const change& what) { return std::visit(change_describer(), what); }

}  // namespace varve::generator
