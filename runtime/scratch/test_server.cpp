#include "test_server.hpp"

#include "scratch_server.hpp"

#include <unistd.h>

#include <cstdlib>
#include <memory>

namespace varve::scratch {
namespace {

class test_server {
public:
    explicit test_server(const std::string& cache) : owner_(::getpid()) {
        const char* const given = std::getenv("VARVE_SCRATCH_URL");
        if (given != nullptr && *given != '\0') {
            databases_ = std::make_unique<scratch_databases>(given, scratch_databases::server::somebody_elses,
                                                             where_to_create_databases);
            return;
        }
        forget_other_servers();
        own_ = std::make_unique<scratch_server>("", data_cache{.path = cache});
        own_->start();
        databases_ = std::make_unique<scratch_databases>(own_->uri(), scratch_databases::server::ours,
                                                         where_to_create_databases);
    }
    test_server(const test_server&) = delete;
    test_server& operator=(const test_server&) = delete;
    // A child of a death test exits, too: the server is not its own.
    ~test_server() {
        if (own_) databases_->leave_all();
        if (::getpid() == owner_) return;
        static_cast<void>(databases_.release());
        static_cast<void>(own_.release());
    }

    [[nodiscard]] scratch_databases& databases() { return *databases_; }

private:
    pid_t owner_;
    std::unique_ptr<scratch_server> own_;
    std::unique_ptr<scratch_databases> databases_;
};

}  // namespace

scratch_databases& databases_of_test_program(const std::string& cache) {
    static test_server server(cache);
    return server.databases();
}

}  // namespace varve::scratch
