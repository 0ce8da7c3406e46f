#pragma once

#include <varve/command_tools.hpp>
#include <varve/migrate.hpp>

#include <concepts>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace varve {

/// The exit codes of `command_line`, documented in docs/exit_codes.md.
enum class exit_code : int {
    success = 0,    ///< done, or current
    failed = 1,     ///< the operation failed; the message says why and what was done
    pending = 2,    ///< `check`, `status --check`: something is pending
    diverged = 3,   ///< history and database disagree
    drifted = 5,    ///< `drift`: the schema is not what the applied migrations make
    cancelled = 4,  ///< stopped by SIGINT, SIGTERM or `options::stop`; what was done before is in the message
    usage = 64      ///< the command line makes no sense
};

/// Arguments after the program's own: `{"migrate", "--to", "7"}`. Made from a list or from a range of `char*`.
class arguments {
public:
    arguments(std::initializer_list<std::string_view> words) : words_(words.begin(), words.end()) {}
    arguments(char** first, char** last) : words_(first, last) {}
    explicit arguments(std::vector<std::string> words) : words_(std::move(words)) {}
    [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

private:
    std::vector<std::string> words_;
};

/// Where a command line writes, and whom it may ask. Colours and the line that shows the running statement are for a
/// terminal only.
struct console {
    std::ostream* out;
    std::ostream* err;
    enum class kind : std::uint8_t { plain, terminal } style = kind::plain;
    std::istream* in = nullptr;  ///< where a person answers; null: nobody can, and what asks needs `--yes`
};
/// Standard output and error; a terminal if standard output is one and NO_COLOR is not set. Asks if standard input is a
/// terminal.
[[nodiscard]] console standard_console();

/// The database commands as part of a program: `shop db status`. Returns the exit code; never throws.
/// `defaults` are the options the program wants (program, observer, lock_wait); the arguments override them.
/// Without tools, commands that need some say so and exit with 64.
/// While a command changes the database, SIGINT and SIGTERM stop it, unless the program cares itself: its
/// `options::stop` can be asked to stop, or it ignores the signal. The handlers it had are put back.
int command_line(engine&, const histories&, const arguments&, const options& defaults = {});
int command_line(engine&, const histories&, const arguments&, const options& defaults, const console&);
int command_line(engine&, const histories&, const arguments&, const command_tools&, const options& defaults = {});
int command_line(engine&, const histories&, const arguments&, const command_tools&, const options& defaults,
                 const console&);

/// The same for an engine whose type is known: with its tools.
template <std::derived_from<engine> Engine>
requires requires(Engine& of) {
    { tools_of(of) } -> std::same_as<command_tools>;
}
int command_line(Engine& database, const histories& known, const arguments& given, const options& defaults = {}) {
    return command_line(database, known, given, tools_of(database), defaults);
}

}  // namespace varve
