#pragma once

#include "connection_string.hpp"
#include "pqxx_compatibility.hpp"

#include "core/interruption.hpp"

#include <varve/postgresql.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace varve::postgresql {

/// The server refused something, with the text that libpq made of it.
class server_error : public std::runtime_error {
public:
    enum class because : std::uint8_t { refused, interrupted };
    server_error(std::string sqlstate, const std::string& text, because why = because::refused)
        : std::runtime_error(text), sqlstate_(std::move(sqlstate)), why_(why) {}
    [[nodiscard]] const std::string& sqlstate() const noexcept { return sqlstate_; }
    [[nodiscard]] std::string_view text() const noexcept { return what(); }
    /// It is the answer to a cancelling of ours.
    [[nodiscard]] bool interrupted() const noexcept { return why_ == because::interrupted; }

private:
    std::string sqlstate_;
    because why_;
};

/// The connection was lost while something was sent or answered. Whether it took effect is not known.
class connection_lost : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A connection to the server: our own, made at the first use, or the application's. Everything varve sends goes
/// through `run`, by the simple protocol. Throws `varve::error` if there is no connection to be had, or if the
/// application has a transaction object of libpqxx on it.
class connection {
public:
    using maker = std::function<std::unique_ptr<pqxx::connection>()>;
    using watching = std::function<void(const watched_statement&)>;

    explicit connection(const std::string& uri, watching = {});
    /// `again` makes another one if this is lost; may be empty.
    connection(pqxx::connection& borrowed, maker again, watching = {});
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    ~connection();

    /// Whether the session belongs to the application: its settings and transactions are not ours.
    [[nodiscard]] bool is_borrowed() const noexcept { return borrowed_ != nullptr; }

    /// For messages: without a password. Needs no connection.
    [[nodiscard]] std::string location() const;

    /// What it was made from, with the password, to make another one; empty if it is the application's.
    [[nodiscard]] const std::string& uri() const noexcept { return string_.used; }

    /// Runs one string of SQL and gives the last result. Throws `server_error` and `connection_lost`.
    pqxx::result run(const std::string& sql);
    pqxx::result run(const char* sql);

    /// The same, and `stop()` cancels it. Throws an interrupted `server_error` also if it was asked before.
    pqxx::result run_interruptibly(const std::string& sql);
    [[nodiscard]] core::interruption& stop() noexcept { return stop_; }

    /// The same for one statement with values bound to it, as texts; null: NULL.
    pqxx::result run_with_values(const std::string& sql, const std::vector<const char*>& values);

    /// As `run_interruptibly`, and if somebody listens, he is told how far the server is.
    pqxx::result run_watched(const std::string& sql);
    void tell_progress_to(const progress_listener& listener) { listener_ = listener; }

    /// The same where a failure changes nothing: `ROLLBACK`, putting a setting back.
    void run_if_possible(const std::string& sql) noexcept;
    void run_if_possible(const char* sql) noexcept;

    /// Whether this connection, once lost, can be made anew.
    [[nodiscard]] bool can_reconnect() const noexcept { return borrowed_ == nullptr || again_ != nullptr; }
    /// Makes the connection anew, once. False if the server cannot be reached.
    [[nodiscard]] bool try_reconnect();

    /// A connection beside this one, for a question while it is busy; null if there is none to be had.
    [[nodiscard]] std::unique_ptr<pqxx::connection> beside() const noexcept;

    [[nodiscard]] std::string quoted(std::string_view value);
    [[nodiscard]] std::string quoted_name(std::string_view name);
    [[nodiscard]] int server_version();
    [[nodiscard]] std::string user();
    /// The server process as the client was told. Another one answers if there is a transaction pooler between.
    [[nodiscard]] int told_process();
    /// How long the server took for a string at best, since this connection was made; 0 if nothing was sent.
    [[nodiscard]] std::chrono::microseconds shortest_answer() const noexcept { return shortest_answer_; }
    /// False before the first use, and after a loss.
    [[nodiscard]] bool is_open() const noexcept;

private:
    template <typename Send>
    pqxx::result run_sending(Send);
    template <typename Run>
    pqxx::result interruptibly(Run);
    pqxx::connection& open();
    [[nodiscard]] std::unique_ptr<pqxx::connection> another() const;
    void note_answer(std::chrono::steady_clock::time_point sent) noexcept;
    [[noreturn]] void throw_cannot_connect(const std::string& text) const;

    connection_string string_;
    core::interruption stop_;
    pqxx::connection* borrowed_ = nullptr;
    maker again_;
    watching watch_;
    progress_listener listener_;
    std::chrono::microseconds shortest_answer_{0};
    std::unique_ptr<pqxx::connection> own_;
    std::unique_ptr<muted_notices> muted_;  // refers to own_: declared after it, gone before it
};

}  // namespace varve::postgresql
