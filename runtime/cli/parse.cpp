#include "parse.hpp"

#include "aliases.hpp"
#include "plain_text.hpp"
#include "suggestion.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace varve::cli {
namespace {

// A word of the command line as messages show it.
std::string in_quotes(std::string_view word) { return joined({"`", word, "`"}); }

std::string help_hint(const command& of) { return joined({"see `help ", of.name, "`"}); }

[[noreturn]] void refuse_word(std::string_view before, std::string_view word, const command& of) {
    refuse({before, in_quotes(word)}, {help_hint(of)});
}

std::optional<std::int64_t> number_of(std::string_view word) {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (failure != std::errc{} || end != word.data() + word.size() || value < 0) return std::nullopt;
    return value;
}

std::int64_t version_of(std::string_view word, const command& of) {
    const auto version = number_of(word);
    if (!version || *version == 0) {
        refuse({in_quotes(word), " is not a version"},
               {"a version is the number at the front of the file name, like 7 or 20260107093000; ", help_hint(of)});
    }
    return *version;
}

bool is_count(std::string_view word) {
    const bool is_signed = word.starts_with('+') || word.starts_with('-');
    return is_signed && word.size() > 1 && number_of(word.substr(1)).value_or(0) > 0;
}

target target_of(std::string_view word, const command& of) {
    if (word == "base") return target::base();
    if (word == "head" || word == "newest") return target::newest();
    return target::version(version_of(word, of));
}

std::size_t count_of(std::string_view word, std::string_view option, const command& of) {
    const auto count = number_of(word);
    if (!count || *count == 0) refuse_word(joined({option, " needs a number from 1, not "}), word, of);
    return static_cast<std::size_t>(*count);
}

grouping grouping_of(std::string_view word, const command& of) {
    if (word == "each") return grouping::each;
    if (word == "all") return grouping::all;
    refuse_word("--transaction is each or all, not ", word, of);
}

telling telling_of(std::string_view word, const command& of) {
    if (word == "text") return telling::text;
    if (word == "json") return telling::json;
    if (word == "none") return telling::none;
    refuse_word("--progress is text, json or none, not ", word, of);
}

sending sending_of(std::string_view word, const command& of) {
    if (word == "one-by-one") return sending::one_by_one;
    if (word == "together") return sending::together;
    refuse_word("--send is one-by-one or together, not ", word, of);
}

std::int32_t statement_of(std::string_view word, const command& of) {
    const auto number = number_of(word);
    if (!number || *number == 0 || *number > std::numeric_limits<std::int32_t>::max()) {
        refuse_word("--statement needs a number from 1, not ", word, of);
    }
    return static_cast<std::int32_t>(*number);
}

newer_database newer_of(std::string_view word, const command& of) {
    if (word == "accept") return newer_database::accept_compatible;
    if (word == "refuse") return newer_database::refuse;
    if (word != "revert") refuse_word("--when-newer is accept, refuse or revert, not ", word, of);
    if (of.name == "check" || of.name == "wait")
        refuse({of.name, " writes nothing, so it cannot revert"}, {"`migrate --when-newer revert` can"});
    return newer_database::revert;
}

std::chrono::milliseconds wait_of(std::string_view option, std::string_view word, const command& of) {
    constexpr std::int64_t longest = std::numeric_limits<std::int32_t>::max();
    const auto seconds = number_of(word);
    if (!seconds || *seconds > longest) refuse_word(joined({option, " needs whole seconds, not "}), word, of);
    return std::chrono::seconds(*seconds);
}

// `10s`: the same words as in a directive.
std::chrono::milliseconds limit_of(std::string_view option, std::string_view word, const command& of) {
    struct unit {
        std::string_view word;
        std::int64_t milliseconds;
    };
    constexpr unit units[] = {{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}};
    constexpr std::int64_t longest = std::numeric_limits<std::int32_t>::max();
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    const auto number = number_of(word.substr(0, digits));
    if (number == 0 && digits == word.size()) return std::chrono::milliseconds(0);
    for (const unit& each : units) {
        if (!number || word.substr(digits) != each.word || *number > longest / each.milliseconds) continue;
        return std::chrono::milliseconds(*number * each.milliseconds);
    }
    refuse({option, " needs a number with its unit, as 500ms, 10s, 5min or 1h, not ", in_quotes(word)},
           {option == "--timeout" ? "0 asks once; " : "0 is no limit; ", help_hint(of)});
}

const command& command_named(const std::string& word) {
    if (const command* const found = find_command(word)) return *found;
    std::vector<std::string_view> names;
    for (const auto& each : all_commands()) names.push_back(each.name);
    const std::string_view instead = way_instead_of(word);
    if (!instead.empty()) refuse({"there is no command ", in_quotes(word)}, {instead});
    const std::string_view right = nearest(word, names);
    if (right.empty()) refuse({"there is no command ", in_quotes(word)}, {"`help` lists the commands"});
    refuse({"there is no command ", in_quotes(word)}, {"did you mean ", in_quotes(right), "?"});
}

const option_entry& option_named(std::string_view word, const command& of) {
    std::vector<std::string_view> names;
    for (const option_id id : of.options) {
        if (entry_of(id).word == word) return entry_of(id);
        names.push_back(entry_of(id).word);
    }
    const std::string_view right = nearest(word, names);
    if (right.empty()) refuse({of.name, " has no option ", in_quotes(word)}, {help_hint(of)});
    refuse({of.name, " has no option ", in_quotes(word)}, {"did you mean ", in_quotes(right), "?"});
}

// Walks through the words after the command's name.
class reader {
public:
    reader(const std::vector<std::string>& words, invocation& result, const alias* typed)
        : words_(words), result_(result), typed_(typed) {}

