#include "asked_repair.hpp"
#include "backup.hpp"
#include "commands.hpp"
#include "confirmation.hpp"
#include "json_of.hpp"
#include "plain_text.hpp"
#include "problem_text.hpp"
#include "shown_progress.hpp"
#include "steps.hpp"
#include "stop_signals.hpp"
#include "write.hpp"

#include <varve/init.hpp>

#include <algorithm>
#include <optional>
#include <span>

/// The commands that change the database. All of them: ask if it is regretted often, perform, show the report.
namespace varve::cli {
namespace {

using operation = report (*)(const session&, const options&);

// What of a script is still to be run: a part of it may be done since an earlier start.
std::span<const statement> rest_of(const step& of, const runnable& script) {
    const auto done = static_cast<std::size_t>(std::max(of.resume_after, 0));
    return std::span(script.statements).subspan(std::min(done, script.statements.size()));
}

void add_note(std::string& text, std::string_view before, std::string_view note) {
    if (!note.empty()) append(text, {before, printable(note), "\n"});
}

std::string dry_run_text(const session& of, const report& planned) {
    std::string text;
    for (const auto& each : planned.done) {
        const runnable script = script_of(each);
        append(text, {"-- ", to_string(each.what), " ", title_of(each, of.known)});
        if (!script.file.empty()) append(text, {" (", printable(script.file), ")"});
        text += '\n';
        add_note(text, "-- note: ", each.note);
        for (const auto& statement : rest_of(each, script)) append(text, {statement.sql, ";\n"});
        text += '\n';
    }
    for (const auto& note : planned.notes) add_note(text, "-- note: ", note);
    append(text, {"-- dry run: ", planned.done.empty() ? "nothing to do" : counted(planned.done.size(), "step"),
                  ", nothing was changed\n"});
    return text;
}

json_array statements_json(const step& of) {
    const runnable script = script_of(of);
    json_array result;
    for (const auto& each : rest_of(of, script)) {
        json_object statement;
        statement.text("sql", each.sql).number("line", each.line).number("column", each.column);
        result.add(statement);
    }
    return result;
}

std::string report_json(const session& of, const report& done) {
    const bool dry = of.how.mode == run_mode::dry;
    json_array steps;
    for (const auto& each : done.done) {
        json_object step = json_of(each);
        if (dry) step.array("statements", statements_json(each));
        steps.add(step);
    }
    json_object result;
    result.text("command", of.asked.what->name).flag("dry_run", dry).array("steps", steps);
    result.array("notes", json_of(done.notes)).number("duration_ms", done.took.count());
    return result.line();
}

std::string report_text(const report& done, const histories& known) {
    std::string text = notes_text(done.notes);
    for (const auto& each : done.done) {
        add_note(text, joined({"note: ", title_of(each, known), ": "}), each.note);
    }
    if (done.done.empty()) return joined({text, "nothing to do\n"});
    return joined({text, counted(done.done.size(), "step"), " in ", duration_text(done.took), "\n"});
}

report perform(const session& of, operation run) {
    if (of.how.mode == run_mode::dry) return run(of, of.how);
    const shown_progress shown(of);
    options how = of.how;
    how.watch = shown.watch();
    return run(of, how);
}

report rehearse(const session& of, operation run) {
    options how = of.how;
    how.mode = run_mode::dry;
    how.watch = nullptr;
    return run(of, how);
}

int change(session& of, operation run) {
    check_can_ask(of);
    if (of.asked.backup) static_cast<void>(backup_of(of));
    if (must_ask(of)) {
        const report planned = rehearse(of, run);
        if (!planned.done.empty() && ask(of, planned.done) == answer::no) {
            write(*of.where.err, "nothing was done\n");
            return static_cast<int>(exit_code::failed);
        }
    }
    save_backup_first(of);
    std::optional<stop_signals> signals;  // not before the question: then they end the program, as ever
    of.how.stop = stop_or_signals(of.how.stop, signals);
    const report done = perform(of, run);
    if (of.asked.format == output::json) {
        write(*of.where.out, report_json(of, done));
    } else {
        write(*of.where.out, of.how.mode == run_mode::dry ? dry_run_text(of, done) : report_text(done, of.known));
    }
    return static_cast<int>(exit_code::success);
}

rollback_to how_far(const invocation& asked) {
    if (!asked.to) return rollback_to::last(asked.last.value_or(1));
    if (asked.to->is_base()) return rollback_to::base();
    if (asked.to->is_newest()) {
        refuse({"nothing stands after the newest migration"},
               {"`rollback --last 1` reverts the last one; `migrate` applies what is pending"});
    }
    return rollback_to::version(asked.to->number());
}

// A version, or the newest one where it is clear of which history.
std::int64_t version_to_record(const session& of) {
    const target& to = *of.asked.to;
    if (to.is_base()) refuse({"nothing stands before the first migration"}, {"see `help baseline`"});
    if (!to.is_newest()) return to.number();
    const auto all = of.known.all();
    if (all.size() != 1) refuse({"there are several histories: head of which?"}, {"say it with `--history NAME`"});
    if (all.front()->empty()) refuse({"this program has no migrations"}, {"there is nothing to record"});
    return (*all.front())[all.front()->size() - 1].version();
}

}  // namespace

int run_migrate(session& of) {
    return change(of, [](const session& in, const options& how) { return migrate(in.database, in.known, how); });
}

int run_rollback(session& of) {
    return change(of, [](const session& in, const options& how) {
        return rollback(in.database, in.known, how_far(in.asked), how);
    });
}

int run_redo(session& of) {
    return change(of, [](const session& in, const options& how) {
        std::optional<std::int64_t> version;
        if (!in.asked.versions.empty()) version = in.asked.versions.front();
        return redo(in.database, in.known, version, how);
    });
}

int run_reset(session& of) {
    return change(of, [](const session& in, const options& how) { return reset(in.database, in.known, how); });
}

int run_init(session& of) {
    return change(of, [](const session& in, const options& how) {
        return init(in.database, in.known, how,
                    {.by = in.tools != nullptr ? in.tools->inspector() : nullptr,
                     .when_different =
                         in.asked.accept_differences ? adoption::differences::accept : adoption::differences::refuse,
                     .scratch_server = in.asked.scratch});
    });
}

int run_renumber(session& of) {
    return change(of, [](const session& in, const options& how) {
        return renumber(in.database, in.known, in.asked.versions[0], in.asked.versions[1], how);
    });
}

int run_baseline(session& of) {
    return change(of, [](const session& in, const options& how) {
        return baseline(in.database, in.known, version_to_record(in), how);
    });
}

int run_repair(session& of) {
    (void)asked_repair(of.asked);  // before anything is asked
    return change(of, [](const session& in, const options& how) {
        return repair(in.database, in.known, asked_repair(in.asked), how);
    });
}

int run_skip(session& of) {
    return change(of, [](const session& in, const options& how) {
        return skip(in.database, in.known, in.asked.versions.front(), how);
    });
}

}  // namespace varve::cli
