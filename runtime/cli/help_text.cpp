#include "help_text.hpp"

#include "aliases.hpp"
#include "plain_text.hpp"

#include <algorithm>

namespace varve::cli {
namespace {

std::string with_value(std::string_view word, std::string_view value) {
    return joined({word, value.empty() ? "" : " ", value});
}

void add_line(std::string& text, const std::string& left, std::size_t width, std::string_view right) {
    append(text, {"  ", left, std::string(width - left.size() + 2, ' '), right, "\n"});
}

std::string meaning_of(const alias& of) {
    if (of.means == alias::argument::as_ours) return "the same";
    if (of.means == alias::argument::place) return joined({"`", of.theirs, " X` is `", of.ours, " --to X`"});
    const bool forward = of.ours == "migrate";
    return joined({"`", of.theirs, " N` is `", of.ours, forward ? " --to +N`" : " --last N`"});
}

constexpr std::string_view exit_codes_text =
    "\nexit codes: 0 done, 1 failed, 2 something is pending (check, wait), 3 history and database disagree,\n"
    "4 stopped by a signal, 64 the command line makes no sense\n";

}  // namespace

std::string help_text() {
    std::size_t width = 0;
    for (const auto& each : all_commands()) width = std::max(width, with_value(each.name, each.arguments).size());
    std::string text = "usage: COMMAND [options]\n\ncommands:\n";
    for (const auto& each : all_commands()) add_line(text, with_value(each.name, each.arguments), width, each.summary);
    text += "\nalso understood:";
    for (const auto& each : all_aliases()) append(text, {" ", each.theirs, " (", each.ours, ")"});
    text += "\n`help COMMAND` explains its options.\n";
    text += exit_codes_text;
    return text;
}

std::string help_text(const command& of) {
    std::size_t width = 0;
    for (const option_id id : of.options)
        width = std::max(width, with_value(entry_of(id).word, entry_of(id).value).size());
    std::string text = joined({"usage: ", with_value(of.name, of.arguments), " [options]\n\n", of.name, ": ",
                               of.summary, "\n", of.details, of.details.empty() ? "" : "\n"});
    if (of.asks == regret::likely) text += "Asks before it does anything; where nobody can answer, it needs --yes.\n";
    text += "\noptions:\n";
    for (const option_id id : of.options) {
        const option_entry& entry = entry_of(id);
        add_line(text, with_value(entry.word, entry.value), width, entry.summary);
    }
    std::string aliases;
    for (const auto& each : all_aliases())
        if (each.ours == of.name) append(aliases, {"  ", each.theirs, ": ", meaning_of(each), "\n"});
    if (!aliases.empty()) append(text, {"\nalso understood:\n", aliases});
    return text;
}

}  // namespace varve::cli
