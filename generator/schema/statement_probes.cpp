#include <schema/statement_probes.hpp>

#include <schema/script_changes.hpp>
#include <schema/statement_text.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <variant>

namespace varve::generator {
namespace {

using probe = std::optional<probe_source>;

probe_source repeatable() { return {probe_kind::repeatable, {}, {}, {}}; }
probe repeatable_if(bool condition) { return condition ? probe(repeatable()) : std::nullopt; }

probe_source probe_for(probe_kind kind, const object_name& object, std::string name = {}) {
    return {kind, object.schema, object.name, std::move(name)};
}

/// Done twice, it leaves what it leaves when it is done once.
class is_repeatable_action {
public:
    bool operator()(const add_column& what) const { return what.if_not_exists; }
    bool operator()(const drop_column& what) const { return what.if_exists; }
    bool operator()(const drop_constraint& what) const { return what.if_exists; }
    bool operator()(const alter_column_type& what) const { return !what.has_using; }
    bool operator()(const set_default&) const { return true; }
    bool operator()(const set_not_null&) const { return true; }
    bool operator()(const drop_not_null&) const { return true; }
    bool operator()(const validate_constraint&) const { return true; }
    bool operator()(const rewrite_table&) const { return true; }
    bool operator()(const set_row_security&) const { return true; }
    bool operator()(const set_trigger&) const { return true; }
    bool operator()(const add_constraint&) const { return false; }
    bool operator()(const attach_partition&) const { return false; }
    bool operator()(const detach_partition&) const { return false; }
    bool operator()(const other_action&) const { return false; }
};

bool is_relation(object_kind kind) {
    switch (kind) {
        case object_kind::table:
        case object_kind::index:
        case object_kind::view:
        case object_kind::materialized_view:
        case object_kind::sequence:
        case object_kind::foreign_table:
            return true;
        default:
            return false;
    }
}

bool has_no_schema(object_kind kind) {
    return kind == object_kind::schema || kind == object_kind::extension || kind == object_kind::role;
}

/// The probe of one statement, whatever stood before it.
class probe_choice {
public:
    probe_choice(statement_text text, engine_kind engine)
        : text_(text), tokens_(text_.tokens()), on_postgresql_(engine == engine_kind::postgresql) {}

    probe operator()(const create_index& what) const {
        if (!on_postgresql_) return repeatable_if(what.if_not_exists);
        // Without a name the server chooses one, and each time another.
        if (what.index.name.empty()) return std::nullopt;
        return probe_for(probe_kind::index_built, what.table, what.index.name);
    }

    probe operator()(const drop_objects& what) const {
        if (!on_postgresql_) return repeatable_if(what.if_exists);
        if (what.kind == object_kind::database) return dropped_database();
        if (what.objects.size() == 1 && is_relation(what.kind)) {
            return probe_for(probe_kind::relation_dropped, what.objects.front().name);
        }
        // Without a schema, a second one of that name is behind the first in the search path.
        const bool one_each = std::all_of(what.objects.begin(), what.objects.end(), [&](const auto& each) {
            return has_no_schema(what.kind) || !each.name.schema.empty() || !each.of.schema.empty();
        });
        return repeatable_if(what.if_exists && one_each);
    }

    probe operator()(const create_object& what) const {
        if (what.kind == object_kind::database) return probe_for(probe_kind::database_created, what.name);
        return repeatable_if(what.if_not_exists || what.or_replace);
    }

    probe operator()(const add_enum_value& what) const {
        if (what.if_not_exists) return repeatable();
        return probe_for(probe_kind::enum_value_added, what.type, what.value);
    }

    probe operator()(const maintenance& what) const {
        const bool of_many =
            tokens_.find_word("schema") || tokens_.find_word("database") || tokens_.find_word("system");
        if (what.kind != maintenance_kind::reindex || !what.concurrently || of_many) return repeatable();
        return probe_for(probe_kind::index_rebuilt, what.object);
    }

