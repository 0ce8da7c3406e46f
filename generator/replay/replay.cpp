#include <replay/replay.hpp>

#include <replay/explain_failure.hpp>
#include <replay/master_proof.hpp>
#include <replay/memory_database.hpp>
#include <replay/migration_replay.hpp>
#include <replay/rebuild_check.hpp>
#include <replay/replay_cache.hpp>

#include <algorithm>
#include <optional>

namespace varve::generator {
namespace {

bool has_variables(const script_source& script) {
    return std::ranges::any_of(script.script.statements, [](const auto& each) { return !each.variables.empty(); });
}

/// The runtime joins names in there: such a text is no SQL yet. Only varve's own ledger has any.
bool has_variables(const history_source& history) {
    return std::ranges::any_of(history.migrations, [](const migration_source& each) {
        return has_variables(each.up) || (each.down && has_variables(*each.down));
    });
}

/// Replays a history, from where the cache can still be used on.
class replaying {
public:
    replaying(const history_source& history, const replay_options& options)
        : history_(history), options_(options), cache_(options.cache), database_(options) {
        migrations_.emplace(database_, history, options);
        if (!options.cache.empty()) keys_ = replay_keys(history, options);
    }

    replay_report run(diagnostics& found) {
        const std::size_t all = history_.migrations.size();
        replay_report report{.migrations = all, .replayed = 0, .rebuilds = {}};
        for (std::size_t i = begin(); i < all && !migrations_->stopped(); ++i) {
            migrations_->run(i);
            ++report.replayed;
            if (is_kept(i + 1) && !migrations_->stopped()) cache_.keep(keys_[i + 1], migrations_->state());
        }
        drop_old_states();
        for (const replay_finding& each : migrations_->findings()) {
            if (is_about_a_rebuild(each)) {
                report.rebuilds.push_back(each);
            } else {
                found.report(to_diagnostic(each, history_));
            }
        }
        if (history_.master && !migrations_->stopped() && !found.any_errors() && !has_code()) {
            prove_master(history_, options_, {database_, migrations_->unreliable()}, found);
        }
        return report;
    }

private:
    /// What a migration in C++ does is not known here.
    [[nodiscard]] bool has_code() const {
        return std::ranges::any_of(history_.migrations, [](const auto& each) { return each.code.has_value(); });
    }

    /// How many migrations need not be replayed.
    std::size_t begin() {
        for (std::size_t count = keys_.size(); count-- > 1;) {
            if (!cache_.has(keys_[count])) continue;
            auto state = cache_.find(keys_[count]);
            if (!state || !places_exist(*state, count)) continue;
            if (migrations_->restore(*std::move(state))) return count;
        }
        return 0;
    }

    [[nodiscard]] bool places_exist(const replay_state& state, std::size_t count) const {
        const auto exists = [&](const script_place& place) {
            if (place.migration >= history_.migrations.size()) return false;
            const migration_source& migration = history_.migrations[place.migration];
            if (place.which == direction::down && !migration.down) return false;
            const script_source& script = place.which == direction::up ? migration.up : *migration.down;
            return place.offset <= script.file.text().size();
        };
        return std::ranges::all_of(state.findings, [&](const replay_finding& each) {
            // A note may point at a later migration, which is no part of the key.
            return each.where.migration < count && exists(each.where) &&
                   std::ranges::all_of(each.notes, [&](const auto& note) {
                       return note.where.migration < count && exists(note.where);
                   });
        });
    }

    /// What is released, everything but the newest, and everything: after these the next build goes on.
    [[nodiscard]] bool is_kept(std::size_t count) const {
        const std::size_t all = history_.migrations.size();
        if (keys_.empty() || options_.use != cache_use::read_and_write) return false;
        if (count == all || count + 1 == all) return true;
        return history_.migrations[count - 1].released && !history_.migrations[count].released;
    }

    void drop_old_states() const {
        if (keys_.empty() || options_.use != cache_use::read_and_write) return;
        std::vector<std::string> kept;
        for (std::size_t count = 1; count < keys_.size(); ++count) {
            if (is_kept(count)) kept.push_back(keys_[count]);
        }
        cache_.keep_only(kept);
    }

    const history_source& history_;
    const replay_options& options_;
    replay_cache cache_;
    memory_database database_;
    std::optional<migration_replay> migrations_;
    std::vector<std::string> keys_;  ///< empty: there is no cache
};

}  // namespace

replay_report replay(const history_source& history, const replay_options& options, diagnostics& found) {
    if (options.mode == replay_mode::off || history.engine != engine_kind::sqlite || has_variables(history)) {
        return {.migrations = history.migrations.size(), .replayed = 0, .rebuilds = {}};
    }
    return replaying(history, options).run(found);
}

std::string replaying_sqlite() { return sqlite_library_version(); }

}  // namespace varve::generator
