#include <source/diagnostic.hpp>

#include <algorithm>
#include <ostream>
#include <sql/utf8.hpp>
#include <tuple>
#include <utility>

namespace varve::generator {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

std::string_view word_of(severity level) {
    switch (level) {
        case severity::note:
            return "note";
        case severity::warning:
            return "warning";
        case severity::error:
            break;
    }
    return "error";
}

// A place in a file as a whole is printed as its first character: editors and CI systems want a line.
std::uint32_t at_least_one(std::uint32_t number) { return std::max<std::uint32_t>(number, 1); }

unsigned byte_at(std::string_view text, std::size_t index) { return static_cast<unsigned char>(text[index]); }

bool is_control(unsigned byte) { return byte < 0x20 || byte == 0x7F; }

/// What a terminal may be shown: a file can hold anything, escape sequences too.
std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = code_point_size(text, i);
        const bool shown = size > 0 && (text[i] == '\t' || !is_control(byte_at(text, i)));
        result.append(shown ? text.substr(i, size) : replacement_character);
        i += std::max<std::size_t>(size, 1);
    }
    return result;
}

std::string in_json(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "\"";
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = code_point_size(text, i);
        const unsigned byte = byte_at(text, i);
        if (size == 0) {
            result += replacement_character;
        } else if (byte == '"' || byte == '\\') {
            result += '\\';
            result += text[i];
        } else if (byte == '\n') {
            result += "\\n";
        } else if (byte == '\t') {
            result += "\\t";
        } else if (is_control(byte)) {
            result += "\\u00";
            result += digits[byte / 16];
            result += digits[byte % 16];
        } else {
            result += text.substr(i, size);
        }
        i += std::max<std::size_t>(size, 1);
    }
    return result += '"';
}

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
    print_hint(out, shown.hint);
    for (const related& note : shown.notes) {
        print_place(out, note.where);
        out << "note: " << printable(note.message) << '\n';
        print_excerpt(out, note.where);
    }
}

void print_json_place(std::ostream& out, const location& where) {
    out << "\"path\": " << in_json(where.path) << ", \"line\": " << at_least_one(where.line)
        << ", \"column\": " << at_least_one(where.column);
}

void print_json(std::ostream& out, const diagnostic& shown) {
    out << "{\"severity\": " << in_json(word_of(shown.level)) << ", \"code\": " << in_json(shown.code) << ", ";
    print_json_place(out, shown.where);
    out << ", \"message\": " << in_json(shown.message) << ", \"hint\": " << in_json(shown.hint) << ", \"notes\": [";
    std::string_view separator;
    for (const related& note : shown.notes) {
        out << separator << '{';
        print_json_place(out, note.where);
        out << ", \"message\": " << in_json(note.message) << '}';
        separator = ", ";
    }
    out << "]}";
}

}  // namespace

void diagnostics::report(diagnostic reported) { all_.push_back(std::move(reported)); }

bool diagnostics::any_errors() const { return count(severity::error) > 0; }

std::size_t diagnostics::count(severity level) const {
    return static_cast<std::size_t>(
        std::count_if(all_.begin(), all_.end(), [level](const diagnostic& each) { return each.level == level; }));
}

std::vector<diagnostic> diagnostics::sorted() const {
    std::vector<diagnostic> result = all_;
    std::stable_sort(result.begin(), result.end(), [](const diagnostic& a, const diagnostic& b) {
        return std::tie(a.where.path, a.where.line, a.where.column) <
               std::tie(b.where.path, b.where.line, b.where.column);
    });
    return result;
}

void print(std::ostream& out, const diagnostics& reported, output_format format) {
    const std::vector<diagnostic> all = reported.sorted();
    if (format == output_format::text) {
        for (const diagnostic& each : all) print_text(out, each);
        return;
    }
    std::string_view separator = "\n";
    out << '[';
    for (const diagnostic& each : all) {
        out << separator << "  ";
        print_json(out, each);
        separator = ",\n";
    }
    out << (all.empty() ? "]\n" : "\n]\n");
}

}  // namespace varve::generator
