#pragma once

#include <replay/replay_finding.hpp>
#include <replay/replay_options.hpp>
#include <replay/script_replay.hpp>
#include <source/migration_source.hpp>

#include <cstdint>

namespace varve::generator {

/// Which run of a migration's scripts failed.
enum class replay_step : std::uint8_t { up, down, up_again };

/// A script that is being replayed.
struct replayed_script {
    const history_source& history;
    const replay_options& options;
    std::size_t migration = 0;
    replay_step step = replay_step::up;

    [[nodiscard]] const migration_source& source() const { return migration_at(history, migration); }
    [[nodiscard]] const script_source& script() const {
        return step == replay_step::down ? *source().down : source().up;
    }
    [[nodiscard]] direction which() const { return step == replay_step::down ? direction::down : direction::up; }
};

/// What a failure means to whoever wrote the script (M601, M602, M605, M606, M608).
[[nodiscard]] replay_finding explain_failure(const replayed_script&, const statement_failure&);

/// Why a statement was left out (M607).
[[nodiscard]] replay_finding explain_skipped(const replayed_script&, const statement_failure&);

/// The place of a failure: where SQLite says it is, else the word it complains about, else the statement.
[[nodiscard]] script_place place_of(const replayed_script&, const statement_failure&);

}  // namespace varve::generator
