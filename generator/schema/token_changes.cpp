#include <schema/token_changes.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <utility>

namespace varve::generator {
namespace {

/// `INSERT OR REPLACE INTO t (a) SELECT ..`, behind the first word.
data_change inserted(token_cursor at) {
    data_change made{.kind = data_change_kind::insert, .table = {}, .has_where = false, .from_query = false};
    at.skip_to({"into"});
    at.skip();
    made.table = at.take_qualified_name();
    // A SELECT in parentheses is a query too, but so written only by chance.
    made.from_query = !at.part(at.index(), at.end()).skip_to({"values", "default"});
    return made;
}

data_change changed_rows(data_change_kind kind, token_cursor at) {
    data_change made{.kind = kind, .table = {}, .has_where = false, .from_query = false};
    if (at.take("or")) at.skip();
    at.take_any({"from", "into"});
    at.take("only");
    made.table = at.take_qualified_name();
    made.has_where = at.skip_to({"where"});
    return made;
}

std::optional<change> rows_change(token_cursor at) {
    // WITH x AS (..) UPDATE ..
    if (at.at("with") && !at.skip_to({"insert", "replace", "update", "delete", "merge", "select"})) return std::nullopt;
    if (at.take_any({"insert", "replace"})) return inserted(at);
    if (at.take("update")) return changed_rows(data_change_kind::update, at);
    if (at.take("delete")) return changed_rows(data_change_kind::delete_rows, at);
    if (at.take("merge")) return changed_rows(data_change_kind::merge, at);
    if (at.take("select")) return run_code{"SELECT"};
    return std::nullopt;
}

truncate emptied(token_cursor at) {
    truncate made;
    at.take("table");
    while (!at.at_end()) {
        token_cursor each = at.take_element();
        each.take("only");
        made.tables.push_back(each.take_qualified_name());
        made.cascade = each.skip_to({"cascade"});
    }
    return made;
}

/// SET [LOCAL | SESSION] name = value, RESET name.
change_setting setting(token_cursor at) {
    change_setting set;
    set.local = at.take("local");
    if (!set.local) at.take("session");
    if (at.take({"time", "zone"})) {
        set.name = "timezone";
    } else {
        const object_name name = at.take_qualified_name();
        set.name = name.schema.empty() ? name.name : name.schema + '.' + name.name;
        if (!at.take_symbol("=")) at.take("to");
    }
    if (at.at("default")) return set;
    set.value = at.text().tokens().quoted(at.index()) ? at.text().literal(at.index()) : at.text().name(at.index());
    return set;
}

std::optional<change> maintained(token_cursor at) {
    maintenance done;
    if (at.take("vacuum")) {
        done.kind = maintenance_kind::vacuum_full;
        const bool in_parentheses = at.at_symbol("(") && at.part(at.index() + 1, at.end()).at("full");
        if (!in_parentheses && !at.at("full")) return std::nullopt;
        if (!at.skip_parentheses()) at.skip();
    } else if (at.take({"refresh", "materialized", "view"})) {
        done.kind = maintenance_kind::refresh_materialized_view;
    } else if (at.take("cluster")) {
        done.kind = maintenance_kind::cluster;
    } else if (at.take("reindex")) {
        done.kind = maintenance_kind::reindex;
        const std::size_t options = at.index();
        if (at.skip_parentheses()) done.concurrently = at.part(options + 1, at.index()).skip_to({"concurrently"});
        at.take_any({"table", "index", "schema", "database", "system"});
    } else {
        return std::nullopt;
    }
    done.concurrently = at.take("concurrently") || done.concurrently;
    done.object = at.take_qualified_name();
    return done;
}

/// What only PostgreSQL has.
std::optional<change> postgresql_change(token_cursor at) {
    if (at.take("truncate")) return emptied(at);
    if (at.at("do")) return run_code{"DO"};
    if (at.at("call")) return run_code{"CALL"};
    if (at.at("grant")) return change_privileges{privilege_change::grant};
    if (at.at("revoke")) return change_privileges{privilege_change::revoke};
    if (at.take_any({"set", "reset"})) return setting(at);
    if (at.take("copy")) {
        const object_name table = at.take_qualified_name();
        if (at.skip_to({"from", "to"}) && at.at("from"))
            return data_change{.kind = data_change_kind::copy, .table = table, .has_where = false, .from_query = false};
        return std::nullopt;
    }
    return maintained(at);
}

}  // namespace

change change_from_tokens(const statement_text& text) {
    token_cursor at(text);
    std::optional<change> read;
    if (at.take("create")) {
        read = created_from_tokens(at);
    } else if (at.take("alter")) {
        read = altered_from_tokens(at);
    } else if (at.take("drop")) {
        read = dropped_from_tokens(at);
    } else if (auto rows = rows_change(at)) {
        read = std::move(rows);
    } else if (text.dialect() == engine_kind::postgresql) {
        read = postgresql_change(at);
    }
    if (read) return *std::move(read);
    return other_statement{text.tokens().plain(0)};
}

}  // namespace varve::generator
