#include <source/diagnostic_format.hpp>

#include <source/diagnostic_titles.hpp>
#include <source/shown_text.hpp>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

/// Braces hold placeholders in a message, so they are doubled (SARIF 2.1.0, 3.11.5). `[a](b)` would be a link (3.11.6):
/// SQLite's `CREATE TABLE [a](b)` is none.
std::string message_text(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("](")) result += '\\';
        result += text[i];
        if (text[i] == '{' || text[i] == '}') result += text[i];
    }
    return "{\"text\": " + in_json(result) + '}';
}

bool is_plain_in_a_uri(char c) {
    constexpr std::string_view punctuation = "/-._~!$&'()*+,;=@";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           punctuation.find(c) != std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_plain_in_a_uri(c)) {
            result += c;
        } else {
            result.append({'%', digits[byte / 16], digits[byte % 16]});
        }
    }
    return result;
}

/// `migrations/a%20b.sql`, `file:///home/me/a.sql`, `file:///C:/a.sql`
std::string uri_of(std::string_view path) {
    const bool has_drive = path.size() > 2 && path[1] == ':' && path[2] == '/';
    if (has_drive) return "file:///" + std::string(path.substr(0, 2)) + percent_encoded(path.substr(2));
    if (path.starts_with("//")) return "file:" + percent_encoded(path);
    return (path.starts_with('/') ? "file://" : "") + percent_encoded(path);
}

void print_physical_location(std::ostream& out, const location& where) {
    out << "\"physicalLocation\": {\"artifactLocation\": {\"uri\": " << in_json(uri_of(where.path))
        << "}, \"region\": {\"startLine\": " << at_least_one(where.line)
        << ", \"startColumn\": " << at_least_one(where.column) << "}}";
}

void print_notes(std::ostream& out, const std::vector<related>& notes) {
    out << ", \"relatedLocations\": [";
    for (std::size_t i = 0; i < notes.size(); ++i) {
        out << (i == 0 ? "{" : ", {") << "\"id\": " << i + 1 << ", ";
        if (!notes[i].where.path.empty()) {
            print_physical_location(out, notes[i].where);
            out << ", ";
        }
        out << "\"message\": " << message_text(notes[i].message) << '}';
    }
    out << ']';
}

void print_result(std::ostream& out, const diagnostic& shown, std::size_t rule) {
    std::string text = shown.message;
    if (!shown.details.empty()) text += "\n" + shown.details;
    if (!shown.hint.empty()) text += "\nhint: " + shown.hint;
    out << "{\"ruleId\": " << in_json(shown.code) << ", \"ruleIndex\": " << rule
        << ", \"level\": " << in_json(word_of(shown.level)) << ", \"message\": " << message_text(text);
    if (!shown.where.path.empty()) {
        out << ", \"locations\": [{";
        print_physical_location(out, shown.where);
        out << "}]";
    }
    if (!shown.notes.empty()) print_notes(out, shown.notes);
    out << '}';
}

/// The title of the code's page as a name: `a-released-migration-was-edited`.
std::string name_from(std::string_view title) {
    std::string name;
    for (const char c : title) {
        const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (kept) {
            name += c;
        } else if (!name.empty() && name.back() != '-') {
            name += '-';
        }
    }
    while (name.ends_with('-')) name.pop_back();
    return name;
}

// SARIF wants an absolute URI for a rule's page, and where the pages are is not known here: so the help names the page.
void print_rule(std::ostream& out, std::string_view code) {
    const std::string page = "docs/diagnostics/" + std::string(code) + ".md";
    const std::string_view title = diagnostic_title(code);
    out << "{\"id\": " << in_json(code);
    if (!title.empty()) {
        out << ", \"name\": " << in_json(name_from(title)) << ", \"shortDescription\": " << message_text(title);
    }
    out << ", \"help\": {\"text\": " << in_json("What it means and what to do: " + page)
        << ", \"markdown\": " << in_json("What it means and what to do: [" + page + "](" + page + ")") << "}}";
}

/// The codes that were reported, each once.
std::vector<std::string_view> codes_of(std::span<const diagnostic> all) {
    std::vector<std::string_view> codes;
    codes.reserve(all.size());
    for (const diagnostic& each : all) codes.emplace_back(each.code);
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
}

}  // namespace

void print_as_sarif(std::ostream& out, std::span<const diagnostic> all) {
    const std::vector<std::string_view> codes = codes_of(all);
    out << "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{\n"
        << "  \"tool\": {\"driver\": {\"name\": \"varve\", \"version\": \"" VARVE_VERSION "\", \"rules\": [";
    std::string_view separator = "\n    ";
    for (const std::string_view code : codes) {
        out << separator;
        print_rule(out, code);
        separator = ",\n    ";
    }
    out << "]}},\n  \"columnKind\": \"unicodeCodePoints\",\n  \"results\": [";
    separator = "\n    ";
    for (const diagnostic& each : all) {
        const auto rule = std::lower_bound(codes.begin(), codes.end(), each.code);
        out << separator;
        print_result(out, each, static_cast<std::size_t>(rule - codes.begin()));
        separator = ",\n    ";
    }
    out << "]\n}]}\n";
}

}  // namespace varve::generator
