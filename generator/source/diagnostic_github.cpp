#include <source/diagnostic_format.hpp>

#include <source/shown_text.hpp>

#include <ostream>
#include <string>

namespace varve::generator {
namespace {

std::string_view command_of(severity level) { return level == severity::note ? "notice" : word_of(level); }

/// What would end the command: the runner turns these escapes back.
std::string escaped(std::string_view text, std::string_view special) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        if (special.find(c) == std::string_view::npos) {
            result += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        result += '%';
        result += digits[byte / 16];
        result += digits[byte % 16];
    }
    return result;
}

std::string property(std::string_view text) { return escaped(printable(text), "%:,"); }

std::string message_of(std::string_view text) { return escaped(printable(text), "%"); }

void append_lines(std::string& message, std::string_view lines, std::string_view lead) {
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        message.append(lead).append(message_of(line));
        lines.remove_prefix(line.size() == lines.size() ? lines.size() : line.size() + 1);
        lead = "%0A";
    }
}

std::string whole_message_of(const diagnostic& shown) {
    std::string message = message_of(shown.message);
    append_lines(message, shown.details, "%0A");
    append_lines(message, shown.hint, "%0Ahint: ");
    return message;
}

void print_command(std::ostream& out, severity level, const location& where, std::string_view code,
                   std::string_view message) {
    out << "::" << command_of(level) << ' ';
    if (!where.path.empty()) {
        out << "file=" << property(where.path) << ",line=" << at_least_one(where.line)
            << ",col=" << at_least_one(where.column) << ',';
    }
    out << "title=" << property(code) << "::" << message << '\n';
}

}  // namespace

void print_as_github(std::ostream& out, std::span<const diagnostic> all) {
    for (const diagnostic& each : all) {
        print_command(out, each.level, each.where, each.code, whole_message_of(each));
        for (const related& note : each.notes) {
            print_command(out, severity::note, note.where, each.code, message_of(note.message));
        }
    }
}

}  // namespace varve::generator
