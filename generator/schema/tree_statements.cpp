#include <schema/tree_changes.hpp>
#include <schema/tree_names.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), to_lower);
    return text;
}

syntax_node option(syntax_node options, std::string_view name) {
    for (const syntax_node each : options) {
        if (each.as("DefElem")["defname"].is(name)) return each.as("DefElem");
    }
    return {};
}

/// `CONCURRENTLY`, `(FULL)`, `(FULL on)`; not `(FULL false)`.
bool option_is_on(syntax_node options, std::string_view name) {
    const syntax_node found = option(options, name);
    if (!found) return false;
    const syntax_node value = found["arg"];
    if (const syntax_node number = value.as("Integer")) return number["ival"].number() != 0;
    if (const syntax_node boolean = value.as("Boolean")) return boolean["boolval"].flag();
    const std::string text = lower(value.as("String")["sval"].text());
    return text != "false" && text != "off";
}

/// A constant's value as it would be written without quotes.
std::string constant_text(syntax_node constant) {
    if (const syntax_node string = constant["sval"]) return string["sval"].text();
    if (const syntax_node number = constant["fval"]) return number["fval"].text();
    if (const syntax_node boolean = constant["boolval"]) return boolean["boolval"].flag() ? "true" : "false";
    return std::to_string(constant["ival"]["ival"].number());
}

change_setting setting_from(syntax_node statement) {
    change_setting set{.name = lower(statement["name"].text()), .value = {}, .local = statement["is_local"].flag()};
    if (const syntax_node first = statement["args"].first()) {
        const syntax_node constant = first.as("A_Const");
        set.value = constant_text(constant ? constant : first.as("TypeCast")["arg"].as("A_Const"));
    }
    return set;
}

/// SELECT set_config('name', 'value', local) and nothing else.
std::optional<change> setting_called(syntax_node select) {
    const syntax_node targets = select["targetList"];
    const syntax_node call = targets.first().as("ResTarget")["val"].as("FuncCall");
    const std::vector<std::string> called = strings(call["funcname"]);
    if (called.empty() || called.back() != "set_config") return std::nullopt;
    std::vector<std::string> arguments;
    for (const syntax_node each : call["args"]) arguments.push_back(constant_text(each.as("A_Const")));
    if (arguments.size() != 3) return std::nullopt;
    return change_setting{.name = lower(arguments[0]), .value = arguments[1], .local = arguments[2] == "true"};
}

data_change data_change_of(data_change_kind kind, syntax_node statement) {
    data_change changed{.kind = kind,
                        .table = relation_name(statement["relation"]),
                        .has_where = static_cast<bool>(statement["whereClause"]),
                        .from_query = false};
    const syntax_node query = statement["selectStmt"].as("SelectStmt");
    changed.from_query = kind == data_change_kind::insert && query && !query["valuesLists"];
    return changed;
}

std::optional<change> rows_change(std::string_view name, syntax_node statement) {
    if (name == "InsertStmt") return data_change_of(data_change_kind::insert, statement);
    if (name == "UpdateStmt") return data_change_of(data_change_kind::update, statement);
    if (name == "DeleteStmt") return data_change_of(data_change_kind::delete_rows, statement);
    if (name == "MergeStmt") return data_change_of(data_change_kind::merge, statement);
    if (name == "CopyStmt" && statement["is_from"].flag()) return data_change_of(data_change_kind::copy, statement);
    if (name != "TruncateStmt") return std::nullopt;
    truncate emptied;
    for (const syntax_node each : statement["relations"]) {
        emptied.tables.push_back(relation_name(each.as("RangeVar")));
    }
    emptied.cascade = statement["behavior"].is("DROP_CASCADE");
    return emptied;
}

std::optional<change> maintenance_change(std::string_view name, syntax_node statement) {
    maintenance done;
    done.object = relation_name(statement["relation"]);
    if (name == "ReindexStmt") {
        done.kind = maintenance_kind::reindex;
        done.concurrently = option_is_on(statement["params"], "concurrently");
        // Of a schema or a database.
        if (done.object.name.empty()) done.object.name = statement["name"].text();
    } else if (name == "ClusterStmt") {
        done.kind = maintenance_kind::cluster;
    } else if (name == "RefreshMatViewStmt") {
        done.kind = maintenance_kind::refresh_materialized_view;
        done.concurrently = statement["concurrent"].flag();
    } else if (name == "VacuumStmt" && option_is_on(statement["options"], "full")) {
        done.kind = maintenance_kind::vacuum_full;
        done.object = relation_name(statement["rels"].first().as("VacuumRelation")["relation"]);
    } else {
        return std::nullopt;
    }
    return done;
}

std::optional<change> privileges_change(std::string_view name, syntax_node statement) {
    if (name != "GrantStmt" && name != "GrantRoleStmt" && name != "AlterDefaultPrivilegesStmt") return std::nullopt;
    const syntax_node own = name == "AlterDefaultPrivilegesStmt" ? statement["action"] : statement;
    return change_privileges{own["is_grant"].flag() ? privilege_change::grant : privilege_change::revoke};
}

std::optional<change> code_change(std::string_view name, syntax_node statement) {
    if (name == "DoStmt") return run_code{"DO"};
    if (name == "CallStmt") return run_code{"CALL"};
    if (name != "SelectStmt") return std::nullopt;
    if (auto set = setting_called(statement)) return set;
    return run_code{"SELECT"};
}

}  // namespace

std::optional<change> other_change(std::string_view name, syntax_node statement, const statement_text&) {
    if (auto rows = rows_change(name, statement)) return rows;
    if (auto done = maintenance_change(name, statement)) return done;
    if (name == "VariableSetStmt") return setting_from(statement);
    if (auto privileges = privileges_change(name, statement)) return privileges;
    return code_change(name, statement);
}

change change_from(const syntax_tree& tree, const statement_text& text) {
    const std::string_view name = tree.root().name();
    const syntax_node statement = tree.root().first();
    if (auto table = table_change(name, statement, text)) return *std::move(table);
    if (auto object = object_change(name, statement, text)) return *std::move(object);
    if (auto other = other_change(name, statement, text)) return *std::move(other);
    return other_statement{std::string(name)};
}

}  // namespace varve::generator
