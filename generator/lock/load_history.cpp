#include <lock/load_history.hpp>

#include <lock/master_file.hpp>
#include <lock/released.hpp>
#include <lock/released_text.hpp>
#include <source/dependencies.hpp>
#include <source/directory.hpp>
#include <source/file_name.hpp>
#include <source/pair_scripts.hpp>
#include <source/read_code.hpp>
#include <source/read_script.hpp>
#include <source/shell_argument.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace varve::generator {

namespace {

namespace fs = std::filesystem;

/// `a/b/` has no file name, `a/b` has.
std::string last_component(const fs::path& directory) {
    const fs::path normal = directory.lexically_normal();
    std::string name = shown_path(normal.has_filename() ? normal.filename() : normal.parent_path().filename());
    if (name != "." && name != ".." && !name.empty()) return name;
    std::error_code failure;
    const fs::path absolute = fs::weakly_canonical(directory, failure);
    return failure ? name : shown_path(absolute.filename());
}

/// Performs one load_history(); its parts share what they found.
class loading {
public:
    loading(const load_request& request, diagnostics& found) : request_(request), found_(found) {
        result_.lock_path =
            request.lock_file.empty() ? default_lock_path(request.directory, request.engine) : request.lock_file;
        result_.history.name = request.name;
        result_.history.engine = request.engine;
        if (!request.directory.empty()) result_.history.directory_name = last_component(request.directory);
    }

    loaded_history run() {
        check_name();
        if (request_.directory.empty()) {
            read_master_alone();
            return std::move(result_);
        }
        read_lock();
        read_migrations();
        std::vector<migration_source>& migrations = result_.history.migrations;
        released_texts before(request_.kept_scripts, request_.engine, request_.rules);
        const comparison_terms terms{.engine = request_.engine,
                                     .corrected_downs = request_.corrected_downs,
                                     .accepted = request_.accepted,
                                     .lock_command = lock_command(),
                                     .listing = listing_,
                                     .released_text = [&](const script_source& script, const checksum& locked) {
                                         return before.find(request_.directory / script.file_name, locked);
                                     }};
        compare_with_lock(migrations, result_.lock, terms, found_);
        const bool order_is_known = result_.lock.state != lock_state::damaged;
        if (listing_ == listing_state::complete) {
            check_dependencies(result_.history, order_is_known ? order_known::yes : order_known::no, found_);
        }
        if (order_is_known) report_drafts();
        if (order_is_known && request_.downs == down_policy::required) report_missing_downs();
        if (!request_.master.empty()) result_.history.master = read_master();
        return std::move(result_);
    }

private:
    std::optional<migration_source> read_master() {
        return read_master_file(request_.master, new_script_rules(), result_.inputs, found_);
    }

    /// It is the history: a project that writes migrations some day begins with a copy of it, `0001_schema.sql`, and
    /// the databases that have it stay as they are.
    void read_master_alone() {
        std::optional<migration_source> master = read_master();
        if (!master) return;
        master->version = 1;
        master->version_text = "1";
        result_.history.migrations.push_back(*std::move(master));
    }

    [[nodiscard]] script_rules new_script_rules() const {
        return {.engine = request_.engine,
                .checksums = request_.rules,
                .released_rule = std::nullopt,
                .released_mode = std::nullopt,
                .grammar = request_.grammar,
                .variables = &request_.variables};
    }

    /// What messages about the whole history are about.
    [[nodiscard]] std::string subject() const {
        return shown_path(request_.directory.empty() ? request_.master : request_.directory);
    }

    void check_name() {
        const std::string& name = request_.name;
        if (!is_history_name(name)) {
            report(severity::error, "M007", subject(), "`" + name + "` cannot be the name of a history",
                   "a name is a letter or `_`, then letters, digits, `_`, `-` and `.`, at most 63: say NAME in "
                   "add_db_migrations()");
        } else if (request_.owner == history_owner::user && name.starts_with("varve")) {
            report(severity::error, "M007", subject(),
                   "names of histories that begin with `varve` are reserved: `" + name + "`",
                   "give it another NAME in add_db_migrations()");
        }
    }

