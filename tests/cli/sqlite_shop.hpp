#pragma once

#include "transcript.hpp"

#include <support/history_builder.hpp>
#include <varve/sqlite.hpp>

#include <memory>
#include <string>
#include <vector>

struct sqlite3;

namespace varve::testing {

/// A SQLite database in memory and a program with two released migrations and a draft.
class sqlite_shop {
public:
    sqlite_shop();
    sqlite_shop(const sqlite_shop&) = delete;
    sqlite_shop& operator=(const sqlite_shop&) = delete;
    ~sqlite_shop();

    /// Runs a command of the program, with `other` as a second history in front if there is one.
    void run(transcript&, const std::vector<std::string>& words, const char* answer = nullptr,
             const built_history* other = nullptr);

    /// The next program: its draft has another text, another number, or does not work.
    void edit_draft();
    void renumber_draft();
    void break_draft();
    /// Its draft runs without a transaction.
    void run_draft_alone();
    /// A history `auth` of one migration.
    [[nodiscard]] const built_history& other_history();

    [[nodiscard]] sqlite_engine& database() { return *engine_; }
    [[nodiscard]] const history& known() const { return *program_; }

private:
    void rebuild(migration_text draft);

    sqlite3* connection_ = nullptr;
    std::unique_ptr<sqlite_engine> engine_;
    std::unique_ptr<built_history> program_;
    std::unique_ptr<built_history> other_;
};

}  // namespace varve::testing
