#pragma once

#include <replay/explain_failure.hpp>
#include <replay/replay_finding.hpp>
#include <replay/replay_state.hpp>
#include <replay/schema_objects.hpp>
#include <replay/script_replay.hpp>
#include <replay/table_rows.hpp>

#include <map>
#include <string>
#include <vector>

namespace varve::generator {

class memory_database;

/// What a migration's tables held before it: taken when the first statement is about to write to them.
struct rows_before {
    std::map<std::string, table_rows> of_table;  ///< by the name as it is in the schema
    names seen;                                  ///< tables that were looked at, in lower case
    counters autoincrement;
};

/// Replays one migration after the other: up, down, up. Keeps what is known of the database between them.
class migration_replay {
public:
    migration_replay(memory_database& database, const history_source& history, const replay_options& options)
        : database_(database), history_(history), options_(options), scripts_(database, unreliable_) {}

    void run(std::size_t migration);

    /// What is known now, and the other way: to go on from what was known once. False: the database cannot be had.
    [[nodiscard]] replay_state state() const;
    [[nodiscard]] bool restore(replay_state);

    /// True: a statement did not end, and what comes after it cannot be replayed.
    [[nodiscard]] bool stopped() const { return stopped_; }
    [[nodiscard]] const std::vector<replay_finding>& findings() const { return findings_; }
    /// Objects that would be there, had everything been replayed.
    [[nodiscard]] const names& unreliable() const { return unreliable_; }

private:
    struct versions {
        std::int64_t user = 0;
        std::int64_t application = 0;
        friend bool operator==(const versions&, const versions&) = default;
    };

    void leave_out(std::size_t migration);
    [[nodiscard]] bool is_behind_code(std::size_t migration) const;
    /// As a note if what was left out may be the reason, and of a released migration not at all.
    void add(replay_finding);
    bool run_up(const replayed_script&, const script_watch&, script_outcome&);
    void run_down(std::size_t migration, const script_outcome& up, const versions& before);
    bool report(const replayed_script&, const script_outcome&);
    void keep_rows(const effects&);
    [[nodiscard]] bool is_shadow(const std::string& table) const;
    [[nodiscard]] bool is_undone(const replayed_script& down, const effects& touched, const versions& before);
    [[nodiscard]] std::vector<std::string> different_rows();
    void report_differences(const replayed_script& down, std::string code, const std::vector<std::string>& what);
    [[nodiscard]] versions read_versions() const;

    memory_database& database_;
    const history_source& history_;
    const replay_options& options_;
    names unreliable_;
    script_replay scripts_;
    schema_objects objects_;
    rows_before rows_;
    std::vector<replay_finding> findings_;
    bool stopped_ = false;
};

}  // namespace varve::generator