    void read_lock() {
        result_.lock.path = shown_path(result_.lock_path);
        std::error_code failure;
        if (!fs::exists(fs::symlink_status(result_.lock_path, failure))) {
            const fs::path parent = result_.lock_path.parent_path();
            if (parent != request_.directory && fs::is_directory(parent, failure)) {
                result_.inputs.push_back(look_at(parent));
            }
            return;
        }
        result_.inputs.push_back(look_at(result_.lock_path));
        std::string why;
        auto bytes = read_bytes(result_.lock_path, why);
        if (!bytes) {
            result_.lock.state = lock_state::damaged;
            report(severity::error, "M005", result_.lock.path, "the lock file cannot be read: " + why,
                   "it is a file of text that the user who builds may read: restore it with git");
            return;
        }
        const lock_owner owner{.engine = request_.engine, .history = request_.name, .rules = request_.rules};
        result_.lock = parse_lock_file(result_.lock.path, *std::move(bytes), owner, found_);
        for (const lock_entry& entry : result_.lock.entries) entry_of_.emplace(entry.version, &entry);
    }

    void read_migrations() {
        directory_listing listing = read_directory(request_.directory, request_.engine, found_);
        listing_ = listing.state;
        result_.inputs.insert(result_.inputs.begin(), listing.inputs.begin(), listing.inputs.end());
        released_names released;
        for (const lock_entry& entry : result_.lock.entries) released.emplace(entry.version, entry.name);
        std::vector<script_pair> pairs = pair_scripts(std::move(listing), released, found_);
        result_.history.migrations.reserve(pairs.size());
        for (script_pair& pair : pairs) result_.history.migrations.push_back(read(std::move(pair)));
    }

    migration_source read(script_pair pair) {
        const lock_entry* const entry = entry_for(pair.up.parts);
        migration_source migration;
        migration.version = pair.up.parts.version;
        migration.version_text = pair.up.parts.version_text;
        migration.name = pair.up.parts.name;
        if (pair.up.parts.language == script_language::cpp) {
            read_cpp(std::move(pair), migration);
        } else {
            read_sql(std::move(pair), entry, migration);
        }
        take_directives(migration);
        // A directive may be corrected; without one, what was locked stands, whatever is derived today.
        if (entry != nullptr && entry->breaks_older && !migration.up.directives.compatible)
            migration.breaks_older = true;
        return migration;
    }

    void read_sql(script_pair pair, const lock_entry* entry, migration_source& migration) {
        script_rules rules = new_script_rules();
        if (entry != nullptr) {
            rules.released_rule = entry->up.rule;
            const bool accepted = std::ranges::find(request_.accepted, entry->version) != request_.accepted.end();
            if (!accepted) rules.released_mode = entry->mode;
            rules.standing = script_standing::released;
        }
        migration.up = read_script(std::move(pair.up), rules, known_, found_);
        if (pair.down) migration.down = read_down(*std::move(pair.down), rules, entry);
    }

    void read_cpp(script_pair pair, migration_source& migration) {
        if (pair.down) {
            found_.report({severity::error,
                           "M062",
                           {pair.down->text.path(), 0, 0, {}},
                           "a down script of a migration that is written in C++",
                           "delete it, and define `void down(varve::transaction&)` in " + pair.up.file,
                           {{{pair.up.text.path(), 0, 0, {}}, "the migration is here"}}});
        }
        read_code_result read = read_code(std::move(pair.up), found_);
        migration.up = std::move(read.up);
        migration.down = std::move(read.down);
        migration.code = read.code;
    }

    /// A lock line pins no mode for a down. Migrations behind this one do not see what its down makes.
    script_source read_down(script_file down, script_rules rules, const lock_entry* entry) {
        rules.released_mode.reset();
        rules.released_rule.reset();
        const bool released = entry != nullptr && entry->down;
        if (released) rules.released_rule = entry->down->rule;
        rules.standing = released ? script_standing::released : script_standing::draft;
        known_objects known = known_;
        return read_script(std::move(down), rules, known, found_);
    }

