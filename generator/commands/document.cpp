#include <commands/document.hpp>

#include <commands/checked_history.hpp>
#include <document/history_document.hpp>
#include <emit/output_file.hpp>
#include <source/text_file.hpp>
#include <source/wording.hpp>

#include <optional>
#include <ostream>
#include <string>

namespace varve::generator {
namespace {

namespace fs = std::filesystem;

exit_code write(const fs::path& file, const std::string& text, const console& terminal) {
    try {
        const written result = write_if_different(file, text);
        terminal.out << shown_path(file) << (result == written::changed ? "\n" : ": nothing changed\n");
        return exit_code::success;
    } catch (const write_error& why) {
        return fail(terminal, "cannot write " + shown_path(why.path()) + ": " + why.what(), "", exit_code::unreadable);
    }
}

exit_code deliver(const document_request& request, const std::string& text, const console& terminal) {
    const fs::path& file = request.output;
    std::string why;
    std::optional<std::string> now;
    std::error_code missing;
    if (fs::exists(file, missing)) {
        now = read_bytes(file, why);
        if (!now) return fail(terminal, "cannot read " + shown_path(file) + ": " + why, "", exit_code::unreadable);
        if (!is_history_document(*now)) {
            return fail(terminal, shown_path(file) + " is there, and `varve docs` did not write it",
                        "name another file with --output, or remove this one", exit_code::errors);
        }
    }
    if (request.use == document_use::write) return write(file, text, terminal);
    if (now == text) return exit_code::success;
    return fail(terminal, shown_path(file) + (now ? " is not up to date" : " is not there"),
                "build the target that ends with .docs, or run `varve docs` without --check; then commit it",
                exit_code::errors);
}

}  // namespace

exit_code document(const document_request& request, const console& terminal) {
    diagnostics found;
    const checked_history checked = check_history(request.source, request.review, found);
    if (found.any_errors()) return conclude(terminal, found);
    const std::string text = history_document(checked.loaded.history);
    if (!request.output.empty()) return deliver(request, text, terminal);
    terminal.out << text;
    return exit_code::success;
}

}  // namespace varve::generator
