#include "online_backup.hpp"
#include "schema_inspection.hpp"
#include "session.hpp"

#include <varve/command_tools.hpp>
#include <varve/sqlite.hpp>

#include "core/raise.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace varve {
namespace {

using sqlite::connection;
using lender = std::function<const connection*()>;

[[noreturn]] void no_database(const std::string& location) {
    core::raise(error_code::database_missing, {"there is no database '", location, "'"}, "`migrate` creates it");
}

// Of the connection that an engine has: there may be no other way to a database in memory.
class online_backup final : public backup_method {
public:
    online_backup(std::string location, lender for_reading, lender for_writing)
        : location_(std::move(location)), reading_(std::move(for_reading)), writing_(std::move(for_writing)) {}

    [[nodiscard]] std::pair<std::string, std::string> name_and_ending() const override {
        const connection* on = reading_();
        if (on == nullptr) no_database(location_);
        const std::filesystem::path file(sqlite::file_of(*on));
        if (file.empty()) return {"memory", ".db"};
        const std::string ending = file.extension().string();
        return {(file.parent_path() / file.stem()).string(), ending.empty() ? ".db" : ending};
    }
    void save(const std::string& file) override {
        const connection* on = reading_();
        if (on == nullptr) no_database(location_);
        sqlite::save(*on, file);
    }
    void restore(const std::string& file) override { sqlite::restore(*writing_(), file); }

private:
    std::string location_;
    lender reading_;
    lender writing_;
};

}  // namespace

command_tools tools_of(sqlite_engine& of) {
    using missing = sqlite_engine::session::missing;
    const lender reading = [&of] { return of.session_->for_reading(); };
    const lender writing = [&of] { return of.session_->for_writing(missing::create); };
    return command_tools([&of, reading] { return sqlite::schema_text_of(reading(), of.location()); })
        .with(sqlite::inspector_for(of.location(), reading))
        .with(std::make_shared<online_backup>(of.location(), reading, writing));
}

}  // namespace varve
