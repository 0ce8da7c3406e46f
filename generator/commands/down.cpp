#include <commands/down.hpp>

#include <commands/new_file.hpp>
#include <inverse/down_script.hpp>
#include <source/file_name.hpp>
#include <source/shown_text.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <string>
#include <utility>

namespace varve::generator {
namespace {

// Why no down script may be written for this migration, and what to do; empty if one may.
struct refusal {
    std::string why;
    std::string hint;
};

refusal why_not_written(const migration_source& migration) {
    if (migration.down) {
        return {migration.down->file.path() + " is there already, and nothing is written over it",
                "without --write, the inverse is printed: compare the two"};
    }
    if (migration.irreversible) {
        return {migration.up.file.path() + " says that it is irreversible",
                "delete this directive first, or leave it as it is"};
    }
    return {};
}

exit_code write(const down_request& request, const migration_source& migration, std::string text,
                const console& terminal) {
    const new_file wanted{request.source.directory / down_file_name(migration.up.file_name), std::move(text)};
    const std::string why = create(wanted);
    if (!why.empty()) {
        return fail(terminal, "cannot make " + shown_path(wanted.path) + ": " + why,
                    "check the rights of the directory and the space on the disk", exit_code::unreadable);
    }
    if (terminal.writes_a_document()) return exit_code::success;
    terminal.out << shown_path(wanted.path) << '\n';
    if (migration.released) {
        terminal.out << "the migration was released without a down script: the build refuses this one (M043) until\n"
                        "`varve lock --down "
                     << migration.version << "` releases it too\n";
    }
    return exit_code::success;
}

// A document says the script beside the diagnostics.
exit_code show(const std::string& text, const diagnostics& found, const console& terminal) {
    if (terminal.format == output_format::json) {
        terminal.out << "{\"script\": " << in_json(text) << ", \"diagnostics\": ";
        const exit_code code = conclude(terminal, found);
        terminal.out << "}\n";
        return code;
    }
    if (!terminal.writes_a_document()) terminal.out << text;
    return conclude(terminal, found);
}

}  // namespace

exit_code down(const down_request& request, const console& terminal) {
    diagnostics found;
    const loaded_history loaded = load_history(request.source, found);
    if (found.any_errors()) return conclude(terminal, found);
    const auto& all = loaded.history.migrations;
    const auto migration = std::ranges::find(all, request.version, &migration_source::version);
    if (migration == all.end()) {
        return fail(
            terminal,
            "there is no migration " + std::to_string(request.version) + " in " + shown_path(request.source.directory),
            "name the number in front of its file's name", exit_code::usage);
    }
    const bool writes = request.output == down_output::written;
    if (const auto [why, hint] = why_not_written(*migration); writes && !why.empty()) {
        return fail(terminal, why, hint, exit_code::errors);
    }
    const inverse undone = inverse_of(loaded.history, static_cast<std::size_t>(migration - all.begin()));
    report_missing(undone, *migration, found);
    std::string text = down_script_text(undone, *migration);
    if (!writes || found.any_errors()) return show(writes ? std::string() : text, found, terminal);
    return write(request, *migration, std::move(text), terminal);
}

}  // namespace varve::generator
