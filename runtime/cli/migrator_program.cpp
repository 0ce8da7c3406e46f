#include <varve/migrator_program.hpp>

#include "write.hpp"

#include "core/text.hpp"

#include <cstdlib>
#include <exception>
#include <optional>
#include <vector>

namespace varve {
namespace {

constexpr std::string_view database_option = "--database";

int refuse(std::string_view program, std::string_view why) {
    cli::write(*standard_console().err,
               core::joined({"error: ", why, "\nusage: ", program, " [--database DATABASE] COMMAND [options]\n",
                             "  DATABASE: a SQLite file or postgresql://user@host/name; else from the variable",
                             " DATABASE_URL,\n  which others do not see in the list of processes\n  ", program,
                             " help: the commands\n"}));
    return static_cast<int>(exit_code::usage);
}

// From the front of the words: what follows the command is the command's own.
std::optional<std::string> take_database(std::vector<std::string>& words) {
    if (words.empty() || !words.front().starts_with(database_option)) return std::nullopt;
    const std::string first = words.front();
    if (first == database_option && words.size() > 1) {
        std::string value = words[1];
        words.erase(words.begin(), words.begin() + 2);
        return value;
    }
    if (!first.starts_with(core::joined({database_option, "="}))) return std::nullopt;
    words.erase(words.begin());
    return first.substr(database_option.size() + 1);
}

bool needs_no_database(const std::vector<std::string>& words) {
    return words.empty() || words.front() == "help" || words.front() == "--help" || words.front() == "-h";
}

int call_with_database(std::string_view program, const arguments& given,
                       const std::function<int(const migrator_call&)>& run) {
    std::vector<std::string> words = given.words();
    if (!words.empty()) words.erase(words.begin());
    const std::optional<std::string> named = take_database(words);
    const char* const variable = std::getenv("DATABASE_URL");
    std::string database = named.value_or(variable == nullptr ? "" : variable);
    // An engine is never asked for help, but must be made.
    if (database.empty() && needs_no_database(words)) database = ":memory:";
    if (database.empty()) return refuse(program, "there is no database to work on");
    return run({.database = std::move(database), .words = arguments(std::move(words))});
}

}  // namespace

int migrator(std::string_view program, const arguments& words, const std::function<int(const migrator_call&)>& run) {
    try {
        return call_with_database(program, words, run);
    } catch (const std::exception& what) {
        try {
            cli::write(*standard_console().err, core::joined({"error: ", what.what(), "\n"}));
        } catch (...) {
            return static_cast<int>(exit_code::failed);
        }
        return static_cast<int>(exit_code::failed);
    }
}

}  // namespace varve
