#include <lock/released.hpp>

#include <lock/script_edit.hpp>
#include <source/read_script.hpp>
#include <source/shell_argument.hpp>
#include <source/source_checksum.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>

namespace varve::generator {

namespace {

location whole(const script_source& script) { return {script.file.path(), 0, 0, {}}; }

bool means(const script_source& script, const checksum& released) {
    return checksum_under(script, released.rule) == released;
}

/// Compares one directory with its lock file; the parts of compare_with_lock() share what they found.
class comparison {
public:
    comparison(std::vector<migration_source>& migrations, const lock_file& lock, const comparison_terms& terms,
               diagnostics& found)
        : migrations_(migrations), lock_(lock), terms_(terms), found_(found) {
        for (std::size_t i = 0; i < migrations_.size(); ++i) position_.emplace(migrations_[i].version, i);
        for (const lock_entry& entry : lock_.entries) locked_.emplace(entry.version, locked_.size());
    }

    void run() {
        for (const lock_entry& entry : lock_.entries) {
            migration_source* const same_version = find(entry.version);
            if (same_version != nullptr && same_version->name == entry.name) {
                same_version->released = true;
                compare(*same_version, entry);
            } else if (terms_.listing == listing_state::complete) {
                report_gone(entry, same_version);
            }
        }
        put_in_order();
        if (lock_.state == lock_state::complete && moved_.empty()) note_late_drafts();
    }

private:
    migration_source* find(std::int64_t version) {
        const auto found = position_.find(version);
        return found == position_.end() ? nullptr : &migrations_[found->second];
    }

    void compare(const migration_source& migration, const lock_entry& entry) {
        if (std::ranges::find(terms_.accepted, entry.version) != terms_.accepted.end()) return;
        const std::string released = "released migration " + title(entry.version, entry.name);
        if (!means(migration.up, entry.up)) {
            report_edited({migration.up, entry.up},
                          {severity::error,
                           "M040",
                           {},
                           released + (migration.code ? " was edited: its source is not the one that was locked"
                                                      : " was edited: its statements are not those that were locked"),
                           restore_and(migration.up.file.path(),
                                       "put the change into a new migration;\nif the released one has to be changed "
                                       "after all: " +
                                           accept_command(entry)),
                           note_at(entry)});
        }
        // In C++ both directions are one file, and so one checksum.
        const bool is_separate = !migration.code || entry.up.rule != source_rule;
        if (is_separate && std::ranges::find(terms_.corrected_downs, entry.version) == terms_.corrected_downs.end())
            compare_down(migration, entry);
        const auto& asked = migration.up.directives;
        if (asked.mode && *asked.mode != entry.mode) {
            report("M044", asked.mode_at,
                   released + " was locked to run with `" + std::string(mode_word(entry.mode)) +
                       "`, and this directive says `" + std::string(mode_word(*asked.mode)) + "`",
                   "delete the directive or correct it: how a released migration runs cannot be changed",
                   note_at(entry));
        }
    }

    [[nodiscard]] std::string accept_command(const lock_entry& entry) const {
        return terms_.lock_command + " --accept " + std::to_string(entry.version);
    }

    void compare_down(const migration_source& migration, const lock_entry& entry) {
        const std::string down_of = "the down script of released migration " + title(entry.version, entry.name);
        const std::string release = "release it: " + terms_.lock_command + " --down " + std::to_string(entry.version);
        if (entry.down && !migration.down) {
            report("M042", lock_.where(entry), down_of + " is gone",
                   "restore it with git; if the migration cannot be undone after all, " + release,
                   {{whole(migration.up), "its up script is here"}});
        } else if (!entry.down && migration.down) {
            report("M043", whole(*migration.down), down_of + " is new: it was locked without one",
                   "if it is right, " + release, note_at(entry));
        } else if (entry.down && !means(*migration.down, *entry.down)) {
            report_edited({*migration.down, *entry.down},
                          {severity::error,
                           "M041",
                           {},
                           down_of + " was edited",
                           restore_and(migration.down->file.path(), "if the correction is right, " + release),
                           note_at(entry)});
        }
    }

    struct edited_script {
        const script_source& script;
        const checksum& locked;
    };

