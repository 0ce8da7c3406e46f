#include <source/dependencies.hpp>

#include <source/wording.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace varve::generator {

namespace {

/// One dependency inside the history: by position in it.
struct edge {
    std::size_t from = 0;
    std::size_t to = 0;
    const dependency_source* written = nullptr;
};

class checking {
public:
    checking(const history_source& history, diagnostics& found) : history_(history), found_(found) {
        for (std::size_t i = 0; i < history.migrations.size(); ++i) position_.emplace(history.migrations[i].version, i);
        outgoing_.resize(history.migrations.size());
    }

    void run(order_known order) {
        for (std::size_t i = 0; i < history_.migrations.size(); ++i) {
            for (const dependency_source& written : history_.migrations[i].depends) take(i, written);
        }
        if (order == order_known::no) return;
        for (const edge& forward : forward_) {
            if (in_reported_circle_.contains({forward.from, forward.to})) continue;
            if (const std::vector<edge> back = way(forward.to, forward.from); !back.empty()) {
                report_circle(forward, back);
            } else {
                report_forward(forward);
            }
        }
    }

private:
    void take(std::size_t from, const dependency_source& written) {
        if (!written.history.empty() && written.history != history_.name) return;
        const auto known = position_.find(written.version);
        const std::string version = std::to_string(written.version);
        if (known == position_.end()) {
            report("M020", written.where, "there is no migration " + version + " in this history",
                   "correct the version; another history's has its name in front: depends auth:" + version);
            return;
        }
        const std::size_t to = known->second;
        if (to == from) {
            report("M021", written.where, "the migration depends on itself", "delete the directive");
            return;
        }
        const edge found{.from = from, .to = to, .written = &written};
        outgoing_[from].push_back(found);
        if (to > from) forward_.push_back(found);
    }

    /// The dependencies that lead from one migration to another; empty if none do.
    [[nodiscard]] std::vector<edge> way(std::size_t from, std::size_t to) const {
        std::vector<bool> visited(outgoing_.size());
        std::vector<edge> arrived_by(outgoing_.size());
        std::vector<std::size_t> open{from};
        visited[from] = true;
        while (!open.empty() && !visited[to]) {
            const std::size_t at = open.back();
            open.pop_back();
            for (const edge& next : outgoing_[at]) {
                if (visited[next.to]) continue;
                visited[next.to] = true;
                arrived_by[next.to] = next;
                open.push_back(next.to);
            }
        }
        if (!visited[to]) return {};
        std::vector<edge> steps;
        for (std::size_t at = to; at != from; at = arrived_by[at].from) steps.push_back(arrived_by[at]);
        std::ranges::reverse(steps);
        return steps;
    }

    void report_circle(const edge& first, const std::vector<edge>& back) {
        in_reported_circle_.emplace(first.from, first.to);
        std::string chain =
            std::to_string(migration(first.from).version) + " -> " + std::to_string(migration(first.to).version);
        std::vector<related> notes;
        for (const edge& step : back) {
            in_reported_circle_.emplace(step.from, step.to);
            chain += " -> " + std::to_string(migration(step.to).version);
            notes.push_back({step.written->where, "and " + std::to_string(migration(step.from).version) +
                                                      " depends on " + std::to_string(migration(step.to).version)});
        }
        report("M023", first.written->where, "these migrations depend on each other in a circle: " + chain,
               "delete one of these directives", std::move(notes));
    }

    void report_forward(const edge& forward) {
        const migration_source& later = migration(forward.to);
        report("M022", forward.written->where,
               "the migration depends on a later one: " + title(later.version, later.name),
               migration(forward.from).released
                   ? "the order of released migrations is that of the lock file: delete the directive"
                   : "rename one of them, so that " + title(later.version, later.name) + " comes first");
    }

    [[nodiscard]] const migration_source& migration(std::size_t position) const {
        return history_.migrations[position];
    }

    void report(std::string code, const location& where, std::string message, std::string hint,
                std::vector<related> notes = {}) {
        found_.report({severity::error, std::move(code), where, std::move(message), std::move(hint), std::move(notes)});
    }

    const history_source& history_;
    diagnostics& found_;
    std::unordered_map<std::int64_t, std::size_t> position_;
    std::vector<std::vector<edge>> outgoing_;
    std::vector<edge> forward_;
    std::set<std::pair<std::size_t, std::size_t>> in_reported_circle_;
};

}  // namespace

void check_dependencies(const history_source& history, order_known order, diagnostics& found) {
    checking(history, found).run(order);
}

}  // namespace varve::generator
