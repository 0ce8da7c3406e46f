#include <document/history_document.hpp>

#include <document/markdown.hpp>
#include <document/migrations_section.hpp>
#include <document/schema_section.hpp>

#include <algorithm>

namespace varve::generator {
namespace {

constexpr std::string_view mark = "<!-- Written by `varve docs`, which writes it anew: not to be edited. -->\n";

std::string summary(const history_source& history) {
    const auto& all = history.migrations;
    const auto drafts = std::ranges::count_if(all, [](const migration_source& each) { return !each.released; });
    const std::string engine = history.engine == engine_kind::sqlite ? "SQLite" : "PostgreSQL";
    std::string text = "The history " + markdown::code(history.name) + " for " + engine + ": " +
                       std::to_string(all.size()) + (all.size() == 1 ? " migration" : " migrations");
    if (drafts > 0) text += ", " + std::to_string(drafts) + " not released yet";
    return text + ".\n\n";
}

}  // namespace

std::string history_document(const history_source& history) {
    std::string text = std::string(mark) + "# " + markdown::plain(history.name) + "\n\n" + summary(history) +
                       schema_section(history) + migrations_section(history);
    text.pop_back();  // each part ends with an empty line
    return text;
}

bool is_history_document(std::string_view text) { return text.starts_with(mark); }

}  // namespace varve::generator
