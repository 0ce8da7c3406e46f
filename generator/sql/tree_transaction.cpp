#include <sql/tree_transaction.hpp>

#include <sql/character.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace varve::generator {
namespace {

using json = nlohmann::json;

std::optional<outside_transaction> found_outside(std::string what) {
    return outside_transaction{.what = std::move(what), .why = "cannot run inside a transaction"};
}

// The trees leave out what is false, zero or empty.
const json& field(const json& node, const char* name) {
    static const json nothing;
    const auto found = node.is_object() ? node.find(name) : node.end();
    return found == node.end() ? nothing : *found;
}

std::string text_field(const json& node, const char* name) {
    const json& value = field(node, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool flag(const json& node, const char* name) {
    const json& value = field(node, name);
    return value.is_boolean() && value.get<bool>();
}

std::string in_lower_case(std::string text) {
    std::ranges::transform(text, text.begin(), to_lower);
    return text;
}

std::string known_name(const std::string& schema, const std::string& name) {
    return schema.empty() || schema == "public" ? name : schema + '.' + name;
}

std::string relation_name(const json& range) {
    return known_name(text_field(range, "schemaname"), text_field(range, "relname"));
}

struct named_object {
    std::string schema;
    std::string name;
};

/// `[{"String":{"sval":"s"}},{"String":{"sval":"p"}}]`
named_object listed_object(const json& names) {
    named_object object;
    if (!names.is_array()) return object;
    for (const json& each : names) {
        object.schema = std::exchange(object.name, text_field(field(each, "String"), "sval"));
    }
    return object;
}

std::string listed_name(const json& names) {
    const named_object object = listed_object(names);
    return known_name(object.schema, object.name);
}

const json* option(const json& options, std::string_view name) {
    if (!options.is_array()) return nullptr;
    for (const json& each : options) {
        const json& element = field(each, "DefElem");
        if (text_field(element, "defname") == name) return &element;
    }
    return nullptr;
}

/// As the server reads a Boolean option: its name alone says yes.
bool is_on(const json& element) {
    const json& value = field(element, "arg");
    if (value.is_null()) return true;
    if (const json& truth = field(value, "Boolean"); !truth.is_null()) return flag(truth, "boolval");
    if (const json& number = field(value, "Integer"); !number.is_null()) return !field(number, "ival").is_null();
    // `off` in a list of options has the form of a type's name.
    const json& type = field(value, "TypeName");
    const std::string word =
        in_lower_case(type.is_null() ? text_field(field(value, "String"), "sval") : listed_name(field(type, "names")));
    return word != "false" && word != "off";
}

bool option_is_on(const json& options, std::string_view name, bool otherwise) {
    const json* const element = option(options, name);
    return element == nullptr ? otherwise : is_on(*element);
}

// --- whether a statement may run in a transaction --------------------------------------------------------------------

using verdict = std::optional<outside_transaction>;

verdict check_index(const json& node, const known_objects&) {
    return flag(node, "concurrent") ? found_outside("CREATE INDEX CONCURRENTLY") : std::nullopt;
}

verdict check_drop(const json& node, const known_objects&) {
    return flag(node, "concurrent") ? found_outside("DROP INDEX CONCURRENTLY") : std::nullopt;
}

verdict check_reindex(const json& node, const known_objects& known) {
    if (option_is_on(field(node, "params"), "concurrently", false)) return found_outside("REINDEX CONCURRENTLY");
    const std::string kind = text_field(node, "kind");
    if (kind == "REINDEX_OBJECT_SCHEMA") return found_outside("REINDEX SCHEMA");
    if (kind == "REINDEX_OBJECT_DATABASE") return found_outside("REINDEX DATABASE");
    if (kind == "REINDEX_OBJECT_SYSTEM") return found_outside("REINDEX SYSTEM");
    const std::string name = relation_name(field(node, "relation"));
    if (kind == "REINDEX_OBJECT_TABLE" && known.partitioned_tables.contains(name)) {
        return found_outside("REINDEX of the partitioned table " + name);
    }
    const bool of_index = kind == "REINDEX_OBJECT_INDEX" && known.partitioned_indexes.contains(name);
    return of_index ? found_outside("REINDEX of the partitioned index " + name) : std::nullopt;
}

verdict check_vacuum(const json& node, const known_objects&) {
    return flag(node, "is_vacuumcmd") ? found_outside("VACUUM") : std::nullopt;
}

verdict check_cluster(const json& node, const known_objects& known) {
    const json& relation = field(node, "relation");
    if (relation.is_null()) return found_outside("CLUSTER without a table");
    const std::string name = relation_name(relation);
    const bool partitioned = known.partitioned_tables.contains(name);
    return partitioned ? found_outside("CLUSTER of the partitioned table " + name) : std::nullopt;
}

verdict check_alter_database(const json& node, const known_objects&) {
    const bool moves = option(field(node, "options"), "tablespace") != nullptr;
    return moves ? found_outside("ALTER DATABASE .. SET TABLESPACE") : std::nullopt;
}

verdict check_create_subscription(const json& node, const known_objects&) {
    const json& options = field(node, "options");
    // Without a slot on the other server there is nothing that could not be rolled back.
    const bool makes_slot = option_is_on(options, "create_slot", option_is_on(options, "connect", true));
    return makes_slot ? found_outside("CREATE SUBSCRIPTION") : std::nullopt;
}

verdict check_alter_subscription(const json& node, const known_objects&) {
    const std::string kind = text_field(node, "kind");
    const json& options = field(node, "options");
    if (kind == "ALTER_SUBSCRIPTION_REFRESH" || kind == "ALTER_SUBSCRIPTION_REFRESH_PUBLICATION") {
        return found_outside("ALTER SUBSCRIPTION .. REFRESH PUBLICATION");
    }
    const bool publications = kind.ends_with("_PUBLICATION");
    if (publications && option_is_on(options, "refresh", true)) {
        return found_outside("ALTER SUBSCRIPTION .. PUBLICATION, which refreshes,");
    }
    if (kind != "ALTER_SUBSCRIPTION_OPTIONS") return std::nullopt;
    for (const char* each : {"two_phase", "failover"}) {
        if (option(options, each) != nullptr)
            return found_outside(std::string("ALTER SUBSCRIPTION .. SET (") + each + ")");
    }
    return std::nullopt;
}

verdict check_discard(const json& node, const known_objects&) {
    return text_field(node, "target") == "DISCARD_ALL" ? found_outside("DISCARD ALL") : std::nullopt;
}

verdict check_alter_table(const json& node, const known_objects&) {
    const json& actions = field(node, "cmds");
    if (!actions.is_array()) return std::nullopt;
    const bool detaches = std::ranges::any_of(actions, [](const json& each) {
        const json& action = field(each, "AlterTableCmd");
        return text_field(action, "subtype") == "AT_DetachPartition" &&
               flag(field(field(action, "def"), "PartitionCmd"), "concurrent");
    });
    return detaches ? found_outside("DETACH PARTITION .. CONCURRENTLY") : std::nullopt;
}

verdict check_call(const json& node, const known_objects& known) {
    const std::string name = listed_name(field(field(node, "funccall"), "funcname"));
    const bool commits = known.committing_procedures.contains(name);
    return commits ? found_outside("CALL of the procedure " + name + ", which commits or rolls back,") : std::nullopt;
}

verdict check_prepared(const json& node, const known_objects&) {
    const std::string kind = text_field(node, "kind");
    if (kind == "TRANS_STMT_COMMIT_PREPARED") return found_outside("COMMIT PREPARED");
    return kind == "TRANS_STMT_ROLLBACK_PREPARED" ? found_outside("ROLLBACK PREPARED") : std::nullopt;
}

struct always_outside {
    std::string_view node;
    std::string_view what;
};
constexpr std::array whole_kinds{
    always_outside{"AlterSystemStmt", "ALTER SYSTEM"},
    always_outside{"CreatedbStmt", "CREATE DATABASE"},
    always_outside{"DropdbStmt", "DROP DATABASE"},
    always_outside{"CreateTableSpaceStmt", "CREATE TABLESPACE"},
    always_outside{"DropTableSpaceStmt", "DROP TABLESPACE"},
    always_outside{"DropSubscriptionStmt", "DROP SUBSCRIPTION"},
};

struct check_of_kind {
    std::string_view node;
    std::string_view hint;  ///< a tree without these bytes need not be read
    verdict (*check)(const json&, const known_objects&);
};
constexpr std::string_view any_tree;
constexpr std::string_view says_concurrent = "\"concurrent\":true";
constexpr std::array checks{
    check_of_kind{"IndexStmt", says_concurrent, check_index},
    check_of_kind{"DropStmt", says_concurrent, check_drop},
    check_of_kind{"AlterTableStmt", says_concurrent, check_alter_table},
    check_of_kind{"ReindexStmt", any_tree, check_reindex},
    check_of_kind{"VacuumStmt", any_tree, check_vacuum},
    check_of_kind{"ClusterStmt", any_tree, check_cluster},
    check_of_kind{"AlterDatabaseStmt", any_tree, check_alter_database},
    check_of_kind{"CreateSubscriptionStmt", any_tree, check_create_subscription},
    check_of_kind{"AlterSubscriptionStmt", any_tree, check_alter_subscription},
    check_of_kind{"DiscardStmt", any_tree, check_discard},
    check_of_kind{"CallStmt", any_tree, check_call},
    check_of_kind{"TransactionStmt", any_tree, check_prepared},
};

// --- what a statement makes ------------------------------------------------------------------------------------------

void note_table(const json& node, known_objects& known) {
    if (!field(node, "partspec").is_null()) known.partitioned_tables.insert(relation_name(field(node, "relation")));
}

void note_index(const json& node, known_objects& known) {
    const std::string table = relation_name(field(node, "relation"));
    const std::string name = text_field(node, "idxname");
    if (name.empty() || !known.partitioned_tables.contains(table)) return;
    // An index is in the schema of its table.
    known.partitioned_indexes[known_name(text_field(field(node, "relation"), "schemaname"), name)] = table;
}

void note_drop(const json& node, known_objects& known) {
    const json& objects = field(node, "objects");
    if (!objects.is_array()) return;
    for (const json& each : objects) {
        const json& routine = field(each, "ObjectWithArgs");
        if (!routine.is_null()) {
            known.committing_procedures.erase(listed_name(field(routine, "objname")));
            continue;
        }
        const std::string name = listed_name(field(field(each, "List"), "items"));
        known.partitioned_tables.erase(name);
        known.partitioned_indexes.erase(name);
        std::erase_if(known.partitioned_indexes, [&](const auto& index) { return index.second == name; });
    }
}

void give_name(known_objects& known, const std::string& before, const std::string& after) {
    if (known.partitioned_tables.erase(before) > 0) known.partitioned_tables.insert(after);
    for (auto& index : known.partitioned_indexes) {
        if (index.second == before) index.second = after;
    }
    if (auto index = known.partitioned_indexes.extract(before)) {
        index.key() = after;
        known.partitioned_indexes.insert(std::move(index));
    }
    if (known.committing_procedures.erase(before) > 0) known.committing_procedures.insert(after);
}

/// What RENAME and SET SCHEMA are about: a relation, or a routine.
named_object object_of(const json& node) {
    if (const json& relation = field(node, "relation"); !relation.is_null()) {
        return {text_field(relation, "schemaname"), text_field(relation, "relname")};
    }
    return listed_object(field(field(field(node, "object"), "ObjectWithArgs"), "objname"));
}

void note_rename(const json& node, known_objects& known) {
    const std::string kind = text_field(node, "renameType");
    constexpr std::array kinds{"OBJECT_TABLE", "OBJECT_INDEX", "OBJECT_PROCEDURE", "OBJECT_ROUTINE"};
    if (std::ranges::find(kinds, kind) == kinds.end()) return;
    const named_object object = object_of(node);
    give_name(known, known_name(object.schema, object.name), known_name(object.schema, text_field(node, "newname")));
}

void note_move(const json& node, known_objects& known) {
    const named_object object = object_of(node);
    give_name(known, known_name(object.schema, object.name), known_name(text_field(node, "newschema"), object.name));
}

struct noting_of_kind {
    std::string_view node;
    void (*note)(const json&, known_objects&);
};
constexpr std::array notings{
    noting_of_kind{"DropStmt", note_drop},
    noting_of_kind{"RenameStmt", note_rename},
    noting_of_kind{"AlterObjectSchemaStmt", note_move},
};

// --------------------------------------------------------------------------------------------------------------------

/// `CreateStmt` of `{"CreateStmt":{..}}`.
std::string_view kind_of(std::string_view tree) {
    constexpr std::size_t begin = 2;
    const std::size_t end = tree.find('"', begin);
    return end == std::string_view::npos ? std::string_view() : tree.substr(begin, end - begin);
}

json read(std::string_view tree, std::string_view kind) {
    json whole = json::parse(tree, nullptr, false);
    const auto node = whole.is_object() ? whole.find(kind) : whole.end();
    return node == whole.end() ? json() : std::move(*node);
}

bool knows_nothing(const known_objects& known) {
    return known.committing_procedures.empty() && known.partitioned_tables.empty();
}

void note_routine(const parsed_statement& parsed, known_objects& known) {
    if (knows_nothing(known) && !parsed.body_ends_transactions) return;
    const json node = read(parsed.tree, "CreateFunctionStmt");
    if (!flag(node, "is_procedure")) return;
    const std::string name = listed_name(field(node, "funcname"));
    if (parsed.body_ends_transactions) {
        known.committing_procedures.insert(name);
    } else if (flag(node, "replace")) {
        known.committing_procedures.erase(name);
    }
}

}  // namespace

std::optional<outside_transaction> why_outside_by_tree(const parsed_statement& parsed, const known_objects& known) {
    const std::string_view kind = kind_of(parsed.tree);
    if (kind == "DoStmt") {
        return parsed.body_ends_transactions ? found_outside("DO with COMMIT or ROLLBACK in it") : std::nullopt;
    }
    const auto whole = std::ranges::find(whole_kinds, kind, &always_outside::node);
    if (whole != whole_kinds.end()) return found_outside(std::string(whole->what));
    const auto found = std::ranges::find(checks, kind, &check_of_kind::node);
    if (found == checks.end() || parsed.tree.find(found->hint) == std::string::npos) return std::nullopt;
    return found->check(read(parsed.tree, kind), known);
}

void note_objects(const parsed_statement& parsed, known_objects& known) {
    const std::string_view kind = kind_of(parsed.tree);
    if (kind == "CreateStmt") {
        if (parsed.tree.find("\"partspec\":") != std::string::npos) note_table(read(parsed.tree, kind), known);
        return;
    }
    if (kind == "CreateFunctionStmt") return note_routine(parsed, known);
    if (knows_nothing(known)) return;
    if (kind == "IndexStmt") return note_index(read(parsed.tree, kind), known);
    const auto found = std::ranges::find(notings, kind, &noting_of_kind::node);
    if (found != notings.end()) found->note(read(parsed.tree, kind), known);
}

}  // namespace varve::generator
