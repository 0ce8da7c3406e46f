#include <source/directive.hpp>

#include <source/duration.hpp>
#include <source/file_name.hpp>
#include <source/foreign_marker.hpp>
#include <source/nearest.hpp>
#include <source/version.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace varve::generator {

namespace {

constexpr std::string_view white_space = " \t\r\f\v\n";
constexpr std::string_view all_words =
    "no-transaction, transaction, depends, description, irreversible, breaks-older, compatible, lock-timeout, "
    "statement-timeout, allow";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find_first_of(white_space)); }

/// The text after `varve` and the colon, and whether it is written as it must be.
struct addressed {
    std::string_view words;
    bool exactly = false;
};

bool begins_with_varve(std::string_view text) {
    constexpr std::string_view name = "varve";
    if (text.size() < name.size()) return false;
    return std::ranges::equal(text.substr(0, name.size()), name, [](char a, char b) { return a == b || a + 32 == b; });
}

/// Prose may begin with the word varve; what only a directive could be is taken for one.
bool only_a_directive_begins_so(std::string_view words) {
    static constexpr std::array<std::string_view, 5> telling = {"no-transaction", "irreversible", "breaks-older",
                                                                "lock-timeout", "statement-timeout"};
    return std::ranges::find(telling, first_word(words)) != telling.end();
}

/// What a comment says to varve, if it speaks to varve at all.
std::optional<addressed> addressed_to_varve(std::string_view text) {
    text = trimmed(text);
    if (!begins_with_varve(text)) return std::nullopt;
    const bool small = text.starts_with("varve");
    const std::string_view rest = text.substr(5);
    if (rest.starts_with(':')) return addressed{.words = trimmed(rest.substr(1)), .exactly = small};
    const std::string_view after_space = trimmed(rest);
    if (after_space.starts_with(':')) return addressed{.words = trimmed(after_space.substr(1)), .exactly = false};
    if (rest.empty() || white_space.find(rest.front()) == std::string_view::npos) return std::nullopt;
    if (only_a_directive_begins_so(after_space)) return addressed{.words = after_space, .exactly = false};
    return std::nullopt;
}

