#include "transaction.hpp"

#include "refusal.hpp"

#include <sqlite3.h>

namespace varve::sqlite {
namespace {

int execute(const connection& on, const char* sql) {
    int result = SQLITE_OK;
    busy_wait wait(on);
    do {
        result = sqlite3_exec(on.handle(), sql, nullptr, nullptr, nullptr);
    } while (wait.again(result));
    return result;
}

}  // namespace

std::optional<transaction> transaction::begin(const connection& on) {
    const int result = execute(on, "BEGIN IMMEDIATE");
    if (result == SQLITE_OK) return transaction(on);
    const refusal why(on.handle(), result);
    if (why.is_busy()) return std::nullopt;
    throw why;
}

void transaction::commit() {
    const int result = execute(*connection_, "COMMIT");
    if (result != SQLITE_OK) throw refusal(connection_->handle(), result);
    connection_ = nullptr;
}

void transaction::roll_back() noexcept {
    if (is_open()) sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    connection_ = nullptr;
}

}  // namespace varve::sqlite