    [[nodiscard]] const lock_entry* entry_for(const file_name& parts) const {
        const auto entry = entry_of_.find(parts.version);
        return entry != entry_of_.end() && entry->second->name == parts.name ? entry->second : nullptr;
    }

    void take_directives(migration_source& migration) {
        const directives& said = migration.up.directives;
        migration.description = said.description;
        if (migration.description.empty()) {
            migration.description = migration.name;
            std::ranges::replace(migration.description, '_', ' ');
        }
        migration.depends = said.depends;
        for (dependency_source& dependency : migration.depends) {
            if (dependency.history == request_.name) dependency.history.clear();
        }
        migration.breaks_older = said.breaks_older;
        migration.irreversible = said.irreversible;
        if (!said.irreversible || !migration.down) return;
        found_.report(
            {severity::error,
             "M015",
             said.irreversible_at,
             migration.code ? "an irreversible migration defines `down`"
                            : "an irreversible migration has a down script",
             migration.code ? "delete the directive, or the function" : "delete the directive, or the down script",
             {{{migration.down->file.path(), 0, 0, {}}, "the down script is here"}}});
    }

    void report_drafts() {
        if (request_.drafts == draft_policy::silent) return;
        const auto drafts = std::ranges::count(result_.history.migrations, false, &migration_source::released);
        if (drafts == 0) return;
        std::string message =
            drafts == 1 ? "1 migration is a draft" : std::to_string(drafts) + " migrations are drafts";
        if (request_.drafts == draft_policy::refuse) {
            report(severity::error, "M039", result_.lock.path, message + ", and REQUIRE_LOCKED refuses to build drafts",
                   "lock on the main branch and commit the lock file: " + how_to_lock());
            return;
        }
        report(severity::note, "M039", result_.lock.path, message + ": not protected against edits until locked",
               "lock before the first deployment to a database that cannot be rebuilt: " + how_to_lock());
    }

    void report_missing_downs() {
        for (const migration_source& each : result_.history.migrations) {
            if (each.released || each.down || each.irreversible) continue;
            report(severity::error, "M048", each.up.file.path(),
                   "draft " + title(each.version, each.name) + " has no down script, and REQUIRE_DOWN asks for one",
                   "write " + down_file_name(each.up.file_name) + "; this makes it, as far as it can be inferred:\n" +
                       command("down " + std::to_string(each.version)) +
                       " --write\n"
                       "if the migration cannot be undone, say so in its head: -- varve: irreversible");
        }
    }

    [[nodiscard]] std::string how_to_lock() const { return "build the target <target>.lock, or\n" + lock_command(); }

    [[nodiscard]] std::string lock_command() const { return command("lock"); }

    [[nodiscard]] std::string command(const std::string& name) const {
        std::string command = "varve " + name + " --directory " + shell_argument(shown_path(request_.directory)) +
                              " --engine " + std::string(engine_word(request_.engine)) + " --name " + request_.name;
        if (!request_.lock_file.empty()) command += " --lock-file " + shell_argument(result_.lock.path);
        return command;
    }

    void report(severity level, std::string code, std::string path, std::string message, std::string hint) {
        found_.report({level, std::move(code), {std::move(path), 0, 0, {}}, std::move(message), std::move(hint), {}});
    }

    const load_request& request_;
    diagnostics& found_;
    loaded_history result_;
    known_objects known_;
    listing_state listing_ = listing_state::complete;
    std::unordered_map<std::int64_t, const lock_entry*> entry_of_;
};

}  // namespace

loaded_history load_history(const load_request& request, diagnostics& found) { return loading(request, found).run(); }

fs::path default_lock_path(const fs::path& directory, engine_kind engine) {
    return directory / (std::string(engine_word(engine)) + ".lock");
}

}  // namespace varve::generator
