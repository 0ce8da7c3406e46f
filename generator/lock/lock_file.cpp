#include <lock/lock_file.hpp>

#include <source/code_point.hpp>
#include <source/file_name.hpp>
#include <source/source_checksum.hpp>
#include <source/version.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace varve::generator {

namespace {

constexpr std::string_view signature = "varve-lock";
constexpr std::string_view format_number = "1";
constexpr std::string_view white_space = " \t\r\f\v";
constexpr std::string_view checksum_shape = "a checksum is the rule's number, a colon and 64 hexadecimal digits";
constexpr std::string_view restore = "lines of released migrations are never edited: restore the file with git";

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t begin = line.find_first_not_of(white_space); begin != std::string_view::npos;) {
        const std::size_t end = std::min(line.find_first_of(white_space, begin), line.size());
        words.push_back(line.substr(begin, end - begin));
        begin = line.find_first_not_of(white_space, end);
    }
    return words;
}

bool is_conflict_marker(std::string_view line) {
    static constexpr std::array<std::string_view, 4> markers = {"<<<<<<<", "=======", ">>>>>>>", "|||||||"};
    return std::ranges::any_of(markers, [line](std::string_view marker) { return line.starts_with(marker); });
}

/// The rule's number in front of what is otherwise a checksum; it may be one that nobody knows yet.
std::optional<std::string_view> rule_of(std::string_view word) {
    constexpr std::size_t digest_digits = 64;
    const std::size_t colon = word.find(':');
    if (colon == 0 || colon == std::string_view::npos || word.size() != colon + 1 + digest_digits) return std::nullopt;
    if (word.substr(0, colon).find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    if (word.substr(colon + 1).find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
    return word.substr(0, colon);
}

/// Reads one lock file; the parts of parse_lock_file() share what they found.
class reading {
public:
    reading(lock_file& file, const lock_owner& owner, diagnostics& found) : file_(file), owner_(owner), found_(found) {}

    void run() {
        file_.state = lock_state::complete;
        const std::string_view text = file_.text.text();
        if (report_conflict(text)) return;
        bool header_read = false;
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            line_ = begin;
            const std::vector<std::string_view> words = words_of(text.substr(begin, end - begin));
            begin = end + 1;
            if (words.empty()) continue;
            if (header_read) {
                take_entry(words);
            } else if (!take_header(words)) {
                return;
            }
            header_read = true;
        }
        if (!header_read) report("M031", 0, "the lock file is empty", empty_file_hint());
    }

private:
    bool report_conflict(std::string_view text) {
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            if (is_conflict_marker(text.substr(begin, end - begin))) {
                report("M030", begin, "the lock file has an unresolved merge conflict",
                       "keep the lines of the main branch and delete those of the other side: their migrations are\n"
                       "drafts again; give them new versions if theirs are taken, and lock again on the main branch");
                return true;
            }
            begin = end + 1;
        }
        return false;
    }

    bool take_header(std::span<const std::string_view> words) {
        if (words[0] != signature || words.size() < 2) {
            report("M031", line_, "this is not a lock file: its first line is not `varve-lock 1  <engine>  <history>`",
                   "restore it with git");
            return false;
        }
        if (words[1] != format_number) {
            report("M031", offset_of(words[1]),
                   "lock-file format " + in_ticks(words[1]) + " is unknown; this varve reads format 1",
                   "build with the version of varve that wrote it, or a later one");
            return false;
        }
        if (words.size() != 4) {
            report("M031", line_, "the first line of a lock file is `varve-lock 1  <engine>  <history>`",
                   "restore it with git");
            return false;
        }
        return is_for_engine(words[2]) && is_for_history(words[3]);
    }

    bool is_for_engine(std::string_view word) {
        const std::string_view wanted = engine_word(owner_.engine);
        if (word == wanted) return true;
        report(
            "M036", offset_of(word),
            "this lock file is for the engine " + in_ticks(word) + ", the migrations are read for " + in_ticks(wanted),
            "each engine has a lock file of its own: leave LOCK_FILE away, or name " + std::string(wanted) + ".lock");
        return false;
    }

    /// The entries count all the same: the migrations are the same ones, only their name in the ledger is not.
    bool is_for_history(std::string_view word) {
        if (word == owner_.history) return true;
        report("M035", offset_of(word),
               "this lock file belongs to the history " + in_ticks(word) + ", and this is " + in_ticks(owner_.history),
               "databases know these migrations as " + in_ticks(word) + ": say NAME " + std::string(word) +
                   " in add_db_migrations();\n"
                   "or, if this is a new history made from a copy, delete the lock file and lock again");
        return true;
    }

    void take_entry(std::span<const std::string_view> words) {
        constexpr std::size_t words_in_line = 7;
        if (words.size() != words_in_line && words.size() != words_in_line + 1) {
            report("M033", line_,
                   "a line of a lock file has 7 words, or 8, this one " + std::to_string(words.size()) +
                       ": <version>  <name>  up <checksum>  down <checksum or ->  <transaction mode>  [breaks-older]",
                   std::string(restore));
            return;
        }
        lock_entry entry;
        entry.offset = line_;
        // All of them, so that everything wrong with the line is reported.
        const bool name_understood = take_name(words, entry);
        const bool checksums_understood = take_checksums(words, entry);
        const bool mode_understood = take_mode(words[6], entry);
        const bool rest_understood = words.size() == words_in_line || take_compatibility(words[words_in_line], entry);
        if (!name_understood || !checksums_understood || !mode_understood || !rest_understood) return;
        if (is_new(entry, words[0])) file_.entries.push_back(std::move(entry));
    }

    bool take_name(std::span<const std::string_view> words, lock_entry& entry) {
        const auto version = parse_version(words[0]);
        if (!version) return malformed(words[0], in_ticks(words[0]) + " is not a version");
        if (!is_migration_name(words[1])) return malformed(words[1], in_ticks(words[1]) + " is not a migration's name");
        entry.version = *version;
        entry.version_text = words[0];
        entry.name = words[1];
        return true;
    }

    bool take_checksums(std::span<const std::string_view> words, lock_entry& entry) {
        if (words[2] != "up") return malformed(words[2], "`up` is expected here");
        if (words[4] != "down") return malformed(words[4], "`down` is expected here");
        const auto up = take_checksum(words[3]);
        if (up) entry.up = *up;
        if (words[5] == "-") return up.has_value();
        entry.down = take_checksum(words[5]);
        return up && entry.down;
    }

    [[nodiscard]] bool is_known(std::uint8_t rule) const {
        return rule == source_rule ||
               std::ranges::find(owner_.rules, rule, &checksum_rule::number) != owner_.rules.end();
    }

    std::optional<checksum> take_checksum(std::string_view word) {
        const auto rule = rule_of(word);
        if (!rule) {
            malformed(word, std::string(checksum_shape));
            return std::nullopt;
        }
        const auto parsed = parse_checksum(word);
        if (parsed && is_known(parsed->rule)) return parsed;
        report("M032", offset_of(word), "checksum rule " + std::string(*rule) + " is unknown to this version of varve",
               "build with the version of varve that locked this migration, or a later one");
        return std::nullopt;
    }

    bool take_mode(std::string_view word, lock_entry& entry) {
        if (word == "no-transaction") {
            entry.mode = transaction_mode::no_transaction;
            return true;
        }
        return word == "transaction" || malformed(word, "`transaction` or `no-transaction` is expected here");
    }

    bool take_compatibility(std::string_view word, lock_entry& entry) {
        entry.breaks_older = word == "breaks-older";
        return entry.breaks_older || malformed(word, "`breaks-older` or nothing is expected here");
    }

    bool is_new(const lock_entry& entry, std::string_view word) {
        const auto [first, inserted] = offset_of_version_.emplace(entry.version, entry.offset);
        if (inserted) return true;
        report("M034", offset_of(word), "version " + std::to_string(entry.version) + " is in the lock file twice",
               "keep the line that is on the main branch and delete the other one: its migration is a draft again,\n"
               "give it a new version",
               {{file_.text.location_of(first->second), "the first one is here"}});
        return false;
    }

    bool malformed(std::string_view word, std::string message) {
        report("M033", offset_of(word), std::move(message), std::string(restore));
        return false;
    }

    [[nodiscard]] std::string empty_file_hint() const {
        return "restore it with git; if nothing was ever released, delete it";
    }

    [[nodiscard]] std::size_t offset_of(std::string_view word) const {
        return static_cast<std::size_t>(word.data() - file_.text.text().data());
    }

    void report(std::string code, std::size_t offset, std::string message, std::string hint,
                std::vector<related> notes = {}) {
        file_.state = lock_state::damaged;
        found_.report({severity::error, std::move(code), file_.text.location_of(offset), std::move(message),
                       std::move(hint), std::move(notes)});
    }

    lock_file& file_;
    const lock_owner& owner_;
    diagnostics& found_;
    std::size_t line_ = 0;  ///< offset of the line being read
    std::map<std::int64_t, std::size_t> offset_of_version_;
};

