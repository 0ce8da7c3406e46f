#pragma once

#include <replay/effects.hpp>
#include <replay/query.hpp>
#include <replay/replay_options.hpp>
#include <replay/stand_ins.hpp>
#include <varve/history.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace varve::generator {

/// A SQLite database in memory that can reach nothing else: no file, no other database, no extension, and no statement
/// that runs for ever. The functions and collations that the application registers have stand-ins.
class memory_database {
public:
    /// Throws std::runtime_error if SQLite cannot open one: there is no memory.
    explicit memory_database(const replay_options&);
    memory_database(const memory_database&) = delete;
    memory_database& operator=(const memory_database&) = delete;
    ~memory_database();

    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

    /// What was prepared since the last forget_effects().
    [[nodiscard]] const effects& seen() const { return seen_; }
    void forget_effects() { seen_ = {}; }
    /// Gives the next statement its steps.
    void refill_steps() { steps_left_ = most_steps_; }

    void set_foreign_keys(foreign_keys_setting);
    /// Runs what a script did not write; what it does to `main` must not be able to fail.
    void execute(std::string_view sql);
    [[nodiscard]] bool in_transaction() const;
    /// Undoes what is not committed, if anything is.
    void roll_back();
    /// Puts back what a PRAGMA of a script changed, and drops its temporary objects: as if the connection were new.
    void refresh_connection();

    /// Numbers that the stand-ins make up go on from here, so that they do not depend on what was replayed before.
    void count_from(std::int64_t number) { stand_ins_.count_from(number); }

    /// The whole database as bytes; empty if there is no memory for them.
    [[nodiscard]] std::string image() const;
    /// Makes the database what image() returned. False if it cannot.
    bool load(std::string_view image);

private:
    struct closing {
        void operator()(sqlite3*) const noexcept;
    };

    void add_stand_ins(const replay_options&);
    void see(int action, const char* first, const char* second, std::string_view database);
    int authorize_function(const std::string& name);
    int authorize(int action, const char* first, const char* second, std::string_view database);

    stand_ins stand_ins_;
    std::unique_ptr<sqlite3, closing> handle_;
    effects seen_;
    names stand_in_functions_;
    std::uint64_t most_steps_;
    std::uint64_t steps_left_;

    friend struct sqlite_callbacks;
};

/// The version of the library that is used: `3.40.1`.
[[nodiscard]] std::string sqlite_library_version();
[[nodiscard]] sqlite_version sqlite_library_number();
/// The exact sources it was built from.
[[nodiscard]] std::string sqlite_library_source();

}  // namespace varve::generator
