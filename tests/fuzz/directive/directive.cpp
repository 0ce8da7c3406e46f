#include <fuzz/promise.hpp>
#include <fuzz/targets.hpp>
#include <source/directive.hpp>

#include <algorithm>
#include <string>

namespace varve::fuzz {
namespace {

namespace gen = varve::generator;

constexpr std::string_view space = " \t\f\v\r";

std::string_view without_leading(std::string_view text, std::string_view bytes) {
    text.remove_prefix(std::min(text.find_first_not_of(bytes), text.size()));
    return text;
}

/// `-- varve:`, as it must be written; told apart here a second time, by simpler means.
bool is_a_directive(std::string_view comment) {
    if (!comment.starts_with("--")) return false;
    return without_leading(without_leading(comment, "-"), space).starts_with("varve:");
}

struct reading {
    gen::text_file file;
    gen::lexed tokens;
    gen::diagnostics found;
    gen::directives said;

    reading(std::string_view bytes, direction which) : file("fuzzed.sql", bytes) {
        tokens = gen::lex(file.text(), engine_kind::postgresql);
        said = gen::read_directives(file, tokens, which, found);
    }

    [[nodiscard]] bool reported_on(std::uint32_t line) const {
        const auto all = found.sorted();
        return std::any_of(all.begin(), all.end(), [line](const auto& each) { return each.where.line == line; });
    }
};

/// How many things were said: what a lost directive would make fewer.
std::size_t count(const gen::directives& said) {
    return (said.mode ? 1U : 0U) + (said.description.empty() ? 0U : 1U) + (said.irreversible ? 1U : 0U) +
           (said.breaks_older ? 1U : 0U) + (said.compatible ? 1U : 0U) + said.depends.size() + said.allowed.size() +
           (said.limits.lock_timeout >= 0 ? 1U : 0U) + (said.limits.statement_timeout >= 0 ? 1U : 0U);
}

void each_directive_is_taken_or_reported(const reading& whole, direction which) {
    std::size_t expected = 0;
    for (const gen::comment& each : whole.tokens.comments) {
        const std::string_view text = whole.file.text().substr(each.offset, each.size);
        if (!is_a_directive(text)) continue;
        const std::uint32_t line = whole.file.position_of(each.offset).line;
        if (whole.reported_on(line)) continue;
        const reading alone(text, which);
        promise(count(alone.said) > 0, "a directive was lost silently");
        expected += count(alone.said);
    }
    if (whole.found.sorted().empty()) promise(count(whole.said) == expected, "directives together say less or more");
}

void places_are_in_the_file(const reading& whole) {
    const std::uint32_t lines = whole.file.position_of(whole.file.text().size()).line;
    for (const gen::diagnostic& each : whole.found.sorted()) {
        promise(each.where.line >= 1 && each.where.line <= lines && each.where.column >= 1, "outside the file");
        promise(!each.code.empty() && !each.message.empty() && !each.hint.empty(), "a report without a word");
    }
}

std::string written(const gen::directives& said) {
    std::string text;
    if (said.mode)
        text += *said.mode == transaction_mode::transaction ? "-- varve: transaction\n" : "-- varve: no-transaction\n";
    if (!said.description.empty()) text += "-- varve: description " + said.description + "\n";
    if (said.irreversible) text += "-- varve: irreversible\n";
    if (said.breaks_older) text += "-- varve: breaks-older\n";
    if (said.compatible) text += "-- varve: compatible reason\n";
    if (said.limits.lock_timeout >= 0)
        text += "-- varve: lock-timeout " + std::to_string(said.limits.lock_timeout) + "ms\n";
    if (said.limits.statement_timeout >= 0)
        text += "-- varve: statement-timeout " + std::to_string(said.limits.statement_timeout) + "ms\n";
    for (const auto& each : said.allowed) text += "-- varve: allow " + each.code + " " + each.reason + "\n";
    std::string separator = "-- varve: depends ";
    for (const auto& each : said.depends) {
        text += separator + (each.history.empty() ? "" : each.history + ":") + std::to_string(each.version);
        separator = ", ";
    }
    return text + "\n";
}

void what_was_understood_can_be_written_and_read(const gen::directives& said) {
    const reading again(written(said), direction::up);
    promise(again.found.sorted().empty(), "directives written down again are refused");
    promise(written(again.said) == written(said), "directives written down again say something else");
}

}  // namespace

void directive(std::string_view bytes) {
    for (const direction which : {direction::up, direction::down}) {
        const reading whole(bytes, which);
        each_directive_is_taken_or_reported(whole, which);
        places_are_in_the_file(whole);
        what_was_understood_can_be_written_and_read(whole.said);
    }
}

}  // namespace varve::fuzz
