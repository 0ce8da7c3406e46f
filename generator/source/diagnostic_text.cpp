#include <source/diagnostic_format.hpp>

#include <source/shown_text.hpp>
#include <sql/utf8.hpp>

#include <algorithm>
#include <ostream>
#include <string>

namespace varve::generator {
namespace {

/// A line around its caret, so that a line of many kilobytes does not bury the message.
struct excerpt {
    std::string line;
    std::string caret;
};

constexpr std::size_t columns_before_caret = 100;
constexpr std::size_t columns_after_caret = 60;

excerpt excerpt_around(std::string_view source_line, std::size_t column) {
    const std::string line = printable(source_line);
    const std::size_t caret_index = column - 1;
    const std::size_t first = caret_index > columns_before_caret ? caret_index - columns_before_caret : 0;
    const std::size_t last = caret_index + columns_after_caret;
    excerpt result;
    if (first > 0) {
        result.line = "...";
        result.caret = "   ";
    }
    std::size_t index = 0;
    for (std::size_t i = 0; i < line.size() && index <= last; ++index) {
        const std::size_t size = code_point_size(line, i);
        if (index >= first) result.line.append(line, i, size);
        // A tab stays one, so that the caret stands below its character whatever the tab's width.
        if (index >= first && index < caret_index) result.caret += line[i] == '\t' ? '\t' : ' ';
        i += size;
        if (index == last && i < line.size()) result.line += "...";
    }
    result.caret += '^';
    return result;
}

void print_place(std::ostream& out, const location& where) {
    if (where.path.empty()) return;
    out << printable(where.path) << ':' << at_least_one(where.line) << ':' << at_least_one(where.column) << ": ";
}

void print_excerpt(std::ostream& out, const location& where) {
    if (where.line == 0 || where.source_line.empty()) return;
    const excerpt shown = excerpt_around(where.source_line, at_least_one(where.column));
    out << "  " << shown.line << "\n  " << shown.caret << '\n';
}

void print_details(std::ostream& out, std::string_view details) {
    while (!details.empty()) {
        const std::size_t end = std::min(details.find('\n'), details.size());
        out << "  " << printable(details.substr(0, end)) << '\n';
        details.remove_prefix(std::min(end + 1, details.size()));
    }
}

void print_hint(std::ostream& out, std::string_view hint) {
    std::string_view lead = "  hint: ";
    while (!hint.empty()) {
        const std::size_t end = std::min(hint.find('\n'), hint.size());
        out << lead << printable(hint.substr(0, end)) << '\n';
        hint.remove_prefix(std::min(end + 1, hint.size()));
        lead = "        ";
    }
}

void print_text(std::ostream& out, const diagnostic& shown) {
    print_place(out, shown.where);
    out << word_of(shown.level) << ": " << printable(shown.message);
    if (!shown.code.empty()) out << " [" << shown.code << ']';
    out << '\n';
    print_excerpt(out, shown.where);
    print_details(out, shown.details);
    print_hint(out, shown.hint);
    for (const related& note : shown.notes) {
        print_place(out, note.where);
        out << "note: " << printable(note.message) << '\n';
        print_excerpt(out, note.where);
    }
}

}  // namespace

void print_as_text(std::ostream& out, std::span<const diagnostic> all) {
    for (const diagnostic& each : all) print_text(out, each);
}

}  // namespace varve::generator
