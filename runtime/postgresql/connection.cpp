#include "connection.hpp"

#include "filled_text.hpp"

#include "core/identity.hpp"
#include "core/raise.hpp"

#include <varve/error.hpp>

namespace varve::postgresql {
namespace {

std::string session_name() {
    constexpr std::size_t longest_program = 24;  // the server keeps 63 bytes of the whole
    const std::string program = core::executable_name().substr(0, longest_program);
    const std::string process = core::current_process();  // user@host:process
    return core::joined({"varve", program.empty() ? "" : " ", program, " ", process.substr(process.find('@') + 1)});
}

// libpq ends its messages with a line feed and puts each host on a line.
std::string on_one_line(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
        text.replace(at, text.find_first_not_of("\t\n ", at) - at, "; ");
    return text;
}

// There is no SQLSTATE for a refused connection; the words are the server's, in its language.
bool says_that_database_is_missing(const std::string& text) {
    return text.find("database \"") != std::string::npos && text.find("does not exist") != std::string::npos;
}

// The same for a server, or a pooler, that has no room for another connection, or in its socket's queue.
bool says_that_it_is_full(const std::string& text) {
    for (const char* words : {"too many clients", "too many connections", "connection slots are reserved",
                              "no more connections allowed", "Resource temporarily unavailable"})
        if (text.find(words) != std::string::npos) return true;
    return false;
}

// The server is asked over another connection, which may fail; it is asked again soon.
void cancel_query(void* connection) noexcept {
    try {
        static_cast<pqxx::connection*>(connection)->cancel_query();
    } catch (const std::exception&) {
        return;
    }
}

}  // namespace

connection::connection(const std::string& uri, watching watch)
    : string_(examined(uri, session_name())), watch_(std::move(watch)) {}

connection::connection(pqxx::connection& borrowed, maker again, watching watch)
    : borrowed_(&borrowed), again_(std::move(again)), watch_(std::move(watch)) {}

connection::~connection() = default;

std::string connection::location() const {
    if (borrowed_ == nullptr) return string_.shown;
    if (!borrowed_->is_open()) return "postgresql://";
    return filled("postgresql://{}@/{}", {borrowed_->username(), borrowed_->dbname()});
}

bool connection::is_open() const noexcept {
    const pqxx::connection* used = own_ ? own_.get() : borrowed_;
    return used != nullptr && used->is_open();
}

pqxx::connection& connection::open() {
    if (own_ && own_->is_open()) return *own_;
    if (borrowed_ != nullptr && !own_ && (borrowed_->is_open() || !again_)) return *borrowed_;
    try {
        muted_.reset();
        own_.reset();
        own_ = another();
        if (!own_) throw_cannot_connect("the function `reconnect` returned nothing");
        muted_ = std::make_unique<muted_notices>(*own_);
        shortest_answer_ = {};
        return *own_;
    } catch (const pqxx::failure& refused) {
        throw_cannot_connect(refused.what());
    }
}

std::unique_ptr<pqxx::connection> connection::another() const {
    return borrowed_ == nullptr ? std::make_unique<pqxx::connection>(string_.used) : again_();
}

void connection::throw_cannot_connect(const std::string& text) const {
    error_details details{.code = error_code::connection_failed};
    if (string_.doubtful) {
        details.message = filled("cannot connect to {}: the connection string cannot be read", {string_.shown});
        details.hint =
            "write key=value pairs, or postgresql://user:password@host/database with @ : / ? % and spaces in user and "
            "password percent-encoded (%40 %3A %2F %3F %25 %20)";
        throw error(std::move(details));
    }
    const std::string reason = on_one_line(without_secrets(text, string_));
    details.message = filled("cannot connect to {}: {}", {location(), reason});
    if (says_that_database_is_missing(reason)) {
        details.code = error_code::database_missing;
        details.hint = "create it first, for example with `createdb`: varve creates tables, not databases";
    } else if (says_that_it_is_full(reason)) {
        details.sqlstate = "53300";
        details.hint = "start again when others are through, or raise `max_connections` of the server";
    } else {
        details.hint = "is the server running, and are host, port, user and database in the connection string right?";
    }
    throw error(std::move(details));
}

bool connection::try_reconnect() {
    if (!can_reconnect()) return false;
    try {
        open();
        return true;
    } catch (const error&) {
        return false;
    }
}

std::unique_ptr<pqxx::connection> connection::beside() const noexcept {
    if (!can_reconnect()) return nullptr;
    try {
        return another();
    } catch (const std::exception&) {
        return nullptr;
    }
}

pqxx::result connection::run(const char* sql) { return run(std::string(sql)); }

pqxx::result connection::run(const std::string& sql) {
    return run_sending([&](pqxx::nontransaction& session) { return session.exec(sql); });
}

template <typename Send>
pqxx::result connection::run_sending(Send send) {
    pqxx::connection& used = open();
    try {
        pqxx::nontransaction session(used);
        const auto sent = std::chrono::steady_clock::now();
        auto answer = send(session);
        note_answer(sent);
        return answer;
    } catch (const std::exception&) {
        const caught_failure failure = caught(used);
        if (failure.what == caught_failure::kind::lost) throw connection_lost(on_one_line(failure.text));
        if (failure.what == caught_failure::kind::refused) throw server_error(failure.sqlstate, failure.text);
        core::raise(error_code::transaction_open,
                    {"the connection is in use by a transaction of the application (a pqxx transaction object is alive "
                     "on it)"},
                    "commit and destroy it first, or give varve a connection of its own");
    }
}

pqxx::result connection::run_watched(const std::string& sql) {
    if (!watch_ || !listener_ || !can_reconnect()) return run_interruptibly(sql);
    pqxx::result answer;
    const std::function<void()> send = [&] { answer = run_interruptibly(sql); };
    const maker connect = [this] { return another(); };
    watch_({.send = send, .process = told_process(), .connect = connect, .tell = listener_});
    return answer;
}

void connection::note_answer(std::chrono::steady_clock::time_point sent) noexcept {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - sent);
    if (shortest_answer_.count() == 0 || took < shortest_answer_) shortest_answer_ = took;
}

