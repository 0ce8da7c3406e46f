#include <lint/rules/rules.hpp>

#include <algorithm>
#include <variant>

namespace varve::generator::rules {
namespace {

/// What a statement lacks to be run again after it took effect; empty: nothing, or it is not known.
struct missing_words {
    std::string operator()(const create_table& made) const { return made.if_not_exists ? "" : not_there; }
    std::string operator()(const create_object& made) const {
        return made.or_replace || made.if_not_exists || made.kind == object_kind::other ? ""
                                                                                        : "a form that can be repeated";
    }
    std::string operator()(const add_enum_value& added) const { return added.if_not_exists ? "" : not_there; }
    std::string operator()(const drop_objects& dropped) const { return dropped.if_exists ? "" : there; }
    std::string operator()(const create_index& made) const {
        return made.if_not_exists || made.concurrently ? "" : not_there;
    }
    std::string operator()(const alter_table& altered) const {
        for (const alter_table::action& each : altered.actions) {
            if (const auto* added = std::get_if<add_column>(&each.what); added != nullptr && !added->if_not_exists) {
                return not_there;
            }
            if (const auto* lost = std::get_if<drop_column>(&each.what); lost != nullptr && !lost->if_exists) {
                return there;
            }
            if (const auto* lost = std::get_if<drop_constraint>(&each.what); lost != nullptr && !lost->if_exists) {
                return there;
            }
        }
        return {};
    }
    template <typename Other>
    std::string operator()(const Other&) const {
        return {};
    }

    static constexpr const char* there = "IF EXISTS";
    static constexpr const char* not_there = "IF NOT EXISTS";
};

// Settings are made anew when the script goes on.
bool stands_alone(const reviewed_statement& statement) {
    const auto is_setting = [](const statement_change& each) {
        return std::holds_alternative<change_setting>(each.what);
    };
    const auto settings = std::ranges::count_if(statement.earlier, is_setting);
    return statement.script.script.statements.size() - static_cast<std::size_t>(settings) < 2;
}

bool is_dropped_before(const reviewed_statement& statement, const object_name& index) {
    return std::ranges::any_of(statement.earlier, [&](const statement_change& each) {
        const auto* dropped = std::get_if<drop_objects>(&each.what);
        return dropped != nullptr && dropped->if_exists &&
               std::ranges::any_of(dropped->objects, [&](const auto& one) { return one.name.name == index.name; });
    });
}

void check_concurrent_index(const reviewed_statement& statement, const create_index& made, lint_findings& found) {
    if (!made.concurrently || is_dropped_before(statement, made.index)) return;
    const bool named = !made.index.name.empty();
    found.push_back({statement.change.offset,
                     "CREATE INDEX CONCURRENTLY leaves an INVALID index behind when it fails, and this script is then "
                     "run from here again",
                     named ? "remove it before: DROP INDEX CONCURRENTLY IF EXISTS " + statement.quoted(made.index) + ";"
                           : "give it a name, and before it: DROP INDEX CONCURRENTLY IF EXISTS <the name>;",
                     {}});
}

}  // namespace

void cannot_be_repeated(const reviewed_statement& statement, lint_findings& found) {
    if (statement.in_transaction() || stands_alone(statement)) return;
    if (const auto* made = std::get_if<create_index>(&statement.change.what)) {
        check_concurrent_index(statement, *made, found);
    }
    const std::string words = std::visit(missing_words(), statement.change.what);
    if (words.empty()) return;
    found.push_back(
        {statement.change.offset,
         "this script runs without a transaction: if it stops here, nobody knows whether this statement took "
         "effect, and it has no " +
             words + " to be run again",
         words == "a form that can be repeated" ? "move it to a migration of its own"
                                                : "write " + words + ", or move it to a migration of its own",
         {}});
}

}  // namespace varve::generator::rules
