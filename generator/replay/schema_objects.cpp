#include <replay/schema_objects.hpp>

#include <replay/lower_name.hpp>
#include <replay/memory_database.hpp>
#include <replay/query.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::string_view selected = "SELECT rowid, type, name, tbl_name, sql FROM main.sqlite_master ";

/// Without the indexes of UNIQUE and PRIMARY KEY, which their tables say, and SQLite's own tables.
bool is_made_by_scripts(const schema_object& object) { return !object.name.starts_with("sqlite_"); }

schema_object object_of(const query& row) {
    return {.row = row.integer(0),
            .type = std::string(row.text(1)),
            .name = std::string(row.text(2)),
            .table = std::string(row.text(3)),
            .sql = std::string(row.text(4))};
}

void append_objects(query& rows, std::vector<schema_object>& to) {
    while (rows.step()) {
        schema_object object = object_of(rows);
        if (is_made_by_scripts(object)) to.push_back(std::move(object));
    }
}

/// Leaves out what is in both.
object_changes without_equal(std::vector<schema_object> before, std::vector<schema_object> after) {
    object_changes result;
    for (schema_object& each : before) {
        const auto same = std::ranges::find(after, each.row, &schema_object::row);
        if (same != after.end() && *same == each) {
            after.erase(same);
        } else {
            result.before.push_back(std::move(each));
        }
    }
    result.after = std::move(after);
    return result;
}

}  // namespace

void schema_objects::read(const memory_database& database) {
    objects_.clear();
    rows_of_name_.clear();
    std::vector<schema_object> all;
    query rows(database.handle(), selected);
    append_objects(rows, all);
    for (schema_object& each : all) insert(std::move(each));
}

object_changes schema_objects::all_changes(const memory_database& database) const {
    object_changes result;
    std::vector<schema_object> now;
    query rows(database.handle(), std::string(selected) + "ORDER BY rowid");
    append_objects(rows, now);
    auto at = now.begin();
    for (const auto& [row, object] : objects_) {
        for (; at != now.end() && at->row < row; ++at) result.after.push_back(std::move(*at));
        const bool there = at != now.end() && at->row == row;
        if (there && *at == object) {
            ++at;
            continue;
        }
        result.before.push_back(object);
        if (there) result.after.push_back(std::move(*at++));
    }
    for (; at != now.end(); ++at) result.after.push_back(std::move(*at));
    return result;
}

std::set<std::int64_t> schema_objects::rows_named(const names& wanted) const {
    std::set<std::int64_t> rows;
    for (const std::string& name : wanted) {
        const auto [begin, end] = rows_of_name_.equal_range(name);
        for (auto each = begin; each != end; ++each) rows.insert(each->second);
    }
    return rows;
}

object_changes schema_objects::changes(const memory_database& database, const effects& touched) const {
    if (touched.any_object) return all_changes(database);
    object_changes result;
    if (touched.changed_objects.empty()) return result;
    const std::set<std::int64_t> rows = rows_named(touched.changed_objects);
    // SQLite numbers a new object from the greatest row on that is left.
    std::int64_t untouched = 0;
    for (auto each = objects_.rbegin(); each != objects_.rend() && untouched == 0; ++each) {
        if (!rows.contains(each->first)) untouched = each->first;
    }
    std::vector<schema_object> now;
    query one(database.handle(), std::string(selected) + "WHERE rowid = ?1");
    for (const std::int64_t row : rows) {
        result.before.push_back(objects_.at(row));
        if (row > untouched) continue;
        one.bind(1, row);
        append_objects(one, now);
        one.reset();
    }
    query fresh(database.handle(), std::string(selected) + "WHERE rowid > ?1");
    fresh.bind(1, untouched);
    append_objects(fresh, now);
    return without_equal(std::move(result.before), std::move(now));
}

void schema_objects::apply(const object_changes& changes) {
    for (const schema_object& each : changes.before) erase(each.row);
    for (const schema_object& each : changes.after) insert(each);
}

const schema_object* schema_objects::find_table(const std::string& lower_name) const {
    const auto [begin, end] = rows_of_name_.equal_range(lower_name);
    for (auto each = begin; each != end; ++each) {
        const schema_object& object = objects_.at(each->second);
        if (object.type == "table" && lower(object.name) == lower_name) return &object;
    }
    return nullptr;
}

void schema_objects::insert(schema_object object) {
    const std::string name = lower(object.name);
    const std::string table = lower(object.table);
    rows_of_name_.emplace(name, object.row);
    if (table != name) rows_of_name_.emplace(table, object.row);
    objects_.insert_or_assign(object.row, std::move(object));
}

void schema_objects::erase(std::int64_t row) {
    const auto found = objects_.find(row);
    if (found == objects_.end()) return;
    for (const std::string& name : {lower(found->second.name), lower(found->second.table)}) {
        const auto [begin, end] = rows_of_name_.equal_range(name);
        const auto each = std::find_if(begin, end, [&](const auto& pair) { return pair.second == row; });
        if (each != end) rows_of_name_.erase(each);
    }
    objects_.erase(found);
}

}  // namespace varve::generator
