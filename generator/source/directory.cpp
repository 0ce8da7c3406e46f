#include <source/directory.hpp>

#include <source/wording.hpp>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <variant>

namespace varve::generator {

namespace {

namespace fs = std::filesystem;

void report(diagnostics& found, std::string code, std::string path, std::string message, std::string hint) {
    found.report(
        {severity::error, std::move(code), {std::move(path), 0, 0, {}}, std::move(message), std::move(hint), {}});
}

/// The names in a directory, sorted; the reason why it cannot be listed in `failure`.
std::vector<fs::directory_entry> entries_of(const fs::path& directory, std::error_code& failure) {
    std::vector<fs::directory_entry> entries;
    fs::directory_iterator at(directory, failure);
    while (!failure && at != fs::directory_iterator{}) {
        entries.push_back(*at);
        at.increment(failure);
    }
    std::ranges::sort(entries, {}, [](const fs::directory_entry& entry) { return entry.path().native(); });
    return entries;
}

bool is_readable_directory(const fs::path& directory, diagnostics& found) {
    std::error_code failure;
    const fs::file_status status = fs::status(directory, failure);
    if (status.type() == fs::file_type::directory) return true;
    std::string message = "there is no directory of migrations here";
    if (fs::exists(status)) message = "this is a file, not a directory of migrations";
    report(found, "M005", shown_path(directory), std::move(message),
           "correct DIRECTORY in add_db_migrations(), or create the directory");
    return false;
}

/// Reads one directory; the parts of read_directory() share what they found.
class directory_reading {
public:
    directory_reading(const fs::path& directory, engine_kind engine, diagnostics& found)
        : directory_(directory), engine_(engine), found_(found) {}

    directory_listing run() {
        listing_.inputs.push_back(look_at(directory_));
        std::error_code failure;
        for (const fs::directory_entry& entry : entries_of(directory_, failure)) take(entry);
        if (failure) {
            listing_.state = listing_state::incomplete;
            report(found_, "M005", shown_path(directory_), "the directory cannot be read: " + failure.message(),
                   "give the user who builds the right to read it");
        }
        std::ranges::sort(listing_.versions);
        std::ranges::sort(listing_.scripts, {}, [](const script_file& script) {
            return std::tie(script.parts.version, script.parts.which, script.file);
        });
        return std::move(listing_);
    }

private:
    void take(const fs::directory_entry& entry) {
        const std::string file = shown_path(entry.path().filename());
        if (may_lie_in_directory(file)) return;
        std::error_code failure;
        const fs::file_type type = entry.status(failure).type();
        if (type == fs::file_type::directory) {
            report(found_, "M001", shown_path(directory_, file), "stray directory `" + file + "` among migrations",
                   "migrations lie in the directory itself, not in one below it: move it elsewhere");
            return;
        }
        const auto parsed = parse_file_name(file);
        if (const auto* bad = std::get_if<bad_file_name>(&parsed)) {
            report(found_, bad->code, shown_path(directory_, file), bad->message, bad->hint);
            return;
        }
        const auto& parts = std::get<file_name>(parsed);
        listing_.versions.push_back(parts.version);
        if (parts.engine && *parts.engine != engine_) return;
        if (failure && type != fs::file_type::not_found) {
            report_unreadable(file, failure.message());
            return;
        }
        if (type != fs::file_type::regular && type != fs::file_type::not_found) {
            listing_.state = listing_state::incomplete;
            report(found_, "M005", shown_path(directory_, file), "the script is not a regular file",
                   "a script is a file of text: replace it by one");
            return;
        }
        read(entry.path(), parts, file);
    }

    void read(const fs::path& path, const file_name& parts, const std::string& file) {
        listing_.inputs.push_back(look_at(path));
        std::string why;
        if (const auto bytes = read_bytes(path, why)) {
            listing_.scripts.push_back({parts, file, text_file(shown_path(directory_, file), *bytes)});
            return;
        }
        report_unreadable(file, why);
    }

    void report_unreadable(const std::string& file, const std::string& why) {
        listing_.state = listing_state::incomplete;
        report(found_, "M005", shown_path(directory_, file), "the script cannot be read: " + why,
               "give the user who builds the right to read it, or restore it if it is a link into nowhere");
    }

    const fs::path& directory_;
    engine_kind engine_;
    diagnostics& found_;
    directory_listing listing_;
};

}  // namespace

directory_listing read_directory(const fs::path& directory, engine_kind engine, diagnostics& found) {
    if (!is_readable_directory(directory, found)) {
        directory_listing nothing;
        nothing.state = listing_state::incomplete;
        return nothing;
    }
    return directory_reading(directory, engine, found).run();
}

versions_in_use list_versions(const fs::path& directory, std::error_code& failure) {
    versions_in_use used;
    std::int64_t highest = 0;
    for (const fs::directory_entry& entry : entries_of(directory, failure)) {
        const auto parsed = parse_file_name(shown_path(entry.path().filename()));
        const auto* parts = std::get_if<file_name>(&parsed);
        if (parts == nullptr) continue;
        used.versions.push_back(parts->version);
        if (parts->version < highest) continue;
        highest = parts->version;
        used.width = parts->version_text.size();
    }
    std::ranges::sort(used.versions);
    return used;
}

}  // namespace varve::generator
