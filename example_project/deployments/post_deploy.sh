#!/bin/sh
# After the roll-out: the database is what the new program needs, and no program that is newer has changed it meanwhile.
# usage: post_deploy.sh PROGRAM DATABASE; exits as docs/exit_codes.md says
set -eu
program=$1 database=$2
"$program" "$database" db status
"$program" "$database" db check --when-newer refuse
