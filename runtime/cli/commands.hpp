#pragma once

#include "command.hpp"

/// What each command does: calls the operation, shows the result, returns the exit code. They throw `varve::error`
/// and `usage_problem`.
namespace varve::cli {

int run_status(session&);
int run_check(session&);
int run_wait(session&);
int run_history(session&);
int run_log(session&);
int run_plan(session&);
int run_migrate(session&);
int run_rollback(session&);
int run_redo(session&);
int run_renumber(session&);
int run_baseline(session&);
int run_skip(session&);
int run_repair(session&);
int run_current(session&);
int run_show_schema(session&);
int run_backup(session&);
int run_restore(session&);
int run_protect(session&);
int run_reset(session&);
int run_init(session&);
int run_drift(session&);
int run_help(session&);

}  // namespace varve::cli
