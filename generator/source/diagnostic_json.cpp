#include <source/diagnostic_format.hpp>

#include <source/shown_text.hpp>

#include <ostream>

namespace varve::generator {
namespace {

void print_json_place(std::ostream& out, const location& where) {
    out << "\"path\": " << in_json(where.path) << ", \"line\": " << at_least_one(where.line)
        << ", \"column\": " << at_least_one(where.column);
}

void print_json(std::ostream& out, const diagnostic& shown) {
    out << "{\"severity\": " << in_json(word_of(shown.level)) << ", \"code\": " << in_json(shown.code) << ", ";
    print_json_place(out, shown.where);
    out << ", \"message\": " << in_json(shown.message) << ", \"details\": " << in_json(shown.details)
        << ", \"hint\": " << in_json(shown.hint) << ", \"notes\": [";
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

void print_as_json(std::ostream& out, std::span<const diagnostic> all) {
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
