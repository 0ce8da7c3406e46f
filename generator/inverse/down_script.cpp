#include <inverse/down_script.hpp>

#include <source/file_name.hpp>

#include <algorithm>
#include <string_view>

namespace varve::generator {
namespace {

std::string_view word_of(inverse_line_kind kind) {
    switch (kind) {
        case inverse_line_kind::loses_data:
            return "loses data: ";
        case inverse_line_kind::may_fail:
            return "may fail: ";
        case inverse_line_kind::check:
            return "check: ";
        case inverse_line_kind::nothing:
            return "nothing to undo: ";
        case inverse_line_kind::no_inverse:
            return "no inverse: ";
        case inverse_line_kind::statement:
            break;
    }
    return "";
}

/// Marks and their statement stand together; what has no statement of its own stands apart.
class line_layout {
public:
    [[nodiscard]] bool wants_space_before(inverse_line_kind kind) {
        const place now = place_of(kind);
        const bool goes_on = (last_ == place::statement && now == place::statement && !marked_) ||
                             (last_ == place::mark && now != place::alone) || (last_ == place::alone && now == last_);
        marked_ = last_ == place::mark;
        if (now == place::mark) marked_ = false;
        last_ = now;
        return !goes_on;
    }

private:
    enum class place : std::uint8_t { nowhere, statement, mark, alone };
    static place place_of(inverse_line_kind kind) {
        if (kind == inverse_line_kind::statement) return place::statement;
        const bool alone = kind == inverse_line_kind::nothing || kind == inverse_line_kind::no_inverse;
        return alone ? place::alone : place::mark;
    }

    place last_ = place::nowhere;
    bool marked_ = false;  ///< the last line is a statement with a mark above it
};

/// What it says may be a piece of the script, of several lines.
std::string as_comment(const inverse_line& line) {
    std::string text = "-- " + std::string(word_of(line.kind)) + line.text;
    std::ranges::replace(text, '\n', ' ');
    return text + "\n";
}

}  // namespace

std::string down_script_text(const inverse& undone, const migration_source& migration) {
    std::string text = "-- undoes: " + migration.description + "\n-- inferred from " + migration.up.file_name +
                       ": read it before you rely on it\n";
    if (undone.mixes_modes) text += "-- varve: no-transaction\n";
    line_layout layout;
    for (const inverse_line& each : undone.lines) {
        if (layout.wants_space_before(each.kind)) text += '\n';
        text += each.kind == inverse_line_kind::statement ? each.text + ";\n" : as_comment(each);
    }
    return text;
}

void report_missing(const inverse& undone, const migration_source& migration, diagnostics& found) {
    const std::string hint = "write it by hand in " + down_file_name(migration.up.file_name) +
                             ", or say in the head of " + migration.up.file_name + ": -- varve: irreversible";
    for (const missing_inverse& each : undone.problems) {
        std::string message = each.what + " has no inverse that can be inferred: " + each.why;
        std::ranges::replace(message, '\n', ' ');
        found.report(
            {severity::error, "M049", migration.up.file.location_of(each.offset), std::move(message), hint, {}});
    }
}

}  // namespace varve::generator
