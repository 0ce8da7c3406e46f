#include <replay/master_proof.hpp>

#include <replay/explain_failure.hpp>
#include <replay/lower_name.hpp>
#include <replay/memory_database.hpp>
#include <replay/query.hpp>
#include <replay/schema_comparison.hpp>
#include <replay/script_replay.hpp>

#include <string>
#include <utility>
#include <vector>

namespace varve::generator {
namespace {

constexpr comparison_words of_a_master{.gone = " is made by the migrations, but not by the master file",
                                       .unexpected = " is made by the master file, but not by the migrations",
                                       .unexpected_part = ", which the migrations do not make",
                                       .ended_before = " where that of the migrations ends with "};

bool has_rows(const memory_database& database, const std::string& table) {
    query row(database.handle(), "SELECT 1 FROM main." + quoted_name(table) + " LIMIT 1");
    return row.step();
}

class proving {
public:
    proving(const history_source& history, const replay_options& options, const replayed_history& by_migrations,
            diagnostics& found)
        : script_{history, options, history.migrations.size(), replay_step::up},
          by_migrations_(by_migrations),
          found_(found),
          database_(options) {}

    void run() {
        unreliable_ = by_migrations_.unreliable;
        script_replay scripts(database_, unreliable_);
        const script_outcome outcome = scripts.run(script_.script(), {});
        for (const statement_failure& each : outcome.skipped) report_failure(each, severity::warning);
        if (outcome.failure) return report_failure(*outcome.failure, severity::error);
        const object_changes both{objects_of(by_migrations_.database), objects_of(database_)};
        report_differences(both);
        report_rows(both);
    }

private:
    void report_failure(const statement_failure& failure, severity level) {
        if (failure.kind == failure_kind::consequence) return;
        const std::string hint =
            failure.kind == failure_kind::function
                ? "if the application registers it, name it in SQLITE_FUNCTIONS or SQLITE_COLLATIONS"
                : "it is run on an empty database, from its beginning to its end";
        const std::string why = failure.needs.empty() ? failure.why.message : "it needs " + failure.needs;
        report(level, "M620", place_of(script_, failure), "this statement of the master file was not run: " + why,
               hint);
    }

    // Without those about which nothing can be said.
    [[nodiscard]] std::vector<schema_object> objects_of(const memory_database& database) const {
        schema_objects all;
        all.read(database);
        std::vector<schema_object> result;
        for (const auto& [row, object] : all.all()) {
            const bool reliable =
                !unreliable_.contains(lower(object.name)) && !unreliable_.contains(lower(object.table));
            if (reliable) result.push_back(object);
        }
        return result;
    }

    // Where a column stands is no difference: a migration can only add one at the end.
    void report_differences(const object_changes& both) {
        std::vector<std::string> what;
        for (schema_difference& each : compare(both, of_a_master)) {
            if (each.kind == difference_kind::other) what.push_back(std::move(each.what));
        }
        for (const std::string_view name : {"user_version", "application_id"}) {
            const std::int64_t wanted = pragma_value(by_migrations_.database.handle(), name);
            const std::int64_t is = pragma_value(database_.handle(), name);
            if (wanted == is) continue;
            what.push_back("PRAGMA " + std::string(name) + " is " + std::to_string(is) + ", and " +
                           std::to_string(wanted) + " after the migrations");
        }
        if (what.empty()) return;
        std::string hint;
        for (std::size_t i = 1; i < what.size(); ++i) hint += "also: " + what[i] + "\n";
        hint += "correct it, or let the target <target>.schema write it again";
        report(severity::error, "M621", beginning(),
               "the master file does not make the schema that the migrations make: " + what.front(), hint);
    }

    void report_rows(const object_changes& both) {
        for (const schema_object& each : both.before) {
            if (each.type != "table" || !has_rows(by_migrations_.database, each.name)) continue;
            for (const schema_object& same : both.after) {
                if (same.type != "table" || lower(same.name) != lower(each.name)) continue;
                if (has_rows(database_, same.name)) continue;
                report(severity::warning, "M622", beginning(),
                       "the migrations write rows to table `" + each.name +
                           "`, and the master file does not: a database that it makes will lack them",
                       "write them into the master file too");
            }
        }
    }

    [[nodiscard]] script_place beginning() const {
        const auto& statements = script_.script().script.statements;
        return {script_.migration, direction::up, statements.empty() ? 0 : statements.front().offset};
    }

    void report(severity level, std::string code, const script_place& where, std::string message, std::string hint) {
        found_.report(to_diagnostic({.level = level,
                                     .code = std::move(code),
                                     .where = where,
                                     .message = std::move(message),
                                     .hint = std::move(hint),
                                     .notes = {}},
                                    script_.history));
    }

    replayed_script script_;
    const replayed_history& by_migrations_;
    diagnostics& found_;
    memory_database database_;
    names unreliable_;
};

}  // namespace

void prove_master(const history_source& history, const replay_options& options, const replayed_history& by_migrations,
                  diagnostics& found) {
    proving(history, options, by_migrations, found).run();
}

}  // namespace varve::generator
