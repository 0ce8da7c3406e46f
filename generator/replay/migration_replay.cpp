#include <replay/migration_replay.hpp>

#include <replay/memory_database.hpp>
#include <replay/query.hpp>
#include <replay/rebuild_check.hpp>
#include <replay/schema_comparison.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace varve::generator {
namespace {

// Enough for every statement of a migration.
constexpr std::int64_t made_up_numbers = 1'000'000;

}  // namespace

void migration_replay::run(std::size_t migration) {
    const migration_source& source = history_.migrations[migration];
    if (source.code) return leave_out(migration);
    const replayed_script up{history_, options_, migration, replay_step::up};
    database_.count_from(static_cast<std::int64_t>(migration) * made_up_numbers);
    rows_ = {};
    versions before;
    script_watch watch;
    if (source.down) {
        before = read_versions();
        watch.before_statement = [this](const effects& coming) { keep_rows(coming); };
    }
    script_outcome outcome;
    if (!run_up(up, watch, outcome)) return;
    // A released migration cannot be changed any more.
    if (!source.released && drops_a_table(source)) {
        const object_changes changes = objects_.changes(database_, outcome.touched);
        std::ranges::move(check_rebuilds(source, migration, objects_, changes), std::back_inserter(findings_));
    }
    if (source.down) {
        run_down(migration, outcome, before);
    } else {
        objects_.apply(objects_.changes(database_, outcome.touched));
    }
}

replay_state migration_replay::state() const {
    return {.image = database_.image(), .unreliable = unreliable_, .findings = findings_};
}

bool migration_replay::restore(replay_state state) {
    if (!state.image.empty() && !database_.load(state.image)) return false;
    objects_.read(database_);
    unreliable_ = std::move(state.unreliable);
    findings_ = std::move(state.findings);
    return true;
}

// False: the database does not have it.
bool migration_replay::run_up(const replayed_script& up, const script_watch& watch, script_outcome& outcome) {
    outcome = scripts_.run(up.script(), watch);
    if (report(up, outcome)) return true;
    for (const classified_statement& each : up.script().script.statements) {
        unreliable_.merge(objects_of(up.script(), each));
    }
    return false;
}

void migration_replay::run_down(std::size_t migration, const script_outcome& up, const versions& before) {
    const replayed_script down{history_, options_, migration, replay_step::down};
    script_watch watch;
    watch.before_statement = [this](const effects& coming) { keep_rows(coming); };
    effects touched = up.touched;
    watch.before_commit = [&](const script_outcome& outcome) {
        touched.add(outcome.touched);
        // Where something was left out, what is different says nothing.
        if (!up.skipped.empty() || !outcome.skipped.empty()) return true;
        return is_undone(down, touched, before);
    };
    const script_outcome outcome = scripts_.run(down.script(), watch);
    report(down, outcome);
    touched.add(outcome.touched);
    if (outcome.end == script_end::committed && !stopped_) {
        if (!rows_.seen.empty()) set_autoincrement_counters(database_, rows_.autoincrement);
        database_.count_from(static_cast<std::int64_t>(migration) * made_up_numbers);
        script_outcome again;
        run_up({history_, options_, migration, replay_step::up_again}, {}, again);
        touched.add(again.touched);
    }
    objects_.apply(objects_.changes(database_, touched));
}

// It may have made anything: what fails behind it says no more than that.
void migration_replay::leave_out(std::size_t migration) {
    const migration_source& source = history_.migrations[migration];
    if (source.released) return;
    findings_.push_back({.level = severity::note,
                         .code = "M609",
                         .where = {migration, direction::up, 0},
                         .message = "this migration is written in C++: no build runs it",
                         .hint = "VERIFY in add_db_migrations() makes a test that runs the whole history",
                         .notes = {}});
}

bool migration_replay::is_behind_code(std::size_t migration) const {
    const auto& all = history_.migrations;
    return std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(migration),
                       [](const migration_source& each) { return each.code.has_value(); });
}

void migration_replay::add(replay_finding found) {
    if (!is_behind_code(found.where.migration) || found.level == severity::note) {
        findings_.push_back(std::move(found));
        return;
    }
    if (history_.migrations[found.where.migration].released) return;
    found.message = "fails where no C++ was run: " + found.message;
    found.hint =
        "nothing is wrong if a migration written in C++ before it makes what is missing;\n"
        "VERIFY in add_db_migrations() makes a test that runs both";
    found.level = severity::note;
    found.code = "M609";
    findings_.push_back(std::move(found));
}

