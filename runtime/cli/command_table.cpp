#include "command.hpp"
#include "commands.hpp"

#include <algorithm>
#include <array>

namespace varve::cli {
namespace {

constexpr std::array options_table{
    option_entry{option_id::to, "--to", "VERSION",
                 "where to stop: a version, base (before the first), head or newest, +N or -N"},
    option_entry{option_id::last, "--last", "N", "how many of the last applied migrations"},
    option_entry{option_id::transaction, "--transaction", "each|all",
                 "a transaction for each migration, or one for all"},
    option_entry{option_id::send, "--send", "one-by-one|together",
                 "a round trip for each transaction, or many of them in one"},
    option_entry{option_id::out_of_order, "--out-of-order", "",
                 "apply also what stands before an applied released migration"},
    option_entry{option_id::dry_run, "--dry-run", "", "show the statements, change nothing"},
    option_entry{option_id::yes, "--yes", "", "do not ask"},
    option_entry{option_id::reason, "--reason", "TEXT", "why, for the ledger"},
    option_entry{option_id::statement, "--statement", "N", "which statement of a half done script, from 1"},
    option_entry{option_id::done, "--done", "", "the statement took effect; it is not run again"},
    option_entry{option_id::not_done, "--not-done", "", "the statement took no effect; it is run again"},
    option_entry{option_id::not_applied, "--not-applied", "",
                 "nothing of the migration is in the database; it is pending"},
    option_entry{option_id::accept, "--accept", "",
                 "what was applied is as good as the migration that was changed since"},
    option_entry{option_id::lock_wait, "--lock-wait", "SECONDS", "how long to wait for another run; 0: not at all"},
    option_entry{option_id::progress, "--progress", "text|json|none", "how to tell what happens while it happens"},
    option_entry{option_id::when_newer, "--when-newer", "accept|refuse|revert",
                 "what to do with migrations that this program does not contain"},
    option_entry{option_id::wait, "--wait", "SECONDS", "how long somebody else may take to migrate; 0: not at all"},
    option_entry{option_id::timeout, "--timeout", "TIME", "how long to wait (60s): 500ms, 30s, 5min; 0: ask once"},
    option_entry{option_id::current, "--current", "", "wait until nothing is pending, too"},
    option_entry{option_id::lock_timeout, "--lock-timeout", "TIME",
                 "how long a statement waits for a table: 500ms, 10s; 0: without limit"},
    option_entry{option_id::statement_timeout, "--statement-timeout", "TIME", "how long a statement may run: 5min, 1h"},
    option_entry{option_id::check, "--check", "", "exit with 2 if something is pending, 3 if diverged"},
    option_entry{option_id::backup, "--backup", "", "save the database first; see `help backup`"},
    option_entry{option_id::off, "--off", "", "end the protection"},
    option_entry{option_id::accept_differences, "--accept-differences", "",
                 "record everything although the schema is another one"},
    option_entry{option_id::scratch, "--scratch", "URI",
                 "PostgreSQL: another server to make a database on that is thrown away"},
    option_entry{option_id::history, "--history", "NAME", "only this one of the program's histories"},
    option_entry{option_id::json, "--json", "", "one JSON object instead of text"},
    option_entry{option_id::help, "--help", "", "explain the command"},
};

constexpr std::array looking{option_id::history, option_id::json, option_id::help};
constexpr std::array looking_at_status{option_id::check, option_id::history, option_id::json, option_id::help};
constexpr std::array checking{option_id::wait, option_id::when_newer, option_id::history, option_id::json,
                              option_id::help};
constexpr std::array awaiting{option_id::current, option_id::timeout, option_id::when_newer, option_id::progress,
                              option_id::history, option_id::json,    option_id::help};
constexpr std::array planning{option_id::to,         option_id::out_of_order, option_id::transaction,
                              option_id::when_newer, option_id::history,      option_id::json,
                              option_id::help};
constexpr std::array migrating{option_id::to,
                               option_id::transaction,
                               option_id::send,
                               option_id::out_of_order,
                               option_id::when_newer,
                               option_id::dry_run,
                               option_id::yes,
                               option_id::reason,
                               option_id::lock_wait,
                               option_id::lock_timeout,
                               option_id::statement_timeout,
                               option_id::progress,
                               option_id::backup,
                               option_id::history,
                               option_id::json,
                               option_id::help};
constexpr std::array reverting{option_id::to,           option_id::last,
                               option_id::transaction,  option_id::send,
                               option_id::dry_run,      option_id::yes,
                               option_id::reason,       option_id::lock_wait,
                               option_id::lock_timeout, option_id::statement_timeout,
                               option_id::progress,     option_id::backup,
                               option_id::history,      option_id::json,
                               option_id::help};
constexpr std::array redoing{
    option_id::transaction, option_id::send,      option_id::dry_run,      option_id::yes,
    option_id::reason,      option_id::lock_wait, option_id::lock_timeout, option_id::statement_timeout,
    option_id::progress,    option_id::history,   option_id::json,         option_id::help};
constexpr std::array resetting{option_id::transaction, option_id::send,      option_id::dry_run,  option_id::yes,
                               option_id::reason,      option_id::lock_wait, option_id::progress, option_id::backup,
                               option_id::history,     option_id::json,      option_id::help};
constexpr std::array initialising{option_id::accept_differences,
                                  option_id::scratch,
                                  option_id::dry_run,
                                  option_id::reason,
                                  option_id::lock_wait,
                                  option_id::lock_timeout,
                                  option_id::statement_timeout,
                                  option_id::progress,
                                  option_id::history,
                                  option_id::json,
                                  option_id::help};
constexpr std::array comparing{option_id::scratch, option_id::history, option_id::json, option_id::help};
constexpr std::array saving{option_id::json, option_id::help};
constexpr std::array restoring{option_id::yes, option_id::json, option_id::help};
constexpr std::array protecting{option_id::off, option_id::reason, option_id::lock_wait, option_id::json,
                                option_id::help};
constexpr std::array recording{option_id::dry_run,  option_id::yes,     option_id::reason, option_id::lock_wait,
                               option_id::progress, option_id::history, option_id::json,   option_id::help};
constexpr std::array repairing{option_id::statement, option_id::done,     option_id::not_done, option_id::not_applied,
                               option_id::accept,    option_id::dry_run,  option_id::yes,      option_id::reason,
                               option_id::lock_wait, option_id::progress, option_id::history,  option_id::json,
                               option_id::help};
constexpr std::array explaining{option_id::help};

constexpr std::array commands_table{
    command{"status", "", argument_kind::version, 0, 0, looking_at_status, regret::rare,
            "what is applied and what is pending",
            "Also whether the database can be reached, how many tables it has, and at which version it is. Writes "
            "nothing\n"
            "and creates no database.",
            run_status},
    command{"current", "", argument_kind::version, 0, 0, looking, regret::rare, "the version the database is at",
            "The last applied migration of each history, and how many are pending. Writes nothing.", run_current},
    command{
        "migrate", "", argument_kind::version, 0, 0, migrating, regret::rare, "apply what is pending",
        "Each migration is applied once, whoever starts first. With --to VERSION, only up to that version, which is\n"
        "the last one applied; to go back, use rollback. --out-of-order allows a migration that was merged late to\n"
        "be applied after a released one that stands behind it. What a newer program applied stays if older ones can\n"
        "work with it; --when-newer refuse stops at any, revert runs the down scripts that the database kept of them.\n"
        "--to +N applies the next N.",
        run_migrate},
    command{"rollback", "", argument_kind::version, 0, 0, reverting, regret::likely,
            "revert the last migration, or several",
            "Without an option, the last applied migration. With --to VERSION, everything after that version, which\n"
            "stays; with --to base, everything; --to -N is --last N. Runs the down scripts, newest first.",
            run_rollback},
    command{"redo", "[VERSION]", argument_kind::version, 0, 1, redoing, regret::likely,
            "revert a migration and apply it again",
            "Reverts it and what is applied after it, then applies all of that again. For a draft that was edited "
            "after it\n"
            "was applied: it is reverted by the down script that was stored with it. Without a version: every edited "
            "draft\n"
            "and what comes after it; if none was edited, the last one.",
            run_redo},
    command{"renumber", "FROM TO", argument_kind::version, 2, 2, recording, regret::likely,
            "follow a draft that got another version",
            "The ledger's row of FROM becomes the row of TO, whose script is the same. Nothing is run.", run_renumber},
    command{"plan", "", argument_kind::version, 0, 0, planning, regret::rare, "what migrate would do now",
            "Writes nothing. Exits with 3 if there are problems that forbid doing anything.", run_plan},
    command{"history", "", argument_kind::version, 0, 0, looking, regret::rare,
            "the program's migrations, newest first", "The migrations in their order, pending ones too.", run_history},
    command{"log", "", argument_kind::version, 0, 0, looking, regret::rare,
            "whatever happened to the database, oldest first",
            "Every row of the ledger: also what was rolled back, by whom and why.", run_log},
    command{
        "baseline", "VERSION", argument_kind::place, 1, 1, recording, regret::likely,
        "adopt an existing database at a version",
        "Records every migration up to VERSION as applied, without running any. For a database that got its schema\n"
        "before it was migrated by this program. VERSION may be head: everything this program contains.",
        run_baseline},
    command{"skip", "VERSION", argument_kind::version, 1, 1, recording, regret::likely,
            "mark a pending migration as applied", "Records it as applied without running it.", run_skip},
    command{
        "repair", "VERSION", argument_kind::version, 1, 1, repairing, regret::likely,
        "tell the ledger what only a person can know",
        "Of a half done script: --statement N with --done or --not-done. Of a migration that is not in the database,\n"
        "whatever the ledger says: --not-applied. Of a released one that had to be changed after it was applied:\n"
        "--accept takes over the program's checksum. Nothing is run. --reason is needed and kept in the ledger.",
        run_repair},
    command{
        "check", "", argument_kind::version, 0, 0, checking, regret::rare,
        "whether the database is what this program needs",
        "One line. Exits with 0 if it is current, 2 if something is pending, 3 if it diverged. Writes nothing, and\n"
        "needs no more than the right to read the ledger. With --wait, somebody else may migrate meanwhile.",
        run_check},
    command{
        "wait", "", argument_kind::version, 0, 0, awaiting, regret::rare, "wait until the database answers",
        "While the server starts, has no room, or does not have the database yet. With --current until somebody else\n"
        "has migrated it, too: then it exits with 2 if something is still pending at the end, and with 3 at once if\n"
        "history and database disagree. 1: it does not answer. Writes nothing.",
        run_wait},
    command{"init", "", argument_kind::version, 0, 0, initialising, regret::rare, "make the schema in a new database",
            "Runs the program's complete schema in one script, if it has one, and records every migration as applied; "
            "else\n"
            "applies them. A database that has tables and no ledger is only recorded, if its schema is what this "
            "program\n"
            "makes. What is initialised already stays as it is.",
            run_init},
    command{"drift", "", argument_kind::version, 0, 0, comparing, regret::rare,
            "what is not as the applied migrations made it",
            "Runs what is applied on a database that is thrown away, and compares object by object. Exits with 5 if "
            "something\n"
            "is different. Rows, owners and privileges are not compared. Writes nothing.",
            run_drift},
    command{"show-schema", "", argument_kind::version, 0, 0, saving, regret::rare, "the database's schema, as SQL",
            "In an order that depends on nothing but the schema, so that two of them can be compared. Without the "
            "ledger,\n"
            "owners, privileges and rows. Writes nothing.",
            run_show_schema},
    command{"backup", "[FILE]", argument_kind::word, 0, 1, saving, regret::rare, "save the database to a file",
            "Never over an existing file. Without FILE, under a name of its own with the time in it.", run_backup},
    command{"restore", "FILE", argument_kind::word, 1, 1, restoring, regret::likely,
            "make the database what it was in a backup",
            "Everything that is in the database now is replaced. Refused on a protected database.", run_restore},
    command{"protect", "", argument_kind::version, 0, 0, protecting, regret::rare,
            "forbid reset and restore on this database",
            "The ledger remembers it, with who and why, and so in every backup. --off ends it.", run_protect},
    command{"reset", "", argument_kind::version, 0, 0, resetting, regret::likely,
            "revert everything and apply it again",
            "What the migrations did not make stays. Every applied migration needs a down script. Refused on a "
            "protected\n"
            "database.",
            run_reset},
    command{"help", "[COMMAND]", argument_kind::word, 0, 1, explaining, regret::rare,
            "explain the commands, or one of them", "", run_help},
};

}  // namespace

std::span<const command> all_commands() { return commands_table; }
std::span<const option_entry> all_options() { return options_table; }

const command* find_command(std::string_view name) {
    const auto* const found = std::find_if(commands_table.begin(), commands_table.end(),
                                           [&](const command& each) { return each.name == name; });
    return found == commands_table.end() ? nullptr : found;
}

const option_entry& entry_of(option_id id) {
    return *std::find_if(options_table.begin(), options_table.end(),
                         [&](const option_entry& each) { return each.id == id; });
}

}  // namespace varve::cli
