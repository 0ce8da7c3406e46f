#!/bin/sh
# Before the new program is rolled out: its database gets what it needs. The old program goes on meanwhile, so a
# migration that it cannot work with belongs into a later release (docs/directives.md: breaks-older).
# usage: pre_deploy.sh PROGRAM DATABASE; exits as docs/exit_codes.md says
set -eu
program=$1 database=$2
"$program" "$database" db wait --timeout 60s
"$program" "$database" db plan # for the log; ends this with 3 if history and database disagree
"$program" "$database" db migrate --reason "deployment ${CI_COMMIT:-by hand}"
