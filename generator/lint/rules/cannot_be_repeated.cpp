#include <lint/rules/rules.hpp>
#include <schema/statement_probes.hpp>

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
    std::string operator()(const drop_objects& dropped) const { return dropped.if_exists ? "" : there; }
    std::string operator()(const create_index& made) const { return made.if_not_exists ? "" : not_there; }
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

/// Of an index that only a person could look for.
std::string why_not_found(const create_index& made) {
    return made.index.name.empty() ? "give it a name: then varve finds out by itself whether it was built"
                                   : "name the schema of its table: the search path is not sure to find it";
}

bool has_probe(const reviewed_statement& statement) {
    return probe_of(statement.change, statement.earlier, statement.script, statement.history.engine).has_value();
}

}  // namespace

void cannot_be_repeated(const reviewed_statement& statement, lint_findings& found) {
    if (statement.in_transaction() || stands_alone(statement) || has_probe(statement)) return;
    const std::string words = std::visit(missing_words(), statement.change.what);
    const auto* index = std::get_if<create_index>(&statement.change.what);
    const bool concurrent = index != nullptr && index->concurrently;
    if (words.empty() && !concurrent) return;
    const std::string message =
        "this script runs without a transaction: if it stops here, nobody knows whether this statement took effect";
    if (concurrent) {
        found.push_back({statement.change.offset, message, why_not_found(*index), {}});
        return;
    }
    found.push_back({statement.change.offset,
                     message + ", and it has no " + words + " to be run again",
                     words == "a form that can be repeated"
                         ? "move it to a migration of its own"
                         : "write " + words + ", or move it to a migration of its own",
                     {}});
}

}  // namespace varve::generator::rules
