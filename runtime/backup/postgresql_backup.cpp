#include <varve/backup.hpp>

#include "client_program.hpp"
#include "connection_environment.hpp"
#include "emptying_text.hpp"
#include "private_directory.hpp"

#include "core/raise.hpp"
#include "core/text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

namespace varve {
namespace backup {
namespace {

namespace fs = std::filesystem;

// Ours from the first moment: nobody else reads it, and no other is written over.
void make_new(const fs::path& file) {
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0) {
        ::close(made);
        return;
    }
    const int why = errno;
    if (why == EEXIST) {
        core::raise(error_code::backup_failed, {"there is a file '", file.native(), "' already"},
                    "a backup is never written over another file");
    }
    core::raise(error_code::backup_failed,
                {"cannot write '", file.native(), "': ", std::generic_category().message(why)}, "");
}

void write(const fs::path& file, std::string_view text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) core::raise(error_code::backup_failed, {"cannot write ", file.native()}, "is the disk full?");
}

std::string without(std::string text, const std::string& secret) {
    constexpr std::string_view hidden = "***";
    if (secret.empty()) return text;
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + hidden.size()))
        text.replace(at, secret.size(), hidden);
    return text;
}

}  // namespace
}  // namespace backup

/// How to call the programs.
class postgresql_backup::session {
public:
    session(const std::string& uri, postgresql_backup_options options)
        : where_(backup::environment_of(uri)), options_(std::move(options)) {
        where_.variables.try_emplace("PGAPPNAME", "varve backup");
    }

    [[nodiscard]] const std::string& database() const { return where_.database; }

    // The database itself is named in the environment; an argument has only what cannot be said there.
    void run_on_database(const std::string& name, std::vector<std::string> arguments, std::string_view attempt) {
        if (!where_.rest.empty()) arguments.insert(arguments.end(), {"--dbname", where_.rest});
        run(name, arguments, attempt);
    }

    void run(const std::string& name, const std::vector<std::string>& arguments, std::string_view attempt) {
        const auto program = backup::find_program(name, options_.programs);
        backup::ending end = backup::run(program, arguments, where_.variables);
        if (end.code == 0) return;
        while (end.said.ends_with('\n')) end.said.pop_back();
        core::raise(error_code::backup_failed,
                    {attempt, ": ", program.native(), " says: ", backup::without(end.said, where_.password)}, "");
    }

private:
    backup::connection_environment where_;
    postgresql_backup_options options_;
};

postgresql_backup::postgresql_backup(const std::string& uri, postgresql_backup_options options)
    : session_(std::make_unique<session>(uri, std::move(options))) {}

postgresql_backup::~postgresql_backup() = default;

std::pair<std::string, std::string> postgresql_backup::name_and_ending() const {
    std::string name = session_->database().empty() ? "database" : session_->database();
    for (char& c : name)
        if (c == '/') c = '_';
    return {name, ".dump"};
}

void postgresql_backup::save(const std::string& file) {
    const auto whole = std::filesystem::absolute(file).string();
    backup::make_new(whole);
    try {
        session_->run_on_database("pg_dump", {"--format=custom", "--no-password", "--file", whole},
                                  core::joined({"cannot save to '", file, "'"}));
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(whole, ignored);
        throw;
    }
}

void postgresql_backup::restore(const std::string& file) {
    const auto whole = std::filesystem::absolute(file).string();
    const std::string attempt = core::joined({"cannot restore '", file, "', nothing was changed"});
    const backup::private_directory work;
    const auto empty = work.path() / "empty.sql";
    const auto fill = work.path() / "fill.sql";
    session_->run("pg_restore", {"--file", fill.string(), whole}, attempt);
    backup::write(empty, backup::text_to_empty);
    session_->run_on_database("psql",
                              {"--no-psqlrc", "--quiet", "--no-password", "--set", "ON_ERROR_STOP=1",
                               "--single-transaction", "--file", empty.string(), "--file", fill.string()},
                              attempt);
}

}  // namespace varve