// False: the script failed.
bool migration_replay::report(const replayed_script& script, const script_outcome& outcome) {
    for (const statement_failure& each : outcome.skipped) {
        if (each.kind == failure_kind::consequence || script.step == replay_step::up_again) continue;
        findings_.push_back(explain_skipped(script, each));
    }
    if (!outcome.failure) return true;
    if (outcome.failure->kind == failure_kind::stopped) stopped_ = true;
    if (outcome.failure->kind != failure_kind::consequence) {
        add(explain_failure(script, *outcome.failure));
    }
    return false;
}

void migration_replay::keep_rows(const effects& coming) {
    if (coming.written.empty()) return;
    if (rows_.seen.empty()) rows_.autoincrement = autoincrement_counters(database_);
    for (const std::string& name : coming.written) {
        if (!rows_.seen.insert(name).second || is_shadow(name)) continue;
        const schema_object* const table = objects_.find_table(name);
        if (table == nullptr) continue;
        if (auto rows = rows_of(database_, table->name)) rows_.of_table.emplace(table->name, *std::move(rows));
    }
}

// `words_data` belongs to the virtual table `words`, whose module may write it as it likes.
bool migration_replay::is_shadow(const std::string& table) const {
    const std::size_t end = table.rfind('_');
    if (end == std::string::npos) return false;
    const schema_object* const owner = objects_.find_table(table.substr(0, end));
    if (owner == nullptr) return false;
    const auto tokens = plain_tokens(owner->sql);
    return tokens.size() > 1 && tokens[1] == "virtual";
}

// Reports what is different; false if that is to be undone.
bool migration_replay::is_undone(const replayed_script& down, const effects& touched, const versions& before) {
    std::vector<std::string> schema;
    std::vector<std::string> order;
    for (schema_difference& each : compare(objects_.changes(database_, touched))) {
        (each.kind == difference_kind::order_of_columns ? order : schema).push_back(std::move(each.what));
    }
    const versions after = read_versions();
    if (after.user != before.user) {
        schema.push_back("PRAGMA user_version is " + std::to_string(after.user) + " and was " +
                         std::to_string(before.user));
    }
    if (after.application != before.application) schema.emplace_back("PRAGMA application_id is another one");
    const std::vector<std::string> rows = different_rows();
    report_differences(down, "M603", schema);
    report_differences(down, "M604", rows);
    return schema.empty() && rows.empty();
}

std::vector<std::string> migration_replay::different_rows() {
    std::vector<std::string> result;
    for (const auto& [table, before] : rows_.of_table) {
        const auto after = rows_of(database_, table);
        if (!after) continue;
        std::string what = compare(table, before, *after);
        if (!what.empty()) result.push_back(std::move(what));
    }
    if (rows_.autoincrement.empty()) return result;
    const counters after = autoincrement_counters(database_);
    for (const auto& [table, before] : rows_.autoincrement) {
        const auto now = after.find(table);
        const std::int64_t value = now == after.end() ? 0 : now->second;
        if (value >= before || objects_.find_table(table) == nullptr) continue;
        result.push_back("the AUTOINCREMENT counter of table `" + table + "` fell from " + std::to_string(before) +
                         " to " + std::to_string(value) + ": numbers are given again");
    }
    return result;
}

void migration_replay::report_differences(const replayed_script& down, std::string code,
                                          const std::vector<std::string>& what) {
    if (what.empty()) return;
    replay_finding found{.level = down.source().released ? severity::warning : severity::error,
                         .code = std::move(code),
                         .where = {down.migration, direction::down, 0},
                         .message = "this down does not undo its up: " + what.front(),
                         .hint = {},
                         .notes = {}};
    const auto& statements = down.script().script.statements;
    if (!statements.empty()) found.where.offset = statements.front().offset;
    for (std::size_t i = 1; i < what.size(); ++i) found.hint += "also: " + what[i] + "\n";
    found.hint +=
        down.source().released
            ? "it was released: correct it, then release it with varve lock --down " +
                  std::to_string(down.source().version)
            : "correct it; if the up cannot be undone, delete the down and write `-- varve: irreversible` into "
              "the up";
    findings_.push_back(std::move(found));
}

migration_replay::versions migration_replay::read_versions() const {
    return {pragma_value(database_.handle(), "user_version"), pragma_value(database_.handle(), "application_id")};
}

}  // namespace varve::generator
