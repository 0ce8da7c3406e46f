#include "code_access.hpp"

#include "prepared_statement.hpp"
#include "script_running.hpp"

#include "core/raise.hpp"

#include <sqlite3.h>

namespace varve::sqlite {
namespace {

void bind(prepared_statement& to, int place, const parameter& value) {
    switch (value.is()) {
        case parameter::kind::null:
            return to.bind_null(place);
        case parameter::kind::boolean:
        case parameter::kind::integer:
            return to.bind(place, value.integer());
        case parameter::kind::real:
            return to.bind(place, value.real());
        case parameter::kind::text:
            return to.bind(place, value.text());
        case parameter::kind::bytes:
            return to.bind_bytes(place, value.text());
    }
}

// `$1` is a name here, `?1` and `?` are places: the same statement works on both engines.
void bind_all(prepared_statement& to, std::span<const parameter> values) {
    const int places = to.parameter_count();
    if (static_cast<std::size_t>(places) != values.size()) {
        core::raise(error_code::invalid_argument,
                    {"the statement has ", places, " parameters, but ", values.size(), " values were given"},
                    "each value has one place: $1, $2 and so on");
    }
    for (int index = 1; index <= places; ++index) {
        const int named = to.parameter("$" + std::to_string(index));
        bind(to, named == 0 ? index : named, values[static_cast<std::size_t>(index) - 1]);
    }
}

statement_result columns_of(const prepared_statement& from) {
    statement_result result;
    for (int column = 0; column < from.column_count(); ++column) result.columns.push_back(from.column_name(column));
    return result;
}

std::string_view sql_to_find(named_object::kind what) {
    switch (what) {
        case named_object::kind::table:
            return ".sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE";
        case named_object::kind::index:
            return ".sqlite_master WHERE type = 'index' AND name = ?1 COLLATE NOCASE";
        case named_object::kind::column:
            break;
    }
    return "pragma_table_xinfo(?1, ?2) WHERE name = ?3 COLLATE NOCASE";
}

std::string quoted_schema(std::string_view schema) {
    std::string quoted = "\"";
    for (const char each : schema) quoted.append(each == '"' ? 2 : 1, each);
    return quoted + '"';
}

}  // namespace

statement_result code_access::run_here(std::string_view sql, std::span<const parameter> values) const {
    require_not_interrupted(connection_);
    prepared_statement prepared(connection_, sql);
    if (prepared.empty()) return {};
    require_one_statement(connection_, prepared);
    bind_all(prepared, values);
    statement_result result = columns_of(prepared);
    const int before = sqlite3_total_changes(connection_.handle());
    while (prepared.step()) {
        for (int column = 0; column < prepared.column_count(); ++column)
            result.values.push_back(prepared.value(column));
    }
    const bool any = sqlite3_total_changes(connection_.handle()) != before;
    result.changed = any ? sqlite3_changes(connection_.handle()) : 0;
    return result;
}

statement_result code_access::run(const sql_text& sql, std::span<const parameter> values) {
    try {
        return run_here(sql.text, values);
    } catch (const refusal& why) {
        const runnable script{.file = {}, .statements = {{.sql = sql.text, .placeholders = {}, .text = sql.text}}};
        error_details details = refused_at(script, 0, why);
        details.line = 0;
        details.column = 0;
        throw error(std::move(details));
    }
}

bool code_access::exists(const named_object& what) {
    const std::string_view schema = what.schema.empty() ? "main" : what.schema;
    std::string sql = "SELECT 1 FROM ";
    std::vector<parameter> values{what.is == named_object::kind::table ? what.table : what.name};
    if (what.is == named_object::kind::column) {
        values = {what.table, schema, what.name};
    } else {
        sql += quoted_schema(schema);
    }
    sql += sql_to_find(what.is);
    return !run(sql, values).values.empty();
}

}  // namespace varve::sqlite
