#include <commands/replay_arguments.hpp>

#include <CLI/CLI.hpp>

namespace varve::generator {
namespace {

void read_function(const std::string& text, replay_options& target) {
    const auto function = parse_stand_in_function(text);
    if (!function) {
        throw CLI::ValidationError("--sqlite-function",
                                   "'" + text +
                                       "' is not a function: write its name, or its name, a slash "
                                       "and the number of its arguments: slugify/1; behind that :aggregate if it is "
                                       "one");
    }
    target.functions.push_back(*function);
}

void read_target(const std::string& text, replay_options& target) {
    target.target = parse_sqlite_version(text);
    if (target.target) return;
    throw CLI::ValidationError("--sqlite-target-version",
                               "'" + text + "' is not a version of SQLite 3: write it like 3.31 or 3.31.1");
}

void read_mode(const std::string& text, replay_options& target) {
    if (text != "on" && text != "off") {
        throw CLI::ValidationError("--replay", "'" + text + "' is none of: on off");
    }
    target.mode = text == "on" ? replay_mode::on : replay_mode::off;
}

}  // namespace

void add_replay_arguments(CLI::App& command, replay_options& target) {
    command
        .add_option_function<std::string>(
            "--replay", [&target](const std::string& text) { read_mode(text, target); },
            "on or off: run a SQLite history on a database in memory")
        ->type_name("MODE");
    command
        .add_option_function<std::vector<std::string>>(
            "--sqlite-function",
            [&target](const std::vector<std::string>& all) {
                for (const auto& each : all) read_function(each, target);
            },
            "a function that the application registers, and how many arguments it has; may be repeated")
        ->type_name("NAME[/COUNT][:aggregate]")
        ->allow_extra_args(false);
    command.add_option("--sqlite-collation", target.collations, "a collation that it registers; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command
        .add_option_function<std::string>(
            "--sqlite-target-version", [&target](const std::string& text) { read_target(text, target); },
            "the oldest SQLite that the scripts are to run on")
        ->type_name("VERSION");
    command
        .add_option_function<std::string>(
            "--cache", [&target](const std::string& text) { target.cache = std::filesystem::path(text); },
            "where to keep what was found out before")
        ->type_name("DIRECTORY");
}

}  // namespace varve::generator