std::string padded(std::string text, std::size_t width) {
    const std::size_t size = count_code_points(text);
    if (size < width) text.append(width - size, ' ');
    return text;
}

std::string down_word(const lock_entry& entry) { return entry.down ? to_string(*entry.down) : "-"; }

struct widths {
    std::size_t version = 0;
    std::size_t name = 0;
    std::size_t down = 0;

    void fit(const lock_entry& entry) {
        version = std::max(version, entry.version_text.size());
        name = std::max(name, count_code_points(entry.name));
        down = std::max(down, down_word(entry).size());
    }
};

}  // namespace

const lock_entry* lock_file::find(std::int64_t version) const {
    const auto found = std::ranges::find(entries, version, &lock_entry::version);
    return found == entries.end() ? nullptr : &*found;
}

location lock_file::where(const lock_entry& entry) const { return text.location_of(entry.offset); }

lock_file parse_lock_file(std::string path, std::string bytes, const lock_owner& owner, diagnostics& found) {
    lock_file file;
    file.text = text_file(path, bytes);
    file.path = std::move(path);
    file.bytes = std::move(bytes);
    reading(file, owner, found).run();
    return file;
}

std::string_view mode_word(transaction_mode mode) noexcept {
    return mode == transaction_mode::transaction ? "transaction" : "no-transaction";
}

std::string print_header(const lock_owner& owner) {
    std::string line(signature);
    line.append(" ").append(format_number).append("  ").append(engine_word(owner.engine));
    return line.append("  ").append(owner.history).append("\n");
}

std::string print_entries(const std::vector<lock_entry>& added, const std::vector<lock_entry>& existing) {
    widths columns;
    for (const lock_entry& entry : existing) columns.fit(entry);
    for (const lock_entry& entry : added) columns.fit(entry);
    std::string lines;
    for (const lock_entry& entry : added) {
        lines += padded(entry.version_text, columns.version) + "  " + padded(entry.name, columns.name);
        lines += "  up " + to_string(entry.up) + "  down " + padded(down_word(entry), columns.down);
        lines.append("  ").append(mode_word(entry.mode));
        lines += entry.breaks_older ? "  breaks-older\n" : "\n";
    }
    return lines;
}

}  // namespace varve::generator
