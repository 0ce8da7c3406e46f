#include "error_mapping.hpp"

#include "filled_text.hpp"

#include "core/raise.hpp"

namespace varve::postgresql {
namespace {

error_code code_of(const server_error& refused, error_code otherwise) {
    const std::string& sqlstate = refused.sqlstate();
    if (refused.interrupted()) return error_code::cancelled;
    // Not had in time (or NOWAIT), a deadlock, a transaction that another one was in the way of: these pass.
    if (sqlstate == "55P03" || sqlstate == "40P01" || sqlstate == "40001") return error_code::table_locked;
    if (sqlstate == "25006") return error_code::read_only;
    if (sqlstate == "25P02" || sqlstate == "VV003") return error_code::transaction_open;
    if (sqlstate == "53100" || sqlstate == "58030" || sqlstate == "XX001") return error_code::database_unusable;
    return otherwise;
}

// What the server does not say: it does not know of varve.
std::string_view hint_for(const server_error& refused) {
    const std::string& sqlstate = refused.sqlstate();
    if (refused.interrupted()) return "start again: the next start goes on from there";
    if (sqlstate == "55P03")
        return "end the sessions that keep the table, or wait longer for it: `--lock-timeout`, or `-- varve: "
               "lock-timeout 10s` in the head of the script";
    if (sqlstate == "57014")
        return "a statement that needs longer: `--statement-timeout`, or `-- varve: statement-timeout 1h` in the head "
               "of the script; if its time was not over, somebody cancelled it";
    if (sqlstate == "55P04" || sqlstate == "55006")
        return "this works once what is before it is committed: leave out `--transaction all`, or make it a migration "
               "of its own";
    return {};
}

error_details details_of(const server_error& refused) {
    const error_text text = read_error_text(refused.text());
    error_details details;
    details.message = text.message;
    if (!text.detail.empty()) details.message.append(": ").append(text.detail);
    details.hint = text.hint;
    details.sqlstate = refused.sqlstate();
    if (details.hint.empty()) details.hint = hint_for(refused);
    return details;
}

}  // namespace

std::string name_in_quotes(std::string_view name) {
    std::string quoted = "\"";
    for (const char each : name) quoted.append(each == '"' ? 2 : 1, each);
    return quoted + '"';
}

error statement_error(const server_error& refused, const runnable& script, std::size_t statement, sent how) {
    const varve::statement& which = script.statements[statement];
    const place where = place_of_error(refused.text(), refused.sqlstate(), which, how);
    error_details details = details_of(refused);
    details.code = code_of(refused, error_code::statement_failed);
    details.file = script.file;
    details.line = where.line;
    details.column = where.column;
    details.statement = which.sql;
    return error(std::move(details));
}

error commit_error(const server_error& refused, const runnable& last) {
    error_details details = details_of(refused);
    details.code = code_of(refused, error_code::statement_failed);
    details.message.insert(0, "the transaction could not be committed: ");
    if (details.hint.empty())
        details.hint = "a deferred constraint or trigger is checked at the end, after all statements";
    details.file = last.file;
    return error(std::move(details));
}

error ledger_error(const server_error& refused, const ledger_names& names, const std::string& user) {
    error_details details = details_of(refused);
    details.code = code_of(refused, error_code::database_unusable);
    details.message = filled("the ledger {} cannot be used: {}", {names.ledger, details.message});
    if (refused.sqlstate() == "42501") {
        details.code = error_code::permission_denied;
        details.hint = filled(
            "as its owner: GRANT USAGE ON SCHEMA {} TO {}; GRANT SELECT, INSERT, UPDATE ON {}, {} TO {}; (SELECT is "
            "enough for status, plan, check and require)",
            {names.schema, name_in_quotes(user), names.ledger, names.statements, name_in_quotes(user)});
    } else if (details.code == error_code::read_only) {
        details.hint = "this server is a standby, or the session is read-only: migrate on the primary";
    }
    return error(std::move(details));
}

error ledger_creation_error(const server_error& refused, const ledger_names& names, const std::string& user) {
    error_details details = details_of(refused);
    details.code = code_of(refused, error_code::database_unusable);
    details.message = filled("the ledger cannot be created in schema {}: {}", {names.schema, details.message});
    if (refused.sqlstate() == "42501") {
        details.code = error_code::permission_denied;
        details.hint = filled(
            "as the owner of the database: GRANT CREATE ON SCHEMA {} TO {}; or choose a schema that this user owns "
            "with postgresql_options::schema",
            {names.schema, name_in_quotes(user)});
    }
    return error(std::move(details));
}

bool is_about_ledger(const server_error& refused, const ledger_names& names) {
    const std::string_view text = refused.text();
    const bool names_a_table = text.find("varve_ledger") != text.npos || text.find("varve_statement") != text.npos;
    const std::string schema = names.schema.substr(1, names.schema.size() - 2);
    return names_a_table || (refused.sqlstate() == "42501" && text.find(schema) != text.npos);
}

error interrupted_error(const server_error& refused, const runnable& last) {
    error_details details = details_of(refused);
    details.code = error_code::cancelled;
    details.file = last.file;
    return error(std::move(details));
}

error transaction_open_error() {
    return core::made_error(error_code::transaction_open, {"the connection is inside a transaction of the application"},
                            "commit it or roll it back first, or give varve a connection of its own");
}

error transaction_lost_error(const runnable& last) {
    return error({.code = error_code::transaction_lost,
                  .message = "the script ended varve's transaction, or erased its settings (COMMIT, ROLLBACK, RESET "
                             "ALL, DISCARD); it is not recorded as applied",
                  .hint = "remove the statement that does it; if it was a COMMIT, look at what of the script stayed",
                  .file = last.file});
}

error in_doubt_error_for(const batch& what, std::string_view location) {
    const std::string file = what.actions.empty() ? "" : what.actions.back().script.file;
    return error({.code = error_code::in_doubt,
                  .message = filled("the connection to {} was lost before the database answered: whether this was "
                                    "committed is not known",
                                    {location}),
                  .hint = "start again: the next start reads in the ledger what was done and goes on from there",
                  .file = file});
}

error connection_lost_error(std::string_view location, std::string_view meanwhile) {
    return core::made_error(error_code::connection_failed, {"the connection to ", location, " was lost ", meanwhile},
                            "start again when the server can be reached");
}

}  // namespace varve::postgresql
