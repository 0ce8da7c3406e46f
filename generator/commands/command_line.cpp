#include <commands/check.hpp>
#include <commands/command_line.hpp>
#include <commands/document.hpp>
#include <commands/down.hpp>
#include <commands/embed.hpp>
#include <commands/lint_arguments.hpp>
#include <commands/lock.hpp>
#include <commands/new_migration.hpp>
#include <commands/replay_arguments.hpp>
#include <emit/cpp_namespace.hpp>
#include <replay/replay.hpp>
#include <source/source_checksum.hpp>
#include <source/variables.hpp>
#include <source/version.hpp>
#include <sql/postgresql_parser.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <new>
#include <ostream>
#include <utility>

namespace varve::generator {
namespace {

namespace fs = std::filesystem;

template <typename Value>
using choices = std::vector<std::pair<std::string, Value>>;

const choices<engine_kind> engines{{"sqlite", engine_kind::sqlite}, {"postgresql", engine_kind::postgresql}};
const choices<output_format> formats{{"text", output_format::text},
                                     {"json", output_format::json},
                                     {"sarif", output_format::sarif},
                                     {"github", output_format::github}};

// Everything the arguments can say; each command reads its part.
struct arguments {
    embed_request embed;
    new_request fresh;
    output_format format = output_format::text;
    std::vector<std::string> downs;
    std::vector<std::string> accepted;
    bool own_ledger = false;
    bool require_locked = false;
    bool require_down = false;
    bool with_timestamp = false;
    bool without_down = false;
    std::string version;
    bool write = false;
    std::filesystem::path document;
    bool only_check = false;
};

// A path as the user typed it, in the bytes of the standard library's narrow strings.
void add_path(CLI::App& command, const char* name, fs::path& target, const char* help, const char* placeholder) {
    command
        .add_option_function<std::string>(
            name, [&target](const std::string& text) { target = fs::path(text); }, help)
        ->type_name(placeholder);
}

// An option that is one of a few words.
template <typename Value, typename Target>
CLI::Option* add_choice(CLI::App& command, const char* name, Target& target, const choices<Value>& allowed,
                        const char* help) {
    const auto find = [&allowed](const std::string& word) {
        return std::find_if(allowed.begin(), allowed.end(), [&](const auto& each) { return each.first == word; });
    };
    const auto check = [&allowed, find](std::string& word) {
        if (find(word) != allowed.end()) return std::string();
        std::string why = "'" + word + "' is none of:";
        for (const auto& each : allowed) why += " " + each.first;
        return why;
    };
    return command
        .add_option_function<std::string>(
            name, [&target, find](const std::string& word) { target = find(word)->second; }, help)
        ->check(CLI::Validator(check, ""));
}

std::string why_not_a_version(const std::string& text) {
    return parse_version(text) ? "" : "'" + text + "' is not a version: write the number in front of the file's name";
}

constexpr int oldest_postgresql = 9;
constexpr int latest_postgresql = 99;

void add_grammar(CLI::App& command, grammar_options& to) {
    command
        .add_option("--pg-target-version", to.target_version,
                    "the server's major version: what an older grammar refuses is then a warning")
        ->type_name("MAJOR")
        ->check(CLI::Range(oldest_postgresql, latest_postgresql));
}

void add_source(CLI::App& command, arguments& to) {
    load_request& source = to.embed.source;
    add_path(command, "--directory", source.directory, "the directory of the migrations", "DIRECTORY");
    add_choice(command, "--engine", source.engine, engines, "sqlite or postgresql")->required()->type_name("ENGINE");
    command.add_option("--name", source.name, "the history's name: the ledger's key, for ever")
        ->required()
        ->type_name("HISTORY");
    add_path(command, "--lock-file", source.lock_file,
             "the released migrations; if not given, ENGINE.lock in the directory", "FILE");
    add_path(
        command, "--schema", source.master,
        "the complete schema in one script, which makes what the migrations make; without --directory, all there is",
        "FILE");
    add_choice(command, "--format", to.format, formats, "how diagnostics are printed: text, json, sarif or github")
        ->type_name("FORMAT");
    command
        .add_option_function<std::vector<std::string>>(
            "--variable",
            [&source](const std::vector<std::string>& assignments) {
                for (const std::string& each : assignments) {
                    const std::size_t equals = each.find('=');
                    source.variables[each.substr(0, equals)] = each.substr(equals + 1);
                }
            },
            "what scripts write as ${NAME}; may be repeated")
        ->type_name("NAME=VALUE")
        ->check(CLI::Validator([](std::string& text) { return why_not_a_variable(text); }, ""));
    add_replay_arguments(command, to.embed.review.replay);
    add_lint_arguments(command, to.embed.review.lint);
    command.add_flag("--own-ledger", to.own_ledger)->group("");
    add_grammar(command, source.grammar);
}

void add_require_locked(CLI::App& command, arguments& to) {
    command.add_flag("--require-locked", to.require_locked, "a draft (not in the lock file yet) is an error");
}

void add_require_down(CLI::App& command, arguments& to) {
    command.add_flag("--require-down", to.require_down,
                     "a draft without a down script that is not irreversible is an error");
}

void add_embed(CLI::App& program, arguments& to) {
    CLI::App* command = program.add_subcommand("embed", "Write a directory of migrations as a C++ source and header.");
    add_source(*command, to);
    add_require_locked(*command, to);
    add_require_down(*command, to);
    command
        ->add_option("--namespace", to.embed.name_space, "the namespace of the generated history: shop, company::shop")
        ->required()
        ->type_name("NAMESPACE")
        ->check(CLI::Validator([](std::string& text) { return why_not_a_namespace(text); }, ""));
    add_path(*command, "--cpp", to.embed.cpp, "the source to write", "FILE");
    add_path(*command, "--header", to.embed.header, "the header to write", "FILE");
    add_path(*command, "--stamp", to.embed.stamp, "a file written whenever the others are right", "FILE");
    add_path(*command, "--depfile", to.embed.depfile, "a Make rule that names everything that was read", "FILE");
    command
        ->add_option("--code", to.embed.code,
                     "a migration written in C++ that the build compiles: its file's name; may be repeated")
        ->type_name("NAME");
    for (const char* each : {"--cpp", "--header", "--stamp"}) command->get_option(each)->required();
}

void add_check(CLI::App& program, arguments& to) {
    CLI::App* command = program.add_subcommand("check", "Check everything that embed checks; write nothing.");
    add_source(*command, to);
    add_require_locked(*command, to);
    add_require_down(*command, to);
}

void add_lock(CLI::App& program, arguments& to) {
    CLI::App* command = program.add_subcommand("lock", "Release the drafts: append them to the lock file.");
    add_source(*command, to);
    add_require_down(*command, to);
    const CLI::Validator version([](std::string& text) { return why_not_a_version(text); }, "");
    CLI::Option* downs =
        command->add_option("--down", to.downs, "release the corrected down of this version instead; may be repeated")
            ->type_name("VERSION")
            ->envname("VARVE_LOCK_DOWN")
            ->check(version);
    command->add_option("--accept", to.accepted, "release this version as it is now, although it was; may be repeated")
        ->type_name("VERSION")
        ->envname("VARVE_LOCK_ACCEPT")
        ->check(version)
        ->excludes(downs);
}

void add_down(CLI::App& program, arguments& to) {
    CLI::App* command = program.add_subcommand("down", "Print what undoes a migration, as far as it can be inferred.");
    command->add_option("version", to.version, "the migration: the number in front of its file's name")
        ->required()
        ->type_name("")
        ->check(CLI::Validator([](std::string& text) { return why_not_a_version(text); }, ""));
    add_source(*command, to);
    command->add_flag("--write", to.write, "write the down script instead, if everything has an inverse");
}

void add_docs(CLI::App& program, arguments& to) {
    CLI::App* command = program.add_subcommand("docs", "Write the schema and the migrations as Markdown.");
    add_source(*command, to);
    add_path(*command, "--output", to.document, "the file to write, if it is different; else standard output", "FILE");
    command->add_flag("--check", to.only_check, "write nothing; fail if the file is not up to date")
        ->needs(command->get_option("--output"));
}

void add_new(CLI::App& program, arguments& to) {
    CLI::App* command = program.add_subcommand("new", "Make the files of a new migration and print their names.");
    command->alias("create");
    command->add_option("title", to.fresh.title, "what it does: \"Add user preferences\"")->required()->type_name("");
    to.fresh.directory = "migrations";
    add_path(*command, "--directory", to.fresh.directory, "where; if not given, migrations", "DIRECTORY");
    add_choice(*command, "--engine", to.fresh.engine, engines, "for this engine only")->type_name("ENGINE");
    add_path(*command, "--template", to.fresh.up_template, "what the up script begins with", "FILE");
    command->add_flag("--timestamp", to.with_timestamp, "number it with the time, in UTC: 20260107093000");
    command->add_flag("--no-down", to.without_down, "make no down script");
}

// Two outputs in one file would be the later one alone. Empty if there is no such file.
std::string same_output(const embed_request& request) {
    std::vector<fs::path> outputs{request.cpp, request.header, request.stamp, kept_scripts_path(request)};
    if (!request.depfile.empty()) outputs.push_back(request.depfile);
    for (fs::path& each : outputs) {
        std::error_code failure;
        const fs::path whole = fs::weakly_canonical(each, failure);
        if (!failure) each = whole;
    }
    std::sort(outputs.begin(), outputs.end());
    const auto twice = std::adjacent_find(outputs.begin(), outputs.end());
    return twice == outputs.end() ? std::string() : twice->string();
}

std::string version_text() {
    std::string text = "varve " VARVE_VERSION "\ncontract " + std::to_string(contract_number) + "\nchecksum rules";
    for (const auto& rule : checksum_rules()) text += " " + std::to_string(rule.number);
    const std::optional<int> grammar = postgresql_parser_version();
    text += " " + std::to_string(source_rule);
    text += "\npostgresql grammar " + (grammar ? std::to_string(*grammar) : std::string("none"));
    const std::string sqlite = replaying_sqlite();
    text += "\nsqlite replay " + (sqlite.empty() ? "none" : sqlite);
    return text;
}

// What the flags mean to the commands.
void settle(arguments& given) {
    load_request& source = given.embed.source;
    if (given.own_ledger) source.owner = history_owner::varve;
    if (given.require_locked) source.drafts = draft_policy::refuse;
    if (given.require_down) source.downs = down_policy::required;
    for (const auto& each : given.downs) source.corrected_downs.push_back(*parse_version(each));
    for (const auto& each : given.accepted) source.accepted.push_back(*parse_version(each));
    if (given.with_timestamp) given.fresh.how = numbering::timestamp;
    if (given.without_down) given.fresh.scripts = scripts_wanted::up_only;
}

int to_int(exit_code code) { return static_cast<int>(code); }

int refuse(std::ostream& err, const std::string& why) {
    err << "varve: error: " << why << "\n  hint: varve --help, or varve COMMAND --help, lists what there is\n";
    return to_int(exit_code::usage);
}

// What the parser cannot say: one of two is needed, and some commands are about migrations alone.
std::string why_not_complete(const CLI::App& command, const arguments& given) {
    const load_request& source = given.embed.source;
    if (!source.directory.empty()) return {};
    const bool needs_migrations = command.get_name() == "lock" || command.get_name() == "down";
    if (source.master.empty() || needs_migrations) return "--directory is required";
    if (given.require_locked || given.require_down || !source.lock_file.empty()) {
        return "without --directory there are no migrations: --require-locked, --require-down and --lock-file mean "
               "nothing";
    }
    return {};
}

exit_code run_history_command(const CLI::App& command, arguments& given, const console& terminal) {
    load_request& source = given.embed.source;
    if (command.get_name() == "embed") {
        given.embed.review.replay.use = cache_use::read_and_write;
        return embed(given.embed, terminal);
    }
    if (command.get_name() == "check") return check(source, given.embed.review, terminal);
    source.drafts = draft_policy::silent;
    if (command.get_name() == "docs") {  // what a build finds is its own to say
        given.embed.review.replay.mode = replay_mode::off;
        given.embed.review.lint.profile = lint_profile::off;
        return document(
            {source, given.embed.review, given.document, given.only_check ? document_use::check : document_use::write},
            terminal);
    }
    if (command.get_name() == "down") {
        return down({source, *parse_version(given.version), given.write ? down_output::written : down_output::printed},
                    terminal);
    }
    return lock(source, given.embed.review, terminal);
}

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

int run_command(const CLI::App& command, arguments& given, std::ostream& out, std::ostream& err) {
    settle(given);
    if (given.embed.source.grammar.target_version && given.embed.source.engine != engine_kind::postgresql) {
        return refuse(err, "--pg-target-version is for --engine postgresql");
    }
    if (command.get_name() == "embed") {
        const std::string twice = same_output(given.embed);
        if (!twice.empty()) return refuse(err, "two outputs are to be written to the same file: " + twice);
    }
    const console terminal{out, err, given.format};
    if (command.get_name() == "new") return to_int(new_migration(given.fresh, now(), terminal));
    if (const std::string why = why_not_complete(command, given); !why.empty()) return refuse(err, why);
    return to_int(run_history_command(command, given, terminal));
}

int parse_and_run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    CLI::App program("varve compiles a directory of SQL migrations into a C++ program.", "varve");
    arguments given;
    program.set_version_flag("--version", version_text());
    program.require_subcommand(1);
    for (const auto add : {add_embed, add_check, add_lock, add_new, add_down, add_docs}) add(program, given);
    try {
        program.parse(argc, argv);
    } catch (const CLI::Success& asked_for_text) {
        return program.exit(asked_for_text, out, err);
    } catch (const CLI::ParseError& error) {
        return refuse(err, error.what());
    }
    return run_command(*program.get_subcommands().front(), given, out, err);
}

// A pipe that nobody reads, a full disk: what was asked for is not there.
int after_flushing(int code, std::ostream& out, std::ostream& err) {
    if (out.flush()) return code;
    err << "varve: error: standard output cannot be written\n";
    return to_int(exit_code::unreadable);
}

}  // namespace

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    try {
        const int code = parse_and_run(argc, argv, out, err);
        return after_flushing(code, out, err);
    } catch (const std::bad_alloc&) {
        err << "varve: error: there is not enough memory for these migrations\n";
    } catch (const std::exception& error) {
        err << "varve: error: " << error.what() << '\n';
    }
    return to_int(exit_code::unreadable);
}

}  // namespace varve::generator