    probe operator()(const alter_table& what) const {
        return repeatable_if(std::all_of(what.actions.begin(), what.actions.end(), [](const auto& each) {
            return std::visit(is_repeatable_action(), each.what);
        }));
    }

    probe operator()(const create_table& what) const { return repeatable_if(what.if_not_exists && !what.temporary); }
    probe operator()(const change_setting&) const { return probe_source{probe_kind::setting, {}, {}, {}}; }
    probe operator()(const comment_on&) const { return repeatable(); }
    probe operator()(const change_privileges&) const { return repeatable(); }
    probe operator()(const rename&) const { return std::nullopt; }
    probe operator()(const move_to_schema&) const { return std::nullopt; }
    probe operator()(const add_domain_constraint&) const { return std::nullopt; }
    // Meanwhile the application may have written rows that are to stay.
    probe operator()(const truncate&) const { return std::nullopt; }
    probe operator()(const data_change&) const { return std::nullopt; }
    probe operator()(const run_code&) const { return std::nullopt; }

    probe operator()(const other_statement&) const {
        // VACUUM INTO refuses a file that is there.
        if (tokens_.word(0, "vacuum")) return repeatable_if(on_postgresql_ || !tokens_.find_word("into"));
        if (on_postgresql_) return other_on_postgresql();
        if (tokens_.any_word(0, {"pragma", "attach", "detach"})) {
            return probe_source{probe_kind::setting, {}, {}, {}};
        }
        return repeatable_if(tokens_.any_word(0, {"analyze", "reindex"}));
    }

private:
    [[nodiscard]] probe other_on_postgresql() const {
        if (tokens_.word(0, "discard")) return probe_source{probe_kind::setting, {}, {}, {}};
        if (tokens_.words(0, {"drop", "database"})) return dropped_database();
        return repeatable_if(tokens_.any_word(0, {"analyze", "analyse", "checkpoint"}) ||
                             tokens_.words(0, {"alter", "system"}));
    }

    [[nodiscard]] probe dropped_database() const {
        const std::size_t name = tokens_.words(2, {"if", "exists"}) ? 4 : 2;
        return probe_for(probe_kind::database_dropped, {{}, text_.name(name)});
    }

    statement_text text_;
    token_reader tokens_;
    bool on_postgresql_;
};

/// What is found by the search path before the statement may be something else behind it.
bool may_change_search_path(const change& what) {
    if (std::holds_alternative<run_code>(what)) return true;
    const auto* set = std::get_if<change_setting>(&what);
    return set != nullptr && (set->name == "search_path" || set->name == "all" || set->name == "role" ||
                              set->name == "session_authorization" || set->name == "session");
}

bool names_object(probe_kind kind) {
    switch (kind) {
        case probe_kind::index_built:
        case probe_kind::index_rebuilt:
        case probe_kind::relation_dropped:
        case probe_kind::enum_value_added:
            return true;
        default:
            return false;
    }
}

}  // namespace

std::optional<probe_source> probe_of(const statement_change& statement, std::span<const statement_change> earlier,
                                     const script_source& script, engine_kind engine) {
    const sql_statement& cut = script.script.statements[statement.statement].tokens;
    const auto tokens = std::span(script.tokens.tokens).subspan(cut.first_token, cut.token_count);
    probe found = std::visit(probe_choice(statement_text(script.file.text(), tokens, engine), engine), statement.what);
    if (!found || !names_object(found->kind) || !found->schema.empty()) return found;
    const bool path_is_known =
        std::ranges::none_of(earlier, [](const auto& each) { return may_change_search_path(each.what); });
    return path_is_known ? found : std::nullopt;
}

std::vector<std::optional<probe_source>> probes_of(const script_source& script, engine_kind engine) {
    const std::vector<statement_change> changes = changes_of(script, engine);
    std::vector<probe> probes;
    probes.reserve(changes.size());
    for (const statement_change& each : changes) {
        probes.push_back(probe_of(each, std::span(changes).first(each.statement), script, engine));
    }
    return probes;
}

}  // namespace varve::generator
