#include "script_running.hpp"

#include <sqlite3.h>

namespace varve::sqlite {
namespace {

struct place {
    std::uint32_t line;
    std::uint32_t column;
};

/// Where a byte of a statement stands in its file.
place place_of(const statement& in, std::size_t offset) {
    place result{in.line, in.column};
    for (const char c : in.sql.substr(0, offset)) {
        if (c == '\n') {
            ++result.line;
            result.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80U) {  // columns are code points
            ++result.column;
        }
    }
    return result;
}

}  // namespace

void require_one_statement(const connection& on, const prepared_statement& of) {
    if (prepared_statement(on, of.rest()).empty()) return;
    throw refusal(SQLITE_MISUSE, "the text holds more than one statement");
}

core::interruption::way way_to_cancel(const connection& on) noexcept {
    return {[](void* handle) noexcept { sqlite3_interrupt(static_cast<sqlite3*>(handle)); }, on.handle()};
}

void require_not_interrupted(const connection& on) {
    if (on.stop().was_asked()) throw refusal(SQLITE_INTERRUPT, "interrupted");
}

void run_statement(const connection& on, const statement& what) {
    require_not_interrupted(on);
    prepared_statement prepared(on, what.sql);
    if (prepared.empty()) return;
    require_one_statement(on, prepared);
    prepared.run();
}

void run_statement_patiently(const connection& on, const statement& what) {
    require_not_interrupted(on);
    const core::interruption::call until_here(on.stop(), way_to_cancel(on));
    prepared_statement prepared(on, what.sql);
    if (prepared.empty()) return;
    require_one_statement(on, prepared);
    if (prepared.step_patiently()) prepared.run();
}

error_details refused_at(const runnable& script, std::size_t index, const refusal& why) {
    const statement& what = script.statements[index];
    const bool known = why.offset() >= 0 && static_cast<std::size_t>(why.offset()) <= what.sql.size();
    const place where = place_of(what, known ? static_cast<std::size_t>(why.offset()) : 0);
    return {.code = error_code_of(why.code()),
            .message = why.message(),
            .hint = std::string(hint_for(why.code())),
            .file = script.file,
            .line = where.line,
            .column = where.column,
            .sqlstate = result_name(why.code()),
            .statement = std::string(what.sql)};
}

}  // namespace varve::sqlite
