#include <document/migrations_section.hpp>

#include <document/markdown.hpp>
#include <document/schema_section.hpp>
#include <lint/costs.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace varve::generator {
namespace {

constexpr std::string_view creation = "-- created ";
constexpr std::size_t length_of_date = 10;  // 2026-01-07

bool is_date(std::string_view text) {
    constexpr std::string_view pattern = "dddd-dd-dd";
    return text.size() == length_of_date && std::ranges::equal(text, pattern, [](char c, char wanted) {
               return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted;
           });
}

// What `varve new` writes in the head: the first lines, all comments.
std::string creation_date(std::string_view text) {
    while (text.starts_with("--")) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (line.starts_with(creation) && is_date(line.substr(creation.size())))
            return std::string(line.substr(creation.size()));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return {};
}

std::string dependencies_of(const history_source& history, const migration_source& of) {
    std::string result;
    for (const dependency_source& each : of.depends) {
        const auto known = std::ranges::find(history.migrations, each.version, &migration_source::version);
        if (!result.empty()) result += ", ";
        if (each.history.empty() && known != history.migrations.end()) {
            result += markdown::link(known->version_text, heading_of(*known));
        } else {
            result += markdown::plain(each.history + ":" + std::to_string(each.version));
        }
    }
    return result;
}

std::string overview(const history_source& history) {
    std::string text = markdown::header({"version", "name", "description", "depends on", "created", "released"});
    for (const migration_source& each : history.migrations) {
        text += markdown::row({markdown::link(each.version_text, heading_of(each)), markdown::plain(each.name),
                               markdown::plain(each.description), dependencies_of(history, each),
                               creation_date(each.up.as_written().text()), each.released ? "yes" : "no"});
    }
    return text + "\n";
}

std::string particulars(const migration_source& of) {
    std::string lines;
    if (of.up.mode == transaction_mode::no_transaction) lines += "* runs without a transaction\n";
    if (of.breaks_older) {
        lines += "* programs that do not know it cannot work with a database that has it";
        lines += of.breaks_older_why.empty() ? "\n" : ": " + markdown::plain(of.breaks_older_why) + "\n";
    }
    if (!of.down) lines += of.irreversible ? "* cannot be undone\n" : "* has no down script\n";
    return lines;
}

std::string costs_text(const std::vector<migration_cost>& all) {
    std::string lines;
    for (const migration_cost& each : all) {
        lines +=
            "* line " + std::to_string(each.line) + ": " + markdown::plain(each.message) + " (" + each.code + ")\n";
    }
    return lines;
}

std::string migration_text(const migration_source& of, const std::vector<migration_cost>& costs) {
    std::string text = "### " + markdown::plain(heading_of(of)) + "\n\n" + markdown::plain(of.description) + "\n\n";
    const std::string lines = particulars(of) + costs_text(costs);
    if (!lines.empty()) text += lines + "\n";
    text += markdown::block("sql", of.up.as_written().text()) + "\n";
    if (of.down) text += "Undone by:\n\n" + markdown::block("sql", of.down->as_written().text()) + "\n";
    return text;
}

}  // namespace

std::string migrations_section(const history_source& history) {
    if (history.migrations.empty()) return "## Migrations\n\nThere is none.\n\n";
    const auto costs = costs_of(history);
    std::string text = "## Migrations\n\n" + overview(history);
    for (std::size_t i = 0; i < costs.size(); ++i) text += migration_text(history.migrations[i], costs[i]);
    return text;
}

}  // namespace varve::generator