pqxx::result connection::run_interruptibly(const std::string& sql) {
    return interruptibly([&] { return run(sql); });
}

pqxx::result connection::run_with_values(const std::string& sql, const std::vector<const char*>& values) {
    return interruptibly([&] {
        return run_sending(
            [&](pqxx::nontransaction& session) { return postgresql::run_with_values(session, sql, values); });
    });
}

template <typename Run>
pqxx::result connection::interruptibly(Run run_now) {
    constexpr const char* query_canceled = "57014";
    if (stop_.was_asked())
        throw server_error(query_canceled, "ERROR:  stopped before it began", server_error::because::interrupted);
    try {
        const core::interruption::call until_here(stop_, {cancel_query, &open()});
        return run_now();
    } catch (const server_error& refused) {
        if (refused.sqlstate() != query_canceled || !stop_.was_asked()) throw;
        throw server_error(query_canceled, refused.what(), server_error::because::interrupted);
    }
}

void connection::run_if_possible(const char* sql) noexcept { run_if_possible(std::string(sql)); }

void connection::run_if_possible(const std::string& sql) noexcept {
    if (!is_open()) return;
    try {
        run(sql);
    } catch (const std::exception&) {
        return;  // as promised; what led here is reported by the caller
    }
}

std::string connection::quoted(std::string_view value) { return open().quote(std::string(value)); }

std::string connection::quoted_name(std::string_view name) { return open().quote_name(std::string(name)); }

int connection::server_version() { return open().server_version(); }

std::string connection::user() { return std::string{open().username()}; }

int connection::told_process() { return open().backendpid(); }

}  // namespace varve::postgresql