bool is_finding_code(std::string_view word) {
    return word.size() == 4 && word.front() == 'M' && word.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Reads one file's directives; the parts of read_directives() share what they found.
class reading {
public:
    reading(const text_file& file, const lexed& tokens, direction which, diagnostics& found)
        : file_(file), tokens_(tokens), which_(which), found_(found) {}

    directives run() {
        for (const comment& each : tokens_.comments) take(each);
        return std::move(result_);
    }

private:
    void take(const comment& each) {
        const std::string_view text = file_.text().substr(each.offset, each.size);
        const bool in_head = tokens_.tokens.empty() || each.offset < tokens_.tokens.front().offset;
        if (text.starts_with("/*")) {
            take_block(text);
            return;
        }
        std::string_view said = text;
        while (said.starts_with(text.front())) said.remove_prefix(1);  // -- in SQL, // in C++
        report_foreign_marker(file_, offset_of(said), trimmed(said), found_);
        const auto to_varve = addressed_to_varve(said);
        if (!to_varve) return;
        at_ = offset_of(trimmed(said));
        if (!in_head && first_word(to_varve->words) != "allow") {
            report("M012", at_, "a directive after the first statement has no effect",
                   "move it to the head of the file, before the first statement; only `allow` may stand elsewhere");
        } else if (!to_varve->exactly) {
            report("M011", at_, "a directive begins with `varve:`, in small letters",
                   "write: -- varve: " + std::string(to_varve->words));
        } else if (!in_head) {
            take_allowed_in_place(to_varve->words);
        } else {
            take_words(to_varve->words);
        }
    }

    void take_allowed_in_place(std::string_view words) {
        const std::size_t end = tokens_.tokens.back().end();
        if (at_ > end && file_.text().substr(end, at_ - end).find('\n') != std::string_view::npos) {
            report("M012", at_, "`allow` behind the last statement has no effect",
                   "move it before the statement that it is about");
            return;
        }
        scope_ = allow_scope::statement;
        take_allowed(trimmed(words.substr(first_word(words).size())));
        scope_ = allow_scope::file;
    }

    void take_block(std::string_view text) {
        text.remove_prefix(2);
        while (!text.empty()) {
            const std::string_view line = text.substr(0, text.find('\n'));
            const std::size_t first = line.find_first_not_of(" \t*-");
            const auto to_varve =
                first == std::string_view::npos ? std::nullopt : addressed_to_varve(line.substr(first));
            if (to_varve) {
                report("M012", offset_of(line.substr(first)), "a directive in a block comment has no effect",
                       "write it on a line of its own in the head of the file: -- varve: ...");
            }
            text.remove_prefix(std::min(line.size() + 1, text.size()));
        }
    }

    void take_words(std::string_view words) {
        const std::string_view word = first_word(words);
        const std::string_view rest = trimmed(words.substr(word.size()));
        if (word.empty()) {
            report("M011", at_, "a directive without a word", "the words are: " + std::string(all_words));
        } else if (word == "no-transaction") {
            take_mode(transaction_mode::no_transaction, word, rest);
        } else if (word == "transaction") {
            take_mode(transaction_mode::transaction, word, rest);
        } else if (word == "allow") {
            take_allowed(rest);
        } else if (word == "lock-timeout") {
            if (first_time(word)) take_limit(result_.limits.lock_timeout, word, rest);
        } else if (word == "statement-timeout") {
            if (first_time(word)) take_limit(result_.limits.statement_timeout, word, rest);
        } else if (word == "depends" || word == "description" || word == "irreversible") {
            if (belongs_to_up(word) && first_time(word)) take_for_up(word, rest);
        } else if (word == "breaks-older") {
            if (stands_alone(word, rest) && is_only_word_on_compatibility(word)) result_.breaks_older = true;
        } else if (word == "compatible") {
            take_compatible(word, rest);
        } else {
            report_unknown(word);
        }
    }

    void take_for_up(std::string_view word, std::string_view rest) {
        if (word == "depends") {
            take_depends(rest);
        } else if (word == "description") {
            take_description(rest);
        } else if (stands_alone(word, rest)) {
            result_.irreversible = true;
            result_.irreversible_at = file_.location_of(at_);
        }
    }

    void report_unknown(std::string_view word) {
        const std::string_view meant =
            nearest(word, {"no-transaction", "transaction", "depends", "description", "irreversible", "breaks-older",
                           "compatible", "lock-timeout", "statement-timeout", "allow"});
        std::string hint =
            meant.empty() ? "the words are: " + std::string(all_words) : "did you mean " + in_ticks(meant) + "?";
        report("M010", offset_of(word), "there is no directive " + in_ticks(word), std::move(hint));
    }

    void take_mode(transaction_mode mode, std::string_view word, std::string_view rest) {
        if (!stands_alone(word, rest)) return;
        if (result_.mode && *result_.mode != mode) {
            report("M013", at_, "`no-transaction` and `transaction` contradict each other", "delete one of them",
                   {{result_.mode_at, "the other one is here"}});
            return;
        }
        if (!first_time("no-transaction")) return;
        result_.mode = mode;
        result_.mode_at = file_.location_of(at_);
    }

    void take_compatible(std::string_view word, std::string_view reason) {
        if (reason.empty()) {
            report("M011", at_, "`compatible` needs a reason",
                   "write: -- varve: compatible no program has read the column since 2.4");
        } else if (is_only_word_on_compatibility(word)) {
            result_.compatible = true;
        }
    }

    bool is_only_word_on_compatibility(std::string_view word) {
        if (!belongs_to_up(word)) return false;
        if (word == "compatible" ? result_.breaks_older : result_.compatible) {
            report("M013", at_, "`breaks-older` and `compatible` contradict each other", "delete one of them",
                   {{result_.compatibility_at, "the other one is here"}});
            return false;
        }
        if (!first_time(word)) return false;
        result_.compatibility_at = file_.location_of(at_);
        return true;
    }

    void take_limit(std::int64_t& limit, std::string_view word, std::string_view rest) {
        const auto duration = parse_duration(rest);
        if (duration) {
            limit = *duration;
            return;
        }
        const std::string name(word);
        report("M011", rest.empty() ? at_ : offset_of(rest),
               rest.empty() ? in_ticks(word) + " needs a time" : in_ticks(rest) + " is not a time",
               "write a whole number and its unit (ms, s, min, h), at most 24 days: -- varve: " + name +
                   " 10s; 0 is no limit");
    }

    void take_description(std::string_view text) {
        if (text.empty()) {
            report("M011", at_, "`description` needs a text", "write: -- varve: description Add user preferences");
        } else if (std::ranges::any_of(text, is_control)) {
            report("M011", at_, "a description cannot hold control characters", "write it as plain text in one line");
        } else {
            result_.description = text;
        }
    }

    void take_depends(std::string_view list) {
        if (list.empty()) {
            report("M011", at_, "`depends` needs versions", "write: -- varve: depends 3, 5");
            return;
        }
        for (bool more = true; more;) {
            const std::size_t comma = list.find(',');
            more = comma != std::string_view::npos;
            take_dependency(trimmed(list.substr(0, comma)), list);
            if (more) list.remove_prefix(comma + 1);
        }
    }

    void take_dependency(std::string_view item, std::string_view list) {
        const std::size_t offset = offset_of(item.empty() ? list : item);
        const std::size_t colon = item.find(':');
        const bool elsewhere = colon != std::string_view::npos;
        const std::string_view history = elsewhere ? item.substr(0, colon) : std::string_view{};
        const auto version = parse_version(elsewhere ? item.substr(colon + 1) : item);
        if (!version || (elsewhere && !is_history_name(history))) {
            report(
                "M011", offset, item.empty() ? "a version is missing" : in_ticks(item) + " is not a version",
                "versions are separated by commas, those of another history have its name in front: depends 3, auth:5");
            return;
        }
        const auto same = [&](const dependency_source& other) {
            return other.version == *version && other.history == history;
        };
        if (std::ranges::any_of(result_.depends, same)) {
            report("M013", offset, in_ticks(item) + " is named twice", "delete one of them");
            return;
        }
        result_.depends.push_back({std::string(history), *version, file_.location_of(offset)});
    }

    void take_allowed(std::string_view rest) {
        std::vector<std::string_view> named;
        for (bool more = true; more;) {
            const std::string_view code = rest.substr(0, rest.find_first_of(", \t\f\v"));
            if (!is_finding_code(code)) {
                refuse_allowed(code.empty() ? rest : code);
                return;
            }
            named.push_back(code);
            rest = trimmed(rest.substr(code.size()));
            more = rest.starts_with(',');
            if (more) rest = trimmed(rest.substr(1));
        }
        if (rest.empty() || is_finding_code(first_word(rest))) {
            refuse_allowed(rest);
            return;
        }
        for (const std::string_view code : named) take_allowed_code(code, rest);
    }

    void refuse_allowed(std::string_view at) {
        report("M011", at.empty() ? at_ : offset_of(at), "`allow` needs codes, separated by commas, and a reason",
               "write: -- varve: allow M201 the table is empty on every installation");
    }

    void take_allowed_code(std::string_view code, std::string_view reason) {
        const auto same = [&](const allowed_finding& other) {
            return other.code == code && other.scope == allow_scope::file && scope_ == allow_scope::file;
        };
        const std::size_t offset = offset_of(code);
        if (const auto other = std::ranges::find_if(result_.allowed, same); other != result_.allowed.end()) {
            report("M013", offset, in_ticks(code) + " is allowed twice", "delete one of them",
                   {{other->where, "the other one is here"}});
            return;
        }
        result_.allowed.push_back({std::string(code), std::string(reason), file_.location_of(offset), scope_, offset});
    }

    bool belongs_to_up(std::string_view word) {
        if (which_ == direction::up) return true;
        report("M014", at_, in_ticks(word) + " says nothing in a down script", "move it to the up script");
        return false;
    }

    bool first_time(std::string_view word) {
        if (seen_.insert(std::string(word)).second) return true;
        const std::string hint =
            word == "depends" ? "name all versions in one directive: -- varve: depends 3, 5" : "delete one of them";
        report("M013", at_, in_ticks(word) + " is given twice", hint);
        return false;
    }

    bool stands_alone(std::string_view word, std::string_view rest) {
        if (rest.empty()) return true;
        report("M011", offset_of(rest), in_ticks(word) + " takes nothing after it",
               "put the reason into a comment of its own");
        return false;
    }

    /// `part` is always a part of the file's text.
    [[nodiscard]] std::size_t offset_of(std::string_view part) const {
        return static_cast<std::size_t>(part.data() - file_.text().data());
    }

    void report(std::string code, std::size_t offset, std::string message, std::string hint,
                std::vector<related> notes = {}) {
        found_.report({severity::error, std::move(code), file_.location_of(offset), std::move(message), std::move(hint),
                       std::move(notes)});
    }

    const text_file& file_;
    const lexed& tokens_;
    direction which_;
    diagnostics& found_;
    directives result_;
    std::set<std::string, std::less<>> seen_;
    std::size_t at_ = 0;  ///< the directive being read
    allow_scope scope_ = allow_scope::file;
};

}  // namespace

directives read_directives(const text_file& file, const lexed& tokens, direction which, diagnostics& found) {
    return reading(file, tokens, which, found).run();
}

}  // namespace varve::generator
