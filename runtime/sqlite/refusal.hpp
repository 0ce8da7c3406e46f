#pragma once

#include <varve/error.hpp>

#include <exception>
#include <string>
#include <string_view>

struct sqlite3;

namespace varve::sqlite {

/// What SQLite said when a call failed. Stays inside this folder: the engine knows what it was doing and makes a
/// `varve::error` of it.
class refusal : public std::exception {
public:
    /// The last failure on a connection. `result` is what the failed call returned.
    refusal(sqlite3* connection, int result);
    refusal(int extended_code, std::string message) : code_(extended_code), message_(std::move(message)) {}

    [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
    [[nodiscard]] const std::string& message() const noexcept { return message_; }
    /// The extended result code.
    [[nodiscard]] int code() const noexcept { return code_; }
    [[nodiscard]] int primary_code() const noexcept { return code_ & 0xff; }
    /// Bytes into the statement's text where the error is, or -1.
    [[nodiscard]] int offset() const noexcept { return offset_; }
    /// `errno` of the failed call to the system, or 0.
    [[nodiscard]] int system_error() const noexcept { return system_error_; }

    /// True if somebody else's lock was in the way: waiting may help.
    [[nodiscard]] bool is_busy() const noexcept;

private:
    int code_;
    std::string message_;
    int offset_ = -1;
    int system_error_ = 0;
};

/// `SQLITE_CONSTRAINT_UNIQUE` for 2067; `SQLITE_ERROR` and its number for one this varve does not know.
[[nodiscard]] std::string result_name(int extended_code);

/// What went wrong, for programs: the state of the database (locked, full, corrupt, ...) has codes of its own,
/// everything else is a statement that failed.
[[nodiscard]] error_code error_code_of(int extended_code) noexcept;

/// What a person can do about it; empty if the message says it all.
[[nodiscard]] std::string_view hint_for(int extended_code) noexcept;

}  // namespace varve::sqlite
