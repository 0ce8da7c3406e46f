#include <lock/append.hpp>

#include <source/text_file.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

namespace varve::generator {

namespace {

namespace fs = std::filesystem;

std::string with_line_ends_of(std::string_view existing, std::string lines) {
    const std::size_t end = existing.find('\n');
    if (end == std::string_view::npos || end == 0 || existing[end - 1] != '\r') return lines;
    std::string result;
    for (const char c : lines) result.append(c == '\n' ? "\r\n" : std::string_view(&c, 1));
    return result;
}

lock_entry entry_of(const migration_source& migration) {
    lock_entry entry;
    entry.version = migration.version;
    entry.version_text = migration.version_text;
    entry.name = migration.name;
    entry.up = migration.up.main_checksum;
    if (migration.down) entry.down = migration.down->main_checksum;
    entry.mode = migration.up.mode;
    entry.breaks_older = migration.breaks_older;
    return entry;
}

std::optional<checksum> down_of(const migration_source& migration) {
    if (!migration.down) return std::nullopt;
    return migration.down->main_checksum;
}

/// Which word of a line, counted from 0: `0007 add_email up 1:9f86.. down 1:6030.. transaction`.
enum class lock_word : std::size_t { up = 3, down = 5, mode = 6 };

/// A word of one line in the raw contents: BOM and line ends are still there, so lines are counted.
std::string_view word_in_line(std::string_view bytes, std::uint32_t line, lock_word which) {
    constexpr std::string_view white_space = " \t\r\n\f\v";
    std::size_t begin = 0;
    for (std::uint32_t i = 1; i < line; ++i) begin = bytes.find('\n', begin) + 1;
    for (std::size_t word = 0; word < static_cast<std::size_t>(which); ++word) {
        begin = bytes.find_first_not_of(white_space, begin);
        begin = bytes.find_first_of(white_space, begin);
    }
    begin = bytes.find_first_not_of(white_space, begin);
    return bytes.substr(begin, bytes.find_first_of(white_space, begin) - begin);
}

/// True if the word was another one.
bool replace_word(std::string& bytes, std::uint32_t line, lock_word which, std::string_view by) {
    const std::string_view old = word_in_line(bytes, line, which);
    if (old == by) return false;
    bytes.replace(static_cast<std::size_t>(old.data() - bytes.data()), old.size(), by);
    return true;
}

std::string down_word(const std::optional<checksum>& down) { return down ? to_string(*down) : "-"; }

/// A released migration beside its line; nothing if it is not released, which is reported.
struct released_migration {
    const lock_entry* entry = nullptr;
    const migration_source* source = nullptr;
};

std::optional<released_migration> find_released(const lock_file& lock, const history_source& history,
                                                std::int64_t version, std::string_view what, diagnostics& found) {
    const lock_entry* const entry = lock.find(version);
    const auto migration = std::ranges::find(history.migrations, version, &migration_source::version);
    if (entry != nullptr && migration != history.migrations.end()) return released_migration{entry, &*migration};
    found.report({severity::error,
                  "M047",
                  {lock.path, 0, 0, {}},
                  "migration " + std::to_string(version) + " is not released, so it has no " + std::string(what),
                  "a draft is free to edit, and its down too: lock it with `varve lock`",
                  {}});
    return std::nullopt;
}

std::string last_error() { return std::error_code(errno, std::generic_category()).message(); }

/// Why a lock file is not replaced, and what to do about it.
struct refusal {
    std::string message;
    std::string hint = "give yourself the right to write it and its directory; nothing was changed";
};

struct file_closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// The new contents beside the old file. That it must not exist keeps two programs from writing at once. Removed unless
/// it became the lock file.
class temporary_file {
public:
    explicit temporary_file(fs::path path) : path_(std::move(path)) {}
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() {
        std::error_code failure;
        if (ours_) fs::remove(path_, failure);
    }

    [[nodiscard]] std::optional<refusal> create() {
        errno = 0;
        file_.reset(std::fopen(path_.string().c_str(), "wbx"));
        ours_ = file_ != nullptr;
        if (ours_) return std::nullopt;
        if (errno != EEXIST) return refusal{.message = last_error()};
        return refusal{
            .message = "another `varve lock` is writing it, or was stopped while it did: there is " + shown_path(path_),
            .hint = "wait for the other one; if there is none, delete that file and lock again"};
    }

    [[nodiscard]] std::optional<refusal> write(std::string_view bytes) {
        errno = 0;
        const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size();
        const bool closed = std::fclose(file_.release()) == 0;
        if (written && closed) return std::nullopt;
        return refusal{.message = last_error()};
    }

