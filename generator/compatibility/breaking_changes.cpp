#include <compatibility/breaking_changes.hpp>

#include <compatibility/table_comparison.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace varve::generator {
namespace {

/// What programs name in their statements; nothing else can be missed.
std::string_view word_for(object_kind kind) {
    switch (kind) {
        case object_kind::table:
        case object_kind::foreign_table:
            return "table";
        case object_kind::view:
        case object_kind::materialized_view:
            return "view";
        case object_kind::sequence:
            return "sequence";
        case object_kind::enum_type:
        case object_kind::composite_type:
        case object_kind::range_type:
        case object_kind::domain:
            return "type";
        case object_kind::function:
        case object_kind::procedure:
        case object_kind::aggregate:
            return "function";
        case object_kind::schema:
            return "schema";
        case object_kind::extension:
            return "extension";
        default:
            return {};
    }
}

/// Something that was taken away, unless it is there again at the end of the script.
struct taken_object {
    object_kind kind;
    object_name name;
    std::string signature;
};

class examining {
public:
    examining(const draft_in_history& draft, schema& now) : draft_(draft), now_(now) {}

    std::string run(std::span<const statement_change> changes) {
        for (const statement_change& each : changes) {
            std::visit([this](const auto& what) { take(what); }, each.what);
            now_.apply(each, draft_.migration);
        }
        for (const auto& [name, before] : touched_) compare(before);
        for (const taken_object& each : taken_) {
            if (now_.find_object(each.kind, each.name, {}, each.signature) == nullptr) tell_gone(each.kind, each.name);
        }
        return text();
    }

private:
    template <typename Change>
    void take(const Change&) {}

    void take(const alter_table& altered) {
        if (is_known(altered.table)) {
            touch(altered.table);
            for (const alter_table::action& each : altered.actions) take_unlisted(altered, each.what);
        } else if (!is_view(altered.table) && !altered.if_exists) {
            for (const alter_table::action& each : altered.actions) take_unknown(altered.table, each.what);
        }
    }

    void take(const rename& renamed) {
        if (renamed.kind == object_kind::column) return take_renamed_column(renamed);
        if (renamed.kind == object_kind::table) return take_table(renamed.object, false);
        if (renamed.kind == object_kind::enum_type && !renamed.part.empty()) {
            if (is_of_released(renamed.kind, renamed.object, {}))
                tell("the value " + renamed.part + " of the type " + renamed.object.name + " is renamed");
            return;
        }
        take_object(renamed.kind, renamed.object, renamed.signature, false);
    }

    void take(const move_to_schema& moved) {
        if (moved.kind == object_kind::table) return take_table(moved.object, false);
        take_object(moved.kind, moved.object, moved.signature, false);
    }

    void take(const drop_objects& dropped) {
        for (const drop_objects::object& each : dropped.objects) {
            if (dropped.kind == object_kind::table) {
                take_table(each.name, dropped.if_exists);
            } else {
                take_object(dropped.kind, each.name, each.signature, dropped.if_exists);
            }
        }
    }

    void take_renamed_column(const rename& renamed) {
        const bool is_listed = is_known(renamed.object) && now_.find_table(renamed.object)->find_column(renamed.part);
        if (is_known(renamed.object)) touch(renamed.object);
        if (is_listed || is_new(renamed.object)) return;
        if (is_view(renamed.object) && !is_of_released(object_kind::view, renamed.object, {})) return;
        tell_column(renamed.object, renamed.part);
    }

    void take_table(const object_name& table, bool if_exists) {
        if (is_known(table)) {
            touch(table);
        } else if (is_view(table)) {
            take_object(object_kind::view, table, {}, if_exists);
        } else if (!if_exists) {
            tell_gone(object_kind::table, table);
        }
    }

