#include "own_server.hpp"

#include "postgresql_scratch.hpp"
#include "proven_prefix.hpp"
#include "scratch_server.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace varve::scratch {
namespace {

namespace fs = std::filesystem;

// The server of one run, and what it leaves for the next one.
class own_server {
public:
    explicit own_server(const verify_task& task) : task_(task), server_(task.programs, {.path = task.cache}) {}

    verify_report verify_all() {
        const proven_prefix proven = start();
        postgresql_scratch database(server_.uri(), [this] {
            server_.start();
            return server_.uri();
        });
        verify_options how{.already_proven = proven.count,
                           .known = proven.findings,
                           .pause_after = 0,
                           .on_pause = {},
                           .master = task_.master};
        if (!task_.cache.empty() && task_.what->size() > 1) {
            how.pause_after = task_.what->size() - 1;  // the newest is the one that changes
            how.on_pause = [&](const std::vector<finding>& found) {
                server_.save(kept(), text_of(task_.first, database.database().ledger_history(), *task_.what,
                                             {.count = how.pause_after, .findings = found}));
            };
        }
        return verify(database, task_.first, *task_.what, how);
    }

private:
    [[nodiscard]] fs::path kept() const {
        return fs::path(task_.cache) / (std::string(task_.what->name) + "-" + server_.programs().version);
    }

    // With what is proven already, if that can be used.
    proven_prefix start() {
        if (auto proven = usable_prefix()) {
            try {
                server_.start_from(kept());
                return std::move(*proven);
            } catch (const std::exception&) {
                std::error_code ignored;
                fs::remove_all(kept(), ignored);  // damaged
            }
        }
        server_.start();
        return {};
    }

    [[nodiscard]] std::optional<proven_prefix> usable_prefix() const {
        if (task_.cache.empty()) return std::nullopt;
        const postgresql_engine unconnected("");
        return prefix_in(note_in(kept()), task_.first, unconnected.ledger_history(), *task_.what);
    }

    const verify_task& task_;
    scratch_server server_;
};

}  // namespace

verify_report verify_on_own_server(const verify_task& task) { return own_server(task).verify_all(); }

}  // namespace varve::scratch