    void read_all() {
        while (next_ < words_.size()) {
            const std::string_view word = words_[next_++];
            if (word == "-h") {
                result_.help = true;
            } else if (word.size() > 1 && word.front() == '-' && !(typed_ != nullptr && is_count(word))) {
                read_option(word);
            } else {
                result_.words.emplace_back(word);
            }
        }
        if (typed_ != nullptr && !result_.words.empty()) read_argument_of(*typed_);
        const auto is_seen = [&](option_id id) { return std::find(seen_.begin(), seen_.end(), id) != seen_.end(); };
        if (is_seen(option_id::to) && is_seen(option_id::last)) {
            refuse({"--to and --last cannot be given together"}, {help_hint(*result_.what)});
        }
    }

private:
    // `upgrade +2`, `down 3`: the argument is an option of our command.
    void read_argument_of(const alias& typed) {
        if (typed.means == alias::argument::as_ours) return;
        const std::string word = result_.words.front();
        result_.words.erase(result_.words.begin());
        if (result_.to || result_.last)
            refuse_word("it is said twice how far: by an option and by ", word, *result_.what);
        if (typed.means == alias::argument::place) return set(option_id::to, word);
        const std::size_t count = count_of(word, typed.theirs, *result_.what);
        if (typed.ours == "migrate") {
            result_.to = target::next(count);
        } else {
            result_.last = count;
        }
    }

    // A place, or how many from here: forward for what applies, back for what reverts.
    void set_place(std::string_view word) {
        const command& of = *result_.what;
        if (!is_count(word)) {
            result_.to = target_of(word, of);
            return;
        }
        const auto count = static_cast<std::size_t>(*number_of(word.substr(1)));
        const bool back = of.name == "rollback";
        if (back != word.starts_with('-')) {
            refuse({in_quotes(word), back ? " goes forward, and rollback goes back" : " goes back: that is rollback"},
                   {"`rollback --to -", count, "`"});
        }
        if (back) {
            result_.last = count;
        } else {
            result_.to = target::next(count);
        }
    }

    void read_option(std::string_view word) {
        const std::size_t equals = word.find('=');
        const option_entry& entry = option_named(word.substr(0, equals), *result_.what);
        if (std::find(seen_.begin(), seen_.end(), entry.id) != seen_.end()) {
            refuse({entry.word, " is given twice"}, {help_hint(*result_.what)});
        }
        seen_.push_back(entry.id);
        if (!entry.value.empty()) {
            set(entry.id, value_of(entry, word, equals));
        } else if (equals != std::string_view::npos) {
            refuse({entry.word, " takes no value"}, {help_hint(*result_.what)});
        } else {
            set(entry.id);
        }
    }

    std::string_view value_of(const option_entry& entry, std::string_view word, std::size_t equals) {
        if (equals != std::string_view::npos) return word.substr(equals + 1);
        if (next_ == words_.size() || words_[next_].starts_with("--")) {
            refuse({entry.word, " needs a value: ", entry.value}, {help_hint(*result_.what)});
        }
        return words_[next_++];
    }

