#include "schema_inspection.hpp"

#include "catalog_reading.hpp"
#include "refusal.hpp"
#include "schema_writing.hpp"

#include "core/raise.hpp"

#include <varve/sqlite.hpp>

#include <utility>

namespace varve::sqlite {
namespace {

using lender = std::function<const connection*()>;

// What `read` makes of the connection.
template <typename Read>
auto looked_at(const connection* on, const std::string& location, Read read) {
    if (on == nullptr)
        core::raise(error_code::database_missing, {"there is no database '", location, "'"}, "`migrate` creates it");
    try {
        return read(*on);
    } catch (const refusal& why) {
        core::raise(error_code_of(why.code()), {"cannot read the schema of '", location, "': ", why.message()},
                    hint_for(why.code()));
    }
}

class memory_schema final : public scratch_schema {
public:
    memory_schema() : open_(connection::open_or_create(database_name(":memory:"), alone_)), engine_(open_.handle()) {}

    [[nodiscard]] engine& database() override { return engine_; }
    [[nodiscard]] catalog read_catalog() override { return looked_at(&open_, "memory", read_schema); }
    [[nodiscard]] std::string text() override { return schema_text_of(&open_, "memory"); }

private:
    waiting alone_{std::chrono::milliseconds(0)};  // nobody else knows this database
    connection open_;
    sqlite_engine engine_;  // borrows open_
};

class inspector final : public schema_inspector {
public:
    inspector(std::string location, lender reading) : location_(std::move(location)), reading_(std::move(reading)) {}

    [[nodiscard]] catalog read_catalog() override { return looked_at(reading_(), location_, read_schema); }
    [[nodiscard]] std::unique_ptr<scratch_schema> make_scratch(const std::string& server) override {
        if (!server.empty()) {
            core::raise(error_code::invalid_argument, {"a SQLite database is compared with one in memory"},
                        "leave the scratch server out");
        }
        return schema_in_memory();
    }

private:
    std::string location_;
    lender reading_;
};

}  // namespace

std::shared_ptr<schema_inspector> inspector_for(std::string location, lender reading) {
    return std::make_shared<inspector>(std::move(location), std::move(reading));
}

std::unique_ptr<scratch_schema> schema_in_memory() { return std::make_unique<memory_schema>(); }

std::string schema_text_of(const connection* on, const std::string& location) {
    return looked_at(on, location, schema_of);
}

}  // namespace varve::sqlite
