#include <commands/checked_history.hpp>
#include <commands/embed.hpp>
#include <emit/code_unit.hpp>
#include <emit/depfile.hpp>
#include <emit/generated_unit.hpp>
#include <emit/output_file.hpp>
#include <lock/kept_scripts.hpp>

#include <algorithm>
#include <system_error>
#include <vector>

namespace varve::generator {
namespace {

// Somebody who saves a file while it is read does so once; only a program that never stops needs more.
constexpr int most_attempts = 5;

// Beside the generated source, under the name that the file has in the directory.
void write_code(const embed_request& request, const history_source& history) {
    for (const migration_source& each : history.migrations) {
        if (!each.code) continue;
        const auto path = std::filesystem::absolute(request.source.directory / each.up.file_name);
        write_if_different(request.cpp.parent_path() / each.up.file_name,
                           code_unit(each, request.name_space, path.lexically_normal()));
    }
}

// A file that nobody compiles would be missing when the program is linked.
void check_code(const embed_request& request, const history_source& history, diagnostics& found) {
    for (const migration_source& each : history.migrations) {
        if (!each.code || std::ranges::find(request.code, each.up.file_name) != request.code.end()) continue;
        found.report({severity::error,
                      "M061",
                      {each.up.file.path(), 0, 0, {}},
                      "this migration in C++ is not compiled: the build does not know it yet",
                      "run CMake again; without CMake, compile what is written beside --cpp and name it with --code",
                      {}});
    }
}

// The depfile first: whoever has outputs has their dependencies.
void write_outputs(const embed_request& request, const checked_history& checked) {
    if (!request.depfile.empty()) {
        std::vector<std::filesystem::path> inputs;
        for (const auto& each : checked.loaded.inputs) inputs.push_back(each.path);
        write_always(request.depfile, depfile_text(request.stamp, inputs));
    }
    const generated_unit unit = make_unit(checked.loaded.history, checked.tables, request.name_space);
    write_code(request, checked.loaded.history);
    write_if_different(request.header, unit.header);
    write_if_different(request.cpp, unit.source);
    write_if_different(kept_scripts_path(request), print_kept_scripts(checked.loaded.history));
    write_always(request.stamp, "");
}

void report_unwritable(const write_error& error, diagnostics& found) {
    const std::u8string path = error.path().u8string();
    found.report({severity::error,
                  "M052",
                  {{path.begin(), path.end()}, 0, 0, {}},
                  std::string("cannot write this file: ") + error.what(),
                  "check the rights of its directory and the space on the disk",
                  {}});
}

void report_restless(const embed_request& request, diagnostics& found) {
    const load_request& source = request.source;
    const std::u8string path = (source.directory.empty() ? source.master : source.directory).u8string();
    found.report({severity::error,
                  "M051",
                  {{path.begin(), path.end()}, 0, 0, {}},
                  "the migrations changed again each time they were read",
                  "find out which program keeps writing to them, then build again",
                  {}});
}

}  // namespace

std::filesystem::path kept_scripts_path(const embed_request& request) {
    return std::filesystem::path(request.stamp).replace_extension(".kept");
}

exit_code embed(const embed_request& asked, const console& terminal) {
    embed_request request = asked;
    request.source.kept_scripts = kept_scripts_path(request);
    for (int attempt = 1; attempt <= most_attempts; ++attempt) {
        diagnostics found;
        const checked_history checked = check_history(request.source, request.review, found);
        check_code(request, checked.loaded.history, found);
        try {
            if (!found.any_errors()) write_outputs(request, checked);
        } catch (const write_error& error) {
            report_unwritable(error, found);
            return conclude(terminal, found);
        }
        if (!any_changed(checked.loaded.inputs)) return conclude(terminal, found);
    }
    // Make would take the stamp for newer than what was changed after it.
    std::error_code ignored;
    std::filesystem::remove(request.stamp, ignored);
    diagnostics found;
    report_restless(request, found);
    return conclude(terminal, found);
}

}  // namespace varve::generator
