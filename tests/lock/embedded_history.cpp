#include "embedded_history.hpp"

#include <sstream>
#include <stdexcept>

namespace varve::testing {

namespace {

generator::checked_history checked(const generator::load_request& request) {
    generator::diagnostics found;
    generator::review_options unreviewed;
    unreviewed.lint.profile = generator::lint_profile::off;
    unreviewed.replay.mode = generator::replay_mode::off;
    generator::checked_history result = generator::check_history(request, unreviewed, found);
    if (!found.any_errors()) return result;
    std::ostringstream said;
    generator::print(said, found, generator::output_format::text);
    throw std::runtime_error(said.str());
}

}  // namespace

embedded_history::embedded_history(const generator::load_request& request) : checked_(checked(request)) {
    for (const generator::migration_row& row : checked_.tables.migrations) {
        std::string& text = texts_.emplace_back();
        for (const std::string_view piece : row.pieces) text += piece;
        migrations_.push_back(row.data);
        migrations_.back().text = text;
    }
    const generator::history_source& source = checked_.loaded.history;
    history_.name = source.name;
    history_.directory = source.directory_name;
    history_.engine = source.engine;
    history_.mark_count = checked_.tables.mark_count;
    history_.mark_sum = checked_.tables.mark_sum;
    history_.migrations = migrations_;
    history_.statements = checked_.tables.statements;
    history_.dependencies = checked_.tables.dependencies;
    history_.placeholders = checked_.tables.placeholders;
    history_.other_checksums = checked_.tables.other_checksums;
    for (const generator::probe_row& row : checked_.tables.probes) {
        probes_.push_back({row.statement, row.how.kind, row.how.schema, row.how.object, row.how.name});
    }
    history_.probes = probes_;
}

}  // namespace varve::testing
