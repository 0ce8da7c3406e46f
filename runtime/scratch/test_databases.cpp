#include <varve/testing_postgresql.hpp>

#include "given_server.hpp"
#include "test_server.hpp"

#include <varve/migrate.hpp>

#include <mutex>
#include <utility>

namespace varve::testing {

struct postgresql_databases::origin {
    histories known;
    postgresql_options how;
    std::string cache;
    std::mutex mutex{};
    std::string name{};  ///< of the migrated database; empty until somebody wants a copy

    const std::string& migrated() {
        const std::lock_guard<std::mutex> guard(mutex);
        if (name.empty()) name = make();
        return name;
    }

private:
    [[nodiscard]] std::string make() const {
        auto& server = scratch::databases_of_test_program(cache);
        std::string made = server.make();
        try {
            postgresql_engine engine(server.uri_of(made), how);  // disconnects: else it could not be copied
            (void)migrate(engine, known);
        } catch (...) {
            server.drop(made);  // each test says what is wrong
            throw;
        }
        return made;
    }
};

postgresql_database::~postgresql_database() {
    if (!name_.empty()) scratch::databases_of_test_program("").drop(name_);
}

std::string postgresql_database::uri() const { return scratch::databases_of_test_program("").uri_of(name_); }

postgresql_databases::postgresql_databases(histories known, postgresql_options how, std::string cache)
    : origin_(new origin{std::move(known), std::move(how), std::move(cache)}) {}
postgresql_databases::~postgresql_databases() = default;

postgresql_database postgresql_databases::fresh() {
    return postgresql_database(scratch::databases_of_test_program(origin_->cache).make_from(origin_->migrated()));
}

std::vector<proven_history> postgresql_databases::prove() const {
    auto& server = scratch::databases_of_test_program(origin_->cache);
    std::vector<proven_history> result;
    std::vector<const history*> first;
    for (const history* each : origin_->known.all()) {
        result.push_back({each, scratch::verify_in_own_database(server, first, *each)});
        first.push_back(each);
    }
    return result;
}

}  // namespace varve::testing
