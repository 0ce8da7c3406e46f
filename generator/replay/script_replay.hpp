#pragma once

#include <replay/effects.hpp>
#include <replay/refusal.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace varve::generator {

class memory_database;

/// Why a statement could not be replayed.
enum class failure_kind : std::uint8_t {
    sql,          ///< it is wrong, or needs what is not there
    function,     ///< nobody registered this function or collation
    environment,  ///< it needs what only the application's database has: a file, an extension, a module
    stand_in,     ///< a constraint refused what stand-ins made up
    consequence,  ///< it names what an earlier statement, which could not be replayed, would have made
    stopped,      ///< it took too many steps or too much memory
};

/// A statement that could not be replayed. `statement` is the number of statements if the commit failed.
struct statement_failure {
    std::size_t statement = 0;
    failure_kind kind = failure_kind::sql;
    refusal why;
    std::string needs;  ///< environment: what
};

enum class script_end : std::uint8_t { committed, failed, undone };

struct script_outcome {
    script_end end = script_end::committed;
    effects touched;
    std::vector<statement_failure> skipped;    ///< statements that were left out because no build can run them
    std::optional<statement_failure> failure;  ///< set if `end` is failed
};

/// What somebody else wants to know while a script runs.
struct script_watch {
    std::function<void(const effects&)> before_statement;      ///< it was prepared, and is going to do this
    std::function<bool(const script_outcome&)> before_commit;  ///< false: undo it
};

/// Runs scripts as the runtime would: in a transaction or without one, with the foreign keys set around it and checked
/// before the commit. After a script that failed or was undone the database is what it was before.
class script_replay {
public:
    /// `unreliable`: names of objects that would be there, had everything been replayed. It grows.
    script_replay(memory_database& database, names& unreliable) : database_(database), unreliable_(unreliable) {}

    [[nodiscard]] script_outcome run(const script_source&, const script_watch&);

private:
    void run_statements(const script_source&, const script_watch&, script_outcome&);
    bool run_statement(const script_source&, std::size_t index, const script_watch&, script_outcome&);
    [[nodiscard]] failure_kind kind_of(const refusal&, const script_source&, const classified_statement&) const;

    memory_database& database_;
    names& unreliable_;
};

/// The names that a statement makes or changes, in lower case: nothing can be said about them if it was not run.
[[nodiscard]] names objects_of(const script_source&, const classified_statement&);

}  // namespace varve::generator
