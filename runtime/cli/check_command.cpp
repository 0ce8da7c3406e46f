#include "commands.hpp"
#include "json_of.hpp"
#include "write.hpp"

namespace varve::cli {
namespace {

std::string_view sentence_of(database_state state) {
    switch (state) {
        case database_state::current:
            return "current: nothing is pending\n";
        case database_state::pending:
            return "pending: the database is behind this program; `migrate` applies the rest\n";
        case database_state::diverged:
            break;
    }
    return "diverged: history and database disagree; `status` says where\n";
}

exit_code code_of(database_state state) {
    switch (state) {
        case database_state::current:
            return exit_code::success;
        case database_state::pending:
            return exit_code::pending;
        case database_state::diverged:
            break;
    }
    return exit_code::diverged;
}

}  // namespace

int run_check(session& of) {
    const database_state state = check(of.database, of.known);
    if (of.asked.format == output::json) {
        write(*of.where.out, json_object().text("command", "check").text("state", word_of(state)).line());
    } else {
        write(*of.where.out, sentence_of(state));
    }
    return static_cast<int>(code_of(state));
}

}  // namespace varve::cli
