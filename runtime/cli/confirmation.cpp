#include "confirmation.hpp"

#include "commands.hpp"
#include "plain_text.hpp"
#include "steps.hpp"
#include "write.hpp"

#include <istream>

namespace varve::cli {
namespace {

constexpr std::size_t most_shown = 20;

std::string list_of(std::span<const step> steps, const histories& known) {
    std::string text;
    for (std::size_t i = 0; i < steps.size() && i < most_shown; ++i) {
        append(text, {"  ", to_string(steps[i].what), " ", title_of(steps[i], known), "\n"});
    }
    if (steps.size() > most_shown) {
        append(text, {"  ... and ", steps.size() - most_shown, " more\n"});
    }
    return text;
}

}  // namespace

bool must_ask(const session& of) {
    return of.asked.what->asks == regret::likely && !of.asked.yes && of.how.mode == run_mode::perform;
}

void check_can_ask(const session& of) {
    if (!must_ask(of)) return;
    if (of.where.in != nullptr && of.asked.format == output::text) return;
    refuse({of.asked.what->name, " asks before it does anything, and nobody can answer here"},
           {of.asked.what->run == run_restore ? "if it is what you want, add --yes"
                                              : "look at it with --dry-run, then add --yes"});
}

answer ask(const session& of, std::span<const step> steps) {
    write(*of.where.err, joined({"about to happen on ", printable(of.database.location()), "\n",
                                 list_of(steps, of.known), "go on? [y/N] "}));
    return read_answer(of);
}

answer read_answer(const session& of) {
    std::string line;
    std::getline(*of.where.in, line);
    return line == "y" || line == "Y" || line == "yes" ? answer::yes : answer::no;
}

}  // namespace varve::cli
