#include "help_text.hpp"

#include <algorithm>

namespace varve::cli {
namespace {

std::string joined(std::string_view first, std::string_view second) {
    std::string text(first);
    if (!second.empty()) text += ' ';
    text += second;
    return text;
}

void add_line(std::string& text, const std::string& left, std::size_t width, std::string_view right) {
    text += "  " + left;
    text.append(width - left.size() + 2, ' ');
    text += right;
    text += '\n';
}

constexpr std::string_view exit_codes_text =
    "\nexit codes: 0 done, 1 failed, 2 something is pending (check), 3 history and database disagree,\n"
    "64 the command line makes no sense\n";

}  // namespace

std::string help_text() {
    std::size_t width = 0;
    for (const auto& each : all_commands()) width = std::max(width, joined(each.name, each.arguments).size());
    std::string text = "usage: COMMAND [options]\n\ncommands:\n";
    for (const auto& each : all_commands()) add_line(text, joined(each.name, each.arguments), width, each.summary);
    text += "\n`help COMMAND` explains its options.\n";
    text += exit_codes_text;
    return text;
}

std::string help_text(const command& of) {
    std::size_t width = 0;
    for (const option_id id : of.options) width = std::max(width, joined(entry_of(id).word, entry_of(id).value).size());
    std::string text = "usage: " + joined(of.name, of.arguments) + " [options]\n\n";
    text += std::string(of.name) + ": " + std::string(of.summary) + '\n';
    if (!of.details.empty()) text += std::string(of.details) + '\n';
    if (of.asks == regret::likely) text += "Asks before it does anything; where nobody can answer, it needs --yes.\n";
    text += "\noptions:\n";
    for (const option_id id : of.options) {
        const option_entry& entry = entry_of(id);
        add_line(text, joined(entry.word, entry.value), width, entry.summary);
    }
    return text;
}

}  // namespace varve::cli