    [[nodiscard]] std::optional<refusal> become(const fs::path& target) {
        std::error_code failure;
        if (fs::exists(target, failure)) fs::permissions(path_, fs::status(target, failure).permissions(), failure);
        fs::rename(path_, target, failure);
        if (failure) return refusal{.message = failure.message()};
        ours_ = false;
        return std::nullopt;
    }

private:
    fs::path path_;
    std::unique_ptr<std::FILE, file_closer> file_;
    bool ours_ = false;
};

/// A rename asks only for rights in the directory; who made a file read-only did not want it replaced.
std::optional<refusal> check_old(const fs::path& target, const std::string& before) {
    std::error_code failure;
    if (!fs::exists(target, failure) && before.empty()) return std::nullopt;
    std::string why;
    if (read_bytes(target, why) != before) {
        return refusal{.message = "it was changed while this program read the migrations",
                       .hint = "lock again; nothing was changed by this run"};
    }
    errno = 0;
    const std::fstream writable(target, std::ios::binary | std::ios::in | std::ios::out);
    if (writable) return std::nullopt;
    return refusal{.message = last_error()};
}

std::optional<refusal> replace(const fs::path& path, const lock_change& change) {
    std::error_code failure;
    // A link is followed, so that the file it leads to is replaced and not the link.
    const fs::path target = fs::weakly_canonical(path, failure);
    if (failure) return refusal{.message = failure.message()};
    // A dotfile: if it is ever left behind, it is no stray among the migrations.
    temporary_file fresh(target.parent_path() / ("." + target.filename().string() + ".tmp"));
    if (auto why = fresh.create()) return why;
    if (auto why = check_old(target, change.before)) return why;
    if (auto why = fresh.write(change.bytes)) return why;
    return fresh.become(target);
}

}  // namespace

lock_change lock_drafts(const lock_file& lock, const history_source& history) {
    std::vector<lock_entry> added;
    lock_change change;
    for (const migration_source& migration : history.migrations) {
        if (migration.released) continue;
        added.push_back(entry_of(migration));
        change.released.push_back(migration.version);
    }
    change.before = lock.bytes;
    change.bytes = lock.bytes;
    if (added.empty()) return change;
    if (lock.state == lock_state::absent) {
        change.bytes = print_header({.engine = history.engine, .history = history.name, .rules = {}});
    } else if (!change.bytes.ends_with('\n')) {
        change.bytes += with_line_ends_of(lock.bytes, "\n");
    }
    change.bytes += with_line_ends_of(lock.bytes, print_entries(added, lock.entries));
    return change;
}

lock_change lock_downs(const lock_file& lock, const history_source& history, const std::vector<std::int64_t>& versions,
                       diagnostics& found) {
    lock_change change{.before = lock.bytes, .bytes = lock.bytes};
    for (const std::int64_t version : versions) {
        const auto at = find_released(lock, history, version, "down to correct", found);
        if (!at) continue;
        const std::optional<checksum> down = down_of(*at->source);
        if (down == at->entry->down) continue;
        replace_word(change.bytes, lock.where(*at->entry).line, lock_word::down, down_word(down));
        change.corrected.push_back(version);
    }
    return change;
}

lock_change lock_accepted(const lock_file& lock, const history_source& history,
                          const std::vector<std::int64_t>& versions, diagnostics& found) {
    lock_change change{.before = lock.bytes, .bytes = lock.bytes};
    for (const std::int64_t version : versions) {
        const auto at = find_released(lock, history, version, "change to accept", found);
        if (!at) continue;
        const lock_entry now = entry_of(*at->source);
        const std::uint32_t line = lock.where(*at->entry).line;
        bool changed = now.up != at->entry->up && replace_word(change.bytes, line, lock_word::up, to_string(now.up));
        if (now.down != at->entry->down) {
            changed = replace_word(change.bytes, line, lock_word::down, down_word(now.down)) || changed;
        }
        changed = replace_word(change.bytes, line, lock_word::mode, mode_word(now.mode)) || changed;
        if (changed) change.accepted.push_back(version);
    }
    return change;
}

bool write_lock_file(const fs::path& path, const lock_change& change, diagnostics& found) {
    auto why = replace(path, change);
    if (!why) return true;
    found.report({severity::error,
                  "M046",
                  {shown_path(path), 0, 0, {}},
                  "the lock file cannot be written: " + why->message,
                  std::move(why->hint),
                  {}});
    return false;
}

}  // namespace varve::generator
