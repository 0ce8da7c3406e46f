#include "sqlite_shop.hpp"

#include <sqlite3.h>

#include <varve/sqlite.hpp>

namespace varve::testing {
namespace {

migration_text draft_three() {
    return {.version = 3,
            .name = "add_phone",
            .up = {"ALTER TABLE customers ADD COLUMN phone TEXT", "CREATE INDEX by_phone ON customers (phone)"},
            .down = {"DROP INDEX by_phone", "ALTER TABLE customers DROP COLUMN phone"},
            .released = false,
            .depends = {{"", 1}}};
}

}  // namespace

sqlite_shop::sqlite_shop() {
    sqlite3_open(":memory:", &connection_);
    engine_ = std::make_unique<sqlite_engine>(connection_);
    rebuild(draft_three());
}

sqlite_shop::~sqlite_shop() {
    engine_.reset();
    sqlite3_close(connection_);
}

void sqlite_shop::run(transcript& page, const std::vector<std::string>& words, const char* answer,
                      const built_history* other) {
    if (other != nullptr) {
        page.run(*engine_, {other->get(), program_->get()}, words, answer);
    } else {
        page.run(*engine_, program_->get(), words, answer);
    }
    // So that the tables of the next command are the same each time. There may be no ledger yet.
    sqlite3_exec(connection_, "UPDATE varve_ledger SET duration_ms = id", nullptr, nullptr, nullptr);
}

void sqlite_shop::rebuild(migration_text draft) {
    program_ = std::make_unique<built_history>(
        "shop", engine_kind::sqlite,
        std::vector<migration_text>{{.version = 1,
                                     .name = "create_customers",
                                     .up = {"CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)"},
                                     .down = {"DROP TABLE customers"}},
                                    {.version = 2,
                                     .name = "größen",
                                     .up = {"CREATE TABLE sizes (\n    size TEXT PRIMARY KEY -- 'XL'\n)",
                                            "INSERT INTO sizes VALUES ('S'), ('M')"},
                                     .down = {"DROP TABLE sizes"}},
                                    std::move(draft)});
}

void sqlite_shop::edit_draft() {
    auto draft = draft_three();
    draft.up.pop_back();
    draft.down.erase(draft.down.begin());
    rebuild(std::move(draft));
}

void sqlite_shop::renumber_draft() {
    auto draft = draft_three();
    draft.version = 4;
    rebuild(std::move(draft));
}

void sqlite_shop::break_draft() {
    auto draft = draft_three();
    draft.up.back() = "CREATE INDEX by_phone ON customer (phone)";
    rebuild(std::move(draft));
}

void sqlite_shop::run_draft_alone() {
    auto draft = draft_three();
    draft.mode = transaction_mode::no_transaction;
    draft.up.emplace_back("UPDATE customers SET phone = ''");
    rebuild(std::move(draft));
}

const built_history& sqlite_shop::other_history() {
    other_ = std::make_unique<built_history>(
        "auth", engine_kind::sqlite,
        std::vector<migration_text>{{.version = 1, .name = "create_users", .up = {"CREATE TABLE users (id INTEGER)"}}});
    return *other_;
}

}  // namespace varve::testing
