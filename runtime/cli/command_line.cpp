#include <varve/command_line.hpp>

#include "command.hpp"
#include "help_text.hpp"
#include "json_of.hpp"
#include "parse.hpp"
#include "plain_text.hpp"
#include "write.hpp"

#include <algorithm>
#include <ostream>

namespace varve {
namespace {

using cli::invocation;
using cli::joined;
using cli::json_object;
using cli::printable_lines;
using cli::usage_problem;
using cli::write;

histories chosen(const histories& known, const std::optional<std::string>& name) {
    if (!name) return known;
    std::string names;
    for (const history* each : known.all()) {
        if (each->name == *name) return histories(std::vector<const history*>{each});
        cli::append(names, {names.empty() ? "" : ", ", each->name});
    }
    cli::refuse({"this program has no history `", *name, "`"}, {"it has: ", names});
}

options wishes(const invocation& asked, options how) {
    if (asked.to) how.to = *asked.to;
    if (asked.transactions) how.transactions = *asked.transactions;
    if (asked.send) how.send = *asked.send;
    if (asked.lock_wait) how.lock_wait = *asked.lock_wait;
    if (asked.when_newer) how.when_newer = *asked.when_newer;
    constexpr auto every_script = time_limit::scope::every_script;
    if (asked.lock_timeout) how.lock_timeout = {*asked.lock_timeout, every_script};
    if (asked.statement_timeout) how.statement_timeout = {*asked.statement_timeout, every_script};
    if (asked.reason) how.reason = *asked.reason;
    if (asked.when_out_of_order == out_of_order::allow) how.when_out_of_order = out_of_order::allow;
    if (asked.mode == run_mode::dry) how.mode = run_mode::dry;
    return how;
}

// What the program gave.
struct call {
    engine& database;
    const histories& known;
    const arguments& given;
    const options& defaults;
    const console& where;
    const command_tools* tools;
};

int run(const call& of) {
    const console& where = of.where;
    const invocation asked = cli::parse(of.given.words());
    if (asked.what == nullptr) {
        write(*where.err, cli::help_text());
        return static_cast<int>(exit_code::usage);
    }
    if (asked.help) {
        write(*where.out, cli::help_text(*asked.what));
        return static_cast<int>(exit_code::success);
    }
    const histories some = chosen(of.known, asked.history);
    cli::session now{of.database, some, asked, wishes(asked, of.defaults), where, of.tools};
    return asked.what->run(now);
}

exit_code code_of(error_code what) {
    if (what == error_code::diverged) return exit_code::diverged;
    if (what == error_code::cancelled) return exit_code::cancelled;
    return what == error_code::pending ? exit_code::pending : exit_code::failed;
}

// Says what went wrong to people and, if they asked for it, to programs.
class failure_report {
public:
    failure_report(const arguments& given, const console& where) : words_(given.words()), where_(where) {}

    [[nodiscard]] int tell(const usage_problem& what) const {
        say({"error: ", what.message, what.hint.empty() ? "" : "\n  hint: ", what.hint});
        json_object detail;
        detail.text("code", "usage").text("message", what.message).text_or_null("hint", what.hint);
        return ended(detail, exit_code::usage);
    }
    [[nodiscard]] int tell(const error& what) const {
        say({what.what()});
        return ended(cli::json_of(what), code_of(what.code()));
    }
    [[nodiscard]] int tell(std::string_view what) const {
        say({"error: ", what});
        return ended(json_object().text("code", "other").text("message", what), exit_code::failed);
    }

private:
    void say(core::pieces pieces) const { write(*where_.err, joined({printable_lines(joined(pieces)), "\n"})); }
    [[nodiscard]] int ended(const json_object& detail, exit_code code) const {
        if (std::find(words_.begin(), words_.end(), "--json") != words_.end()) {
            json_object result;
            words_.front() == "--json" ? result.null("command") : result.text("command", words_.front());
            write(*where_.out, result.object("error", detail).line());
        }
        return static_cast<int>(code);
    }

    const std::vector<std::string>& words_;
    const console& where_;
};

int run_and_report(const call& of) {
    const failure_report failure(of.given, of.where);
    try {
        const int code = run(of);
        if (of.where.out->good()) return code;
        return failure.tell("the output could not be written");
    } catch (const usage_problem& what) {
        return failure.tell(what);
    } catch (const error& what) {
        return failure.tell(what);
    } catch (const std::exception& what) {
        return failure.tell(what.what());
    } catch (...) {
        return failure.tell("something that is not a std::exception was thrown, perhaps by an observer");
    }
}

int run_always(const call& of) {
    try {
        return run_and_report(of);
    } catch (...) {
        // Even telling failed: no memory, or a stream that throws. The exit code is all that is left.
        return static_cast<int>(exit_code::failed);
    }
}

}  // namespace

int command_line(engine& database, const histories& known, const arguments& given, const options& defaults,
                 const console& where) {
    return run_always({database, known, given, defaults, where, nullptr});
}

int command_line(engine& database, const histories& known, const arguments& given, const options& defaults) {
    return command_line(database, known, given, defaults, standard_console());
}

// NOLINTNEXTLINE(readability-function-size): the words of the others, and the tools
int command_line(engine& database, const histories& known, const arguments& given, const command_tools& tools,
                 const options& defaults, const console& where) {
    return run_always({database, known, given, defaults, where, &tools});
}

int command_line(engine& database, const histories& known, const arguments& given, const command_tools& tools,
                 const options& defaults) {
    return command_line(database, known, given, tools, defaults, standard_console());
}

}  // namespace varve
