#include <lint/exclusive_lock.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <variant>

namespace varve::generator {
namespace {

/// Parameters of the storage and of the planner, and all about triggers.
bool is_weak_action(const std::string& what) {
    static constexpr std::array<std::string_view, 7> weak = {"AT_SetStatistics",  "AT_SetOptions", "AT_ResetOptions",
                                                             "AT_SetRelOptions",  "AT_ClusterOn",  "AT_DropCluster",
                                                             "AT_ResetRelOptions"};
    return what.find("Trig") != std::string::npos || std::ranges::find(weak, what) != weak.end();
}

/// Those that PostgreSQL does under a weaker lock on the table.
bool is_weak(const table_action& action) {
    if (const auto* added = std::get_if<add_constraint>(&action)) {
        return added->constraint.kind == constraint_kind::foreign_key;
    }
    if (const auto* detached = std::get_if<detach_partition>(&action)) return detached->concurrently;
    if (const auto* other = std::get_if<other_action>(&action)) return is_weak_action(other->what);
    return std::holds_alternative<validate_constraint>(action) || std::holds_alternative<attach_partition>(action) ||
           std::holds_alternative<set_trigger>(action);
}

/// The tables that a statement locks, in use or not.
struct locked_tables {
    const schema& before;
    std::vector<object_name> names;

    void operator()(const alter_table& altered) {
        const auto weak = [](const alter_table::action& each) { return is_weak(each.what); };
        if (!std::ranges::all_of(altered.actions, weak)) names.push_back(altered.table);
        for (const alter_table::action& each : altered.actions) {
            if (const auto* added = std::get_if<attach_partition>(&each.what)) names.push_back(added->partition);
        }
    }
    void operator()(const rename& renamed) {
        if (renamed.kind == object_kind::table || renamed.kind == object_kind::column) names.push_back(renamed.object);
    }
    void operator()(const maintenance& done) {
        if (done.kind != maintenance_kind::reindex && !done.concurrently) names.push_back(done.object);
    }
    void operator()(const truncate& emptied) { names = emptied.tables; }
    void operator()(const drop_objects& dropped) {
        if (dropped.concurrently) return;
        for (const auto& each : dropped.objects) {
            if (dropped.kind == object_kind::table) names.push_back(each.name);
            const known_table* table = dropped.kind == object_kind::index ? before.table_of_index(each.name) : nullptr;
            if (table != nullptr) names.push_back(table->name);
        }
    }
    void operator()(const move_to_schema& moved) {
        if (moved.kind == object_kind::table) names.push_back(moved.object);
    }
    template <typename Other>
    void operator()(const Other&) {}
};

}  // namespace

std::optional<object_name> locked_exclusively(const reviewed_statement& within, const statement_change& asked) {
    locked_tables locked{within.before, {}};
    std::visit(locked, asked.what);
    const auto in_use = [&](const object_name& table) { return within.exists_in_production(table); };
    const auto found = std::ranges::find_if(locked.names, in_use);
    return found == locked.names.end() ? std::nullopt : std::optional(*found);
}

}  // namespace varve::generator