    /// At the first statement that changed, with what it was and is, or with the checksums where nobody knows.
    void report_edited(const edited_script& edited, diagnostic said) {
        const auto& [script, locked] = edited;
        const auto before = terms_.released_text ? terms_.released_text(script, locked) : std::nullopt;
        script_edit edit;
        const bool is_source = script.main_checksum.rule == source_rule;
        if (before) {
            edit = is_source ? compare_lines(*before, script.file.text())
                             : compare_scripts(*before, script.as_written().text(), terms_.engine);
        }
        said.where = edit.offset ? script.as_written().location_of(*edit.offset) : whole(script);
        said.details = std::move(edit.lines);
        if (said.details.empty()) {
            const auto now = checksum_under(script, locked.rule);
            said.details = "- checksum " + to_string(locked);
            if (now) said.details += "\n+ checksum " + to_string(*now);
        }
        found_.report(std::move(said));
    }

    /// The file of a line is not there: it was renamed, renumbered or removed.
    void report_gone(const lock_entry& entry, const migration_source* same_version) {
        const bool is_source = entry.up.rule == source_rule;
        const std::string file = entry.version_text + "_" + entry.name + (is_source ? ".cpp" : ".sql");
        if (migration_source* const renamed = find_renamed(entry, same_version)) {
            renamed->released = true;
            moved_.emplace(renamed->version, locked_.at(entry.version));
            std::string hint = "rename it back to " + file + ", and its down script too if there is one";
            const bool taken = same_version != nullptr && same_version != renamed;
            if (taken) hint += ";\ngive " + same_version->up.file_name + " another version";
            report(
                "M038", whole(renamed->up),
                "released migration " + title(entry.version, entry.name) + " was renamed to " + renamed->up.file_name,
                std::move(hint), note_at(entry));
            return;
        }
        std::vector<related> notes;
        if (same_version != nullptr) notes.push_back({whole(same_version->up), "its version is used by this file"});
        report("M037", lock_.where(entry),
               "released migration " + title(entry.version, entry.name) + " has no file: " + file + " is gone",
               "restore it with git; to undo what it did, write a new migration", std::move(notes));
    }

    migration_source* find_renamed(const lock_entry& entry, const migration_source* same_version) {
        if (same_version != nullptr && means(same_version->up, entry.up)) return find(entry.version);
        for (migration_source& candidate : migrations_) {
            if (locked_.contains(candidate.version) || candidate.released || !means(candidate.up, entry.up)) continue;
            // Scripts of comments only all mean the same.
            if (!candidate.up.tokens.tokens.empty() || candidate.name == entry.name) return &candidate;
        }
        return nullptr;
    }

    /// Released ones as the lock file has them, then drafts.
    void put_in_order() {
        std::ranges::stable_sort(migrations_, {}, [this](const migration_source& migration) {
            return std::pair(place_in_lock(migration), migration.version);
        });
    }

    [[nodiscard]] std::size_t place_in_lock(const migration_source& migration) const {
        if (!migration.released) return std::numeric_limits<std::size_t>::max();
        const auto moved = moved_.find(migration.version);
        return moved == moved_.end() ? locked_.at(migration.version) : moved->second;
    }

    void note_late_drafts() {
        const migration_source* latest = nullptr;
        for (const migration_source& migration : migrations_) {
            if (migration.released && (latest == nullptr || migration.version > latest->version)) latest = &migration;
        }
        if (latest == nullptr) return;
        for (const migration_source& migration : migrations_) {
            if (migration.released || migration.version > latest->version) continue;
            found_.report({severity::note,
                           "M045",
                           whole(migration.up),
                           "draft " + title(migration.version, migration.name) + " runs after the released " +
                               title(latest->version, latest->name) + ", although its version is lower",
                           "nothing is wrong: locking appends it at the end of the history",
                           {}});
        }
    }

    static std::string restore_and(const std::string& path, const std::string& what) {
        return "restore the file as it was (git log -p -- " + shell_argument(path) + " shows the edit);\n" + what;
    }

    [[nodiscard]] std::vector<related> note_at(const lock_entry& entry) const {
        return {{lock_.where(entry), "it was locked here"}};
    }

    void report(std::string code, location where, std::string message, std::string hint, std::vector<related> notes) {
        found_.report({severity::error, std::move(code), std::move(where), std::move(message), std::move(hint),
                       std::move(notes)});
    }

    std::vector<migration_source>& migrations_;
    const lock_file& lock_;
    const comparison_terms& terms_;
    diagnostics& found_;
    std::unordered_map<std::int64_t, std::size_t> position_;
    std::unordered_map<std::int64_t, std::size_t> locked_;  ///< place in the lock file
    std::unordered_map<std::int64_t, std::size_t> moved_;   ///< the same of a migration that was renumbered
};

}  // namespace

void compare_with_lock(std::vector<migration_source>& migrations, const lock_file& lock, const comparison_terms& terms,
                       diagnostics& found) {
    comparison(migrations, lock, terms, found).run();
}

}  // namespace varve::generator
