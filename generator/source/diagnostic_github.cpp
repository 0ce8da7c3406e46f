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

/// Lines of a hint stand one below the other.
std::string message_with_hint(const diagnostic& shown) {
    std::string text = message_of(shown.message);
    std::string_view lead = "%0Ahint: ";
    for (std::string_view rest = shown.hint; !rest.empty(); lead = "%0A") {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        text.append(lead).append(message_of(line));
        rest.remove_prefix(line.size() == rest.size() ? rest.size() : line.size() + 1);
    }
    return text;
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
        print_command(out, each.level, each.where, each.code, message_with_hint(each));
        for (const related& note : each.notes) {
            print_command(out, severity::note, note.where, each.code, message_of(note.message));
        }
    }
}

}  // namespace varve::generator
