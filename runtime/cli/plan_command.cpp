#include "commands.hpp"
#include "json_of.hpp"
#include "plain_text.hpp"
#include "problem_text.hpp"
#include "steps.hpp"
#include "text_table.hpp"
#include "write.hpp"

namespace varve::cli {
namespace {

std::string steps_text(const session& of, const plan& todo) {
    text_table table({{"step"},
                      {"history"},
                      {"version", alignment::right},
                      {"name"},
                      {"statements", alignment::right},
                      {"file"},
                      {"note"}});
    const bool several = of.known.all().size() > 1;
    for (const auto& each : todo.steps) {
        const runnable script = script_of(each);
        table.add(to_string(each.what), tint::waiting);
        table.add(several && each.owner != nullptr ? each.owner->name : "");
        table.add(digits(each.version));
        table.add(each.name);
        table.add(runs_script(each) ? digits(static_cast<std::int64_t>(script.statements.size())) : "");
        table.add(script.file);
        table.add(each.note);
    }
    return table.empty() ? "" : table.text(of.where.style);
}

std::string plan_text(const session& of, const plan& todo) {
    std::string text =
        joined({steps_text(of, todo), problems_text(todo.problems, of.where.style), notes_text(todo.notes)});
    if (!text.empty()) text += '\n';
    if (!todo.ok()) {
        append(text, {counted(todo.problems.size(), "problem"), ": nothing may be done\n"});
    } else {
        append(text, {todo.steps.empty() ? "nothing to do" : counted(todo.steps.size(), "step"), "\n"});
    }
    return text;
}

std::string plan_json(const plan& todo) {
    json_array steps;
    for (const auto& each : todo.steps) {
        json_object step = json_of(each);
        steps.add(step.number("statements", static_cast<std::int64_t>(script_of(each).statements.size())));
    }
    json_object result;
    result.text("command", "plan").array("steps", steps).array("problems", json_of(todo.problems));
    return result.array("notes", json_of(todo.notes)).line();
}

}  // namespace

int run_plan(session& of) {
    const plan todo = plan_for(of.database, of.known, of.how);
    write(*of.where.out, of.asked.format == output::json ? plan_json(todo) : plan_text(of, todo));
    return static_cast<int>(todo.ok() ? exit_code::success : exit_code::diverged);
}

}  // namespace varve::cli
