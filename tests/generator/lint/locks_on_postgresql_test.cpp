// What lint says that a statement locks, reads and writes anew, and what a server does when it performs it.

#include "lint_scenario.hpp"
#include "lock_cases.hpp"
#include "support/postgresql_server.hpp"

#include <pqxx/pqxx>

#include <algorithm>
#include <array>
#include <sstream>
#include <tuple>
#include <vector>

namespace varve::generator {
namespace {

/// What becomes of t.
struct effect {
    std::string lock;  ///< the strongest: `ACCESS EXCLUSIVE`
    bool reads = false;
    bool writes_anew = false;
};

/// From the weakest to the strongest: as in messages, and as in pg_locks.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> locks{{
    {"", ""},
    {"SHARE UPDATE EXCLUSIVE", "ShareUpdateExclusiveLock"},
    {"SHARE", "ShareLock"},
    {"SHARE ROW EXCLUSIVE", "ShareRowExclusiveLock"},
    {"ACCESS EXCLUSIVE", "AccessExclusiveLock"},
}};

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

effect claimed(std::string_view message) {
    effect said;
    // REINDEX says two, the table's first.
    std::size_t first = message.size();
    for (const auto& [words, mode] : locks) {
        const std::size_t at = words.empty() ? message.npos : message.find(std::string(words) + " lock");
        if (at < first) std::tie(first, said.lock) = std::pair(at, std::string(words));
    }
    said.writes_anew = holds(message, "anew");
    said.reads = holds(message, "reads every") || holds(message, "row is checked") ||
                 holds(message, "builds its index") || holds(message, "index is built") || holds(message, "are built");
    return said;
}

std::string strongest(const pqxx::result& modes) {
    std::size_t best = 0;
    for (const auto& row : modes) {
        const auto same = [&](const auto& each) { return each.second == row[0].c_str(); };
        const auto at = static_cast<std::size_t>(std::find_if(locks.begin(), locks.end(), same) - locks.begin());
        if (at < locks.size()) best = std::max(best, at);
    }
    return std::string(locks[best].first);
}

class table_watch {
public:
    explicit table_watch(pqxx::work& transaction) : transaction_(transaction), file_(file()), read_(rows_read()) {}

    [[nodiscard]] effect seen() {
        const auto modes =
            transaction_.exec("SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 't'::regclass");
        return {strongest(modes), rows_read() > read_, file() != file_};
    }

private:
    // A partitioned table has no file of its own; its partitions may.
    std::string file() { return transaction_.exec("SELECT coalesce(pg_relation_filenode('t'), 0)")[0][0].c_str(); }

    long rows_read() {
        return transaction_
            .exec(
                "SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_xact_all_tables WHERE relid IN "
                "(SELECT inhrelid FROM pg_inherits WHERE inhparent = 't'::regclass UNION SELECT 't'::regclass)")[0][0]
            .as<long>();
    }

    pqxx::work& transaction_;
    std::string file_;
    long read_;
};

/// A case, what lint finds in it, and what the server does.
struct tried_case {
    const lock_case& tried;
    std::string codes;
    std::string message;  ///< the first one
    std::string hint;
    std::string report;
    bool wants_timeout = false;  ///< M214
    effect seen;
};

effect performed(pqxx::connection& connection, const lock_case& tried) {
    pqxx::nontransaction(connection).exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + tried.before);
    pqxx::work transaction(connection);
    table_watch watch(transaction);
    transaction.exec(tried.statement);
    return watch.seen();
}

tried_case outcome_of(pqxx::connection& connection, const lock_case& tried) {
    lint_scenario history;
    history.released(tried.before).draft(tried.statement);
    history.options.off = {"M"};
    history.options.errors = {"M214"};
    const bool wants_timeout = history.codes() == "M214";
    history.options = {};
    history.options.off = {"M3", "M4", "M5"};
    const diagnostics found = history.found();
    const auto all = found.sorted();
    const diagnostic first = all.empty() ? diagnostic() : all.front();
    return {
        tried, codes(found), first.message, first.hint, history.report(), wants_timeout, performed(connection, tried)};
}

std::vector<tried_case> all_tried() {
    static const std::vector<lock_case> cases = lock_cases();
    auto& server = testing::shared_postgresql_server();
    pqxx::connection connection(server.uri(server.create_database()));
    pqxx::nontransaction(connection).exec("SET client_min_messages = error");
    std::vector<tried_case> all;
    for (const lock_case& each : cases) all.push_back(outcome_of(connection, each));
    return all;
}

class LocksOnPostgresql : public ::testing::Test {
protected:
    static const std::vector<tried_case>& tried() {
        static const std::vector<tried_case> all = all_tried();
        return all;
    }
    static std::string trace(const tried_case& each) {
        return each.tried.statement + "\nafter: " + each.tried.before + "\n" + each.report;
    }
};

TEST_F(LocksOnPostgresql, AreFoundWhereTheyHurt) {
    for (const tried_case& each : tried()) EXPECT_EQ(each.codes, each.tried.code) << trace(each);
}

TEST_F(LocksOnPostgresql, AreThoseThatTheMessagesName) {
    for (const tried_case& each : tried()) {
        if (each.codes.empty()) continue;
        SCOPED_TRACE(trace(each));
        const effect said = claimed(each.message);
        EXPECT_EQ(said.lock, each.seen.lock);
        EXPECT_EQ(said.writes_anew, each.seen.writes_anew);
        EXPECT_EQ(said.reads || said.writes_anew, each.seen.reads || each.seen.writes_anew);
    }
}

TEST_F(LocksOnPostgresql, AreShortWhereNothingIsReported) {
    for (const tried_case& each : tried()) {
        if (!each.codes.empty()) continue;
        SCOPED_TRACE(trace(each));
        EXPECT_FALSE(each.seen.reads);
        EXPECT_FALSE(each.seen.writes_anew);
    }
}

// M214 asks which statements keep readers away; so does M215 of those before it.
TEST_F(LocksOnPostgresql, KeepReadersAwayWhereLockTimeoutIsAskedFor) {
    for (const tried_case& each : tried()) {
        EXPECT_EQ(each.wants_timeout, each.seen.lock == "ACCESS EXCLUSIVE") << trace(each);
    }
}

/// The lines of a hint that are statements and have no blank to be filled in.
std::vector<std::string> statements_in(const std::string& hint) {
    std::vector<std::string> all;
    if (holds(hint, "...")) return all;
    std::istringstream lines(hint);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with(';') && line.substr(0, 1) < "Z" && !holds(line, "<")) all.push_back(line);
    }
    return all;
}

TEST_F(LocksOnPostgresql, AreAvoidedByHintsThatCanBePasted) {
    auto& server = testing::shared_postgresql_server();
    pqxx::connection connection(server.uri(server.create_database()));
    pqxx::nontransaction session(connection);
    session.exec("SET client_min_messages = error");
    std::size_t pasted = 0;
    for (const tried_case& each : tried()) {
        // What M211 wants to be moved needs what stays.
        if (each.codes.empty() || each.codes == "M211") continue;
        SCOPED_TRACE(trace(each));
        session.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + each.tried.before);
        for (const std::string& statement : statements_in(each.hint)) {
            EXPECT_NO_THROW(session.exec(statement)) << statement;
            ++pasted;
        }
    }
    EXPECT_GT(pasted, 40U);
}

}  // namespace
}  // namespace varve::generator
