#include <varve/testing_sqlite.hpp>

#include "connection.hpp"
#include "memory_scratch.hpp"
#include "page_copy.hpp"
#include "refusal.hpp"

#include "core/raise.hpp"

#include <varve/migrate.hpp>
#include <varve/sqlite.hpp>

#include <sqlite3.h>

#include <filesystem>
#include <mutex>
#include <optional>
#include <random>
#include <utility>

namespace varve::testing {
namespace {

namespace fs = std::filesystem;
using sqlite::connection;

// A directory that was not there before: no other test of any program has it.
fs::path new_directory() {
    std::random_device numbers;
    for (;;) {
        const std::string name = "varve-test-" + std::to_string(numbers()) + std::to_string(numbers());
        fs::path wanted = fs::temp_directory_path() / name;
        if (fs::create_directory(wanted)) return wanted;
    }
}

void remove_with_directory(const std::string& file) noexcept {
    if (file.empty()) return;
    std::error_code ignored;
    fs::remove_all(fs::path(file).parent_path(), ignored);
}

}  // namespace

struct sqlite_database::opened {
    sqlite::waiting alone{std::chrono::milliseconds(0)};
    connection on = connection::open_or_create(sqlite::database_name(":memory:"), alone);
};

sqlite_database::sqlite_database(std::unique_ptr<opened> database) : opened_(std::move(database)) {}
sqlite_database::sqlite_database(sqlite_database&&) noexcept = default;
sqlite_database& sqlite_database::operator=(sqlite_database&&) noexcept = default;
sqlite_database::~sqlite_database() = default;

sqlite3* sqlite_database::handle() const noexcept { return opened_->on.handle(); }

sqlite_file::sqlite_file(sqlite_file&& other) noexcept : path_(std::exchange(other.path_, {})) {}
sqlite_file& sqlite_file::operator=(sqlite_file&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}
sqlite_file::~sqlite_file() { remove_with_directory(path_); }

struct sqlite_databases::image {
    histories known;
    preparation prepare;
    std::mutex mutex{};
    std::optional<sqlite_database::opened> database{};

    void copy_to(const connection& to) {
        const std::lock_guard<std::mutex> guard(mutex);
        if (!database) make();
        try {
            sqlite::copy_pages(database->on, to);
        } catch (const sqlite::refusal& why) {
            core::raise(error_code::database_unusable, {"the migrated database cannot be copied: ", why.message()}, "");
        }
    }

private:
    void make() {
        database.emplace();
        try {
            if (prepare) prepare(database->on.handle());
            sqlite_engine engine(database->on.handle());
            (void)migrate(engine, known);
        } catch (...) {
            database.reset();  // each test says what is wrong
            throw;
        }
    }
};

sqlite_databases::sqlite_databases(histories known, preparation prepare)
    : image_(new image{std::move(known), std::move(prepare)}) {}
sqlite_databases::~sqlite_databases() = default;

sqlite_database sqlite_databases::fresh() {
    auto database = std::make_unique<sqlite_database::opened>();
    image_->copy_to(database->on);
    if (image_->prepare) image_->prepare(database->on.handle());
    return sqlite_database(std::move(database));
}

sqlite_file sqlite_databases::fresh_file() {
    sqlite_file made((new_directory() / "test.db").string());
    sqlite::waiting alone{std::chrono::milliseconds(0)};
    const auto file = connection::open_or_create(sqlite::database_name(made.path()), alone);
    sqlite3_exec(file.handle(), "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);  // nobody waits for the disk
    image_->copy_to(file);
    return made;
}

std::vector<proven_history> sqlite_databases::prove() const {
    std::vector<proven_history> result;
    std::vector<const history*> first;
    for (const history* each : image_->known.all()) {
        sqlite::memory_scratch database(image_->prepare);
        result.push_back({each, verify(database, first, *each)});
        first.push_back(each);
    }
    return result;
}

}  // namespace varve::testing
