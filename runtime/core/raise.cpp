#include "raise.hpp"

#include <utility>

namespace varve::core {

error made_error(error_code code, pieces message, std::string_view hint) {
    error_details details;
    details.code = code;
    append(details.message, message);
    details.hint = hint;
    return error(std::move(details));
}

void raise(error_code code, pieces message, std::string_view hint) { throw made_error(code, message, hint); }

error needs_session_error(const runnable& script, std::size_t statement) {
    error_details details{
        .code = error_code::needs_session,
        .message =
            "a script without a transaction cannot be run through a transaction pooler: its session, and the "
            "lock with it, changes between two statements",
        .hint = "connect to the server itself for migrating",
        .file = script.file};
    if (statement < script.statements.size()) {
        const varve::statement& which = script.statements[statement];
        details.line = which.line;
        details.column = which.column;
        details.statement = which.sql;
    }
    return error(std::move(details));
}

}  // namespace varve::core