    /// `if_exists` of something that no migration made: it is written for whatever may be there.
    void take_object(object_kind kind, const object_name& name, const std::string& signature, bool if_exists) {
        if (word_for(kind).empty() || !is_of_released(kind, name, signature)) return;
        const bool made_here = now_.find_object(kind, name, {}, signature) != nullptr;
        if (made_here || !if_exists) taken_.push_back({kind, name, signature});
    }

    /// A released table whose columns are not all listed: made from a query, or from another one.
    void take_unlisted(const alter_table& altered, const table_action& what) {
        const known_table& table = *now_.find_table(altered.table);
        const auto* dropped = std::get_if<drop_column>(&what);
        if (dropped == nullptr || table.columns_are_known || dropped->if_exists || is_new(altered.table)) return;
        if (table.find_column(dropped->column) == nullptr) tell_column(altered.table, dropped->column);
    }

    /// A table that no migration made: it was there before.
    void take_unknown(const object_name& table, const table_action& what) {
        if (const auto* dropped = std::get_if<drop_column>(&what)) {
            if (!dropped->if_exists) tell_column(table, dropped->column);
        } else if (const auto* typed = std::get_if<alter_column_type>(&what)) {
            tell("the type of " + table.name + "." + typed->column + " changes");
        } else if (const auto* tightened = std::get_if<set_not_null>(&what)) {
            tell(table.name + "." + tightened->column + " takes no NULL any more");
        } else if (const auto* added = std::get_if<add_column>(&what)) {
            if (is_required(added->column))
                tell("a value for the new column " + table.name + "." + added->column.name + " must be given");
        }
    }

    [[nodiscard]] bool is_known(const object_name& table) const { return now_.find_table(table) != nullptr; }

    /// No released program knows it.
    [[nodiscard]] bool is_new(const object_name& table) const {
        return is_known(table) && draft_.released.find_table(table) == nullptr;
    }

    [[nodiscard]] bool is_view(const object_name& name) const {
        return now_.find_object(object_kind::view, name) != nullptr;
    }

    /// A released migration made it, or none did.
    [[nodiscard]] bool is_of_released(object_kind kind, const object_name& name, std::string_view signature) const {
        const known_object* const known = now_.find_object(kind, name, {}, signature);
        if (known == nullptr) return true;
        return draft_.released.find_object(kind, name, {}, signature) != nullptr;
    }

    /// Keeps what a released table was before the first statement that changes it.
    void touch(const object_name& table) {
        const known_table* const known = now_.find_table(table);
        if (is_new(table) || known->temporary) return;
        touched_.emplace(known->name, *known);
    }

    void compare(const known_table& before) {
        const known_table* const after = now_.find_table(before.name);
        if (after == nullptr) return tell_gone(object_kind::table, before.name);
        const known_table* const released = draft_.released.find_table(before.name);
        compare_tables({*released, before, *after, draft_.history.engine},
                       [this](std::string what) { tell(std::move(what)); });
    }

    void tell_gone(object_kind kind, const object_name& name) {
        tell("the " + std::string(word_for(kind)) + " " + name.name + " is dropped or renamed");
    }
    void tell_column(const object_name& table, const std::string& column) {
        tell("the column " + table.name + "." + column + " is dropped or renamed");
    }
    void tell(std::string what) {
        if (std::ranges::find(told_, what) == told_.end()) told_.push_back(std::move(what));
    }

    [[nodiscard]] std::string text() const {
        constexpr std::size_t most = 3;
        std::string result;
        for (std::size_t index = 0; index < std::min(told_.size(), most); ++index) {
            result += (index == 0 ? "" : "; ") + told_[index];
        }
        if (told_.size() > most) result += "; and " + std::to_string(told_.size() - most) + " more";
        return result;
    }

    const draft_in_history& draft_;
    schema& now_;
    std::map<object_name, known_table> touched_;
    std::vector<taken_object> taken_;
    std::vector<std::string> told_;
};

}  // namespace

std::string breaking_changes(const draft_in_history& draft, std::span<const statement_change> changes, schema& now) {
    return examining(draft, now).run(changes);
}

}  // namespace varve::generator