    void set(option_id id, std::string_view value) {
        const command& of = *result_.what;
        switch (id) {
            case option_id::to:
                set_place(value);
                break;
            case option_id::last:
                result_.last = count_of(value, "--last", of);
                break;
            case option_id::transaction:
                result_.transactions = grouping_of(value, of);
                break;
            case option_id::send:
                result_.send = sending_of(value, of);
                break;
            case option_id::when_newer:
                result_.when_newer = newer_of(value, of);
                break;
            case option_id::progress:
                result_.progress = telling_of(value, of);
                break;
            case option_id::reason:
                result_.reason = value;
                break;
            case option_id::statement:
                result_.statement = statement_of(value, of);
                break;
            case option_id::history:
                result_.history = value;
                break;
            case option_id::scratch:
                result_.scratch = value;
                break;
            default:
                set_time(id, value);
                break;
        }
    }

    void set_time(option_id id, std::string_view value) {
        const command& of = *result_.what;
        switch (id) {
            case option_id::lock_wait:
                result_.lock_wait = wait_of("--lock-wait", value, of);
                break;
            case option_id::wait:
                result_.wait = wait_of("--wait", value, of);
                break;
            case option_id::timeout:
                result_.timeout = limit_of("--timeout", value, of);
                break;
            case option_id::lock_timeout:
                result_.lock_timeout = limit_of("--lock-timeout", value, of);
                break;
            case option_id::statement_timeout:
                result_.statement_timeout = limit_of("--statement-timeout", value, of);
                break;
            default:
                break;
        }
    }

    void set(option_id id) {
        switch (id) {
            case option_id::backup:
                result_.backup = true;
                break;
            case option_id::off:
                result_.off = true;
                break;
            case option_id::accept_differences:
                result_.accept_differences = true;
                break;
            case option_id::out_of_order:
                result_.when_out_of_order = out_of_order::allow;
                break;
            case option_id::dry_run:
                result_.mode = run_mode::dry;
                break;
            case option_id::yes:
                result_.yes = true;
                break;
            case option_id::check:
                result_.check = true;
                break;
            case option_id::current:
                result_.current = true;
                break;
            case option_id::json:
                result_.format = output::json;
                break;
            case option_id::help:
                result_.help = true;
                break;
            default:
                set_repair(id);
                break;
        }
    }

    void set_repair(option_id id) {
        switch (id) {
            case option_id::done:
                set_repair(repair_kind::statement_done);
                break;
            case option_id::not_done:
                set_repair(repair_kind::statement_not_done);
                break;
            case option_id::not_applied:
                set_repair(repair_kind::not_applied);
                break;
            case option_id::accept:
                set_repair(repair_kind::accept);
                break;
            default:
                break;
        }
    }

    void set_repair(repair_kind what) {
        if (result_.repair) refuse({"only one thing can be repaired at once"}, {help_hint(*result_.what)});
        result_.repair = what;
    }

    const std::vector<std::string>& words_;
    invocation& result_;
    const alias* typed_;
    std::vector<option_id> seen_;
    std::size_t next_ = 1;
};

void check_arguments(invocation& result) {
    const command& of = *result.what;
    if (result.words.size() < of.least_arguments) {
        refuse({of.name, " needs ", of.arguments}, {help_hint(of)});
    }
    if (result.words.size() > of.most_arguments) {
        const bool version = of.name == "rollback" || of.name == "migrate";
        refuse({in_quotes(result.words[of.most_arguments]), " is one argument too many for ", of.name},
               {version ? "`--to VERSION` names a version" : help_hint(of)});
    }
    if (of.takes == argument_kind::word) return;
    if (of.takes == argument_kind::place) {
        if (!result.words.empty()) result.to = target_of(result.words.front(), of);
        return;
    }
    for (const auto& word : result.words) result.versions.push_back(version_of(word, of));
}

}  // namespace

void refuse(core::pieces message, core::pieces hint) { throw usage_problem{joined(message), joined(hint)}; }

invocation parse(const std::vector<std::string>& words) {
    invocation result;
    if (words.empty()) return result;
    if (words.front() == "--help" || words.front() == "-h") {
        result.what = find_command("help");
        return result;
    }
    if (words.front().starts_with("-")) {
        refuse({"the command comes first, before ", in_quotes(words.front())}, {"`help` lists the commands"});
    }
    const alias* const typed = find_alias(words.front());
    result.what = &command_named(typed == nullptr ? words.front() : std::string(typed->ours));
    reader(words, result, typed).read_all();
    if (!result.help) check_arguments(result);
    return result;
}

}  // namespace varve::cli
