#include "progress_views.hpp"

#include "answer.hpp"
#include "filled_text.hpp"

#include <array>
#include <string_view>

namespace varve::postgresql {
namespace {

// A view, the first version that has it, and what of it is done, of how much, and of what. Counters of an earlier phase
// stay in a row, so the phase says which of them count.
struct progress_view {
    std::string_view name;
    int first_version;
    std::string_view phase;
    std::string_view unit;
    std::string_view done;
    std::string_view total;
};

constexpr std::array views{
    progress_view{"create_index", 120000, "phase",
                  "CASE WHEN phase LIKE 'waiting for%' THEN 'transactions' WHEN tuples_total > 0 THEN 'tuples' ELSE "
                  "'blocks' END",
                  "CASE WHEN phase LIKE 'waiting for%' THEN lockers_done WHEN tuples_total > 0 THEN tuples_done ELSE "
                  "blocks_done END",
                  "CASE WHEN phase LIKE 'waiting for%' THEN lockers_total WHEN tuples_total > 0 THEN tuples_total ELSE "
                  "blocks_total END"},
    progress_view{"cluster", 120000, "phase", "'blocks'", "heap_blks_scanned", "heap_blks_total"},
    progress_view{"vacuum", 90600, "phase", "'blocks'",
                  "CASE phase WHEN 'vacuuming heap' THEN heap_blks_vacuumed ELSE heap_blks_scanned END",
                  "heap_blks_total"},
    progress_view{"analyze", 130000, "phase", "'blocks'", "sample_blks_scanned", "sample_blks_total"},
    progress_view{"copy", 140000, "'copying'", "CASE WHEN bytes_total > 0 THEN 'bytes' ELSE 'tuples' END",
                  "CASE WHEN bytes_total > 0 THEN bytes_processed ELSE tuples_processed END", "bytes_total"},
};

// Nobody waits for an answer that does not come: what the process has locked may be a catalog.
constexpr std::string_view patience = "SET statement_timeout = 1000";

}  // namespace

statement_progress progress_row::view() const {
    return {.phase = phase, .relation = relation, .unit = unit, .done = done, .total = total};
}

std::string text_to_read_progress(int process, int server_version) {
    std::string all;
    for (const progress_view& each : views) {
        if (server_version < each.first_version) continue;
        append_to_list(all, " UNION ALL ",
                       filled("SELECT {}, relid, {}, {}, {} FROM pg_catalog.pg_stat_progress_{} WHERE pid = {}",
                              {each.phase, each.unit, each.done, each.total, each.name, process}));
    }
    return filled(
        "SELECT p.phase, COALESCE(c.relname, ''), p.unit, p.done, p.total FROM ({}) AS p (phase, relid, unit, done, "
        "total) LEFT JOIN pg_catalog.pg_class AS c ON c.oid = p.relid LIMIT 1",
        {all});
}

progress_views::progress_views(const std::function<std::unique_ptr<pqxx::connection>()>& connect, int process) noexcept
    : process_(process) {
    try {
        connection_ = connect();
        if (!connection_) return;
        muted_ = std::make_unique<muted_notices>(*connection_);
        run(std::string(patience));
        question_ = text_to_read_progress(process, connection_->server_version());
    } catch (...) {
        give_up();
    }
}

std::optional<progress_row> progress_views::read() noexcept {
    if (!is_usable()) return {};
    try {
        const auto answer = run(question_);
        if (count_of(answer) == 0) return {};
        return progress_row{.phase = std::string(text_in(answer, 0, 0)),
                            .relation = std::string(text_in(answer, 0, 1)),
                            .unit = std::string(text_in(answer, 0, 2)),
                            .done = number_in(answer, 0, 3),
                            .total = number_in(answer, 0, 4)};
    } catch (...) {
        give_up();
        return {};
    }
}

void progress_views::cancel() noexcept {
    if (!is_usable()) return;
    try {
        run(filled("SELECT pg_catalog.pg_cancel_backend({})", {process_}));
    } catch (...) {
        give_up();
    }
}

pqxx::result progress_views::run(const std::string& sql) {
    pqxx::nontransaction session(*connection_);
    return session.exec(sql);
}

void progress_views::give_up() noexcept {
    muted_.reset();
    connection_.reset();
}

}  // namespace varve::postgresql
