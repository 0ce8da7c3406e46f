#pragma once

#include <varve/command_line.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "core/text.hpp"

namespace varve::cli {

enum class option_id : std::uint8_t {
    to,
    last,
    transaction,
    send,
    out_of_order,
    dry_run,
    yes,
    reason,
    statement,
    done,
    not_done,
    not_applied,
    accept,
    lock_wait,
    progress,
    when_newer,
    wait,
    timeout,
    current,
    lock_timeout,
    statement_timeout,
    check,
    backup,
    off,
    accept_differences,
    scratch,
    history,
    json,
    help
};

/// An option as it is written and explained.
struct option_entry {
    option_id id;
    std::string_view word;   ///< `--to`
    std::string_view value;  ///< `VERSION`; empty: takes none
    std::string_view summary;
};

/// Whether people regret it often enough to be asked first.
enum class regret : std::uint8_t { rare, likely };

/// What the words after the command are.
enum class argument_kind : std::uint8_t {
    version,
    place,  ///< a version, or `head`
    word
};

struct invocation;
struct session;

/// One command: what the parser accepts, what `help` says, what runs.
struct command {
    std::string_view name;
    std::string_view arguments;  ///< for the help, `FROM TO`
    argument_kind takes;
    std::size_t least_arguments;
    std::size_t most_arguments;
    std::span<const option_id> options;
    regret asks;
    std::string_view summary;  ///< one line
    std::string_view details;  ///< the rest of its help
    int (*run)(session&);
};

[[nodiscard]] std::span<const command> all_commands();
[[nodiscard]] const command* find_command(std::string_view name);
[[nodiscard]] const option_entry& entry_of(option_id);
[[nodiscard]] std::span<const option_entry> all_options();

enum class output : std::uint8_t { text, json };
/// How what happens is told while it happens.
enum class telling : std::uint8_t { text, json, none };

/// A command line that makes sense.
struct invocation {
    const command* what = nullptr;
    std::vector<std::string> words;      ///< positional arguments
    std::vector<std::int64_t> versions;  ///< the same as numbers, if they are versions
    std::optional<target> to;
    std::optional<std::size_t> last;
    std::optional<grouping> transactions;
    std::optional<sending> send;
    std::optional<std::chrono::milliseconds> lock_wait;
    std::optional<newer_database> when_newer;
    std::chrono::milliseconds wait{0};
    std::chrono::milliseconds timeout{60'000};
    std::optional<std::chrono::milliseconds> lock_timeout;
    std::optional<std::chrono::milliseconds> statement_timeout;
    std::optional<std::string> reason;
    std::int32_t statement = 0;
    std::optional<repair_kind> repair;
    std::optional<std::string> history;
    output format = output::text;
    std::optional<telling> progress;  ///< without it as `format` says: text, or nothing
    run_mode mode = run_mode::perform;
    varve::out_of_order when_out_of_order = varve::out_of_order::refuse;
    bool yes = false;
    bool check = false;
    bool current = false;
    bool backup = false;
    bool off = false;
    bool accept_differences = false;
    std::string scratch;  ///< a server for a database that may be thrown away
    bool help = false;
};

/// Everything a command works with.
struct session {
    engine& database;
    histories known;  ///< the chosen ones
    const invocation& asked;
    options how;  ///< the program's defaults with the command line's wishes over them
    const console& where;
    const command_tools* tools = nullptr;
};

/// A command line that makes no sense: exit code 64.
struct usage_problem {
    std::string message;
    std::string hint;
};
/// Throws one; message and hint in pieces.
[[noreturn]] void refuse(core::pieces message, core::pieces hint);

}  // namespace varve::cli
