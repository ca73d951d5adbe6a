#!/usr/bin/env bash
# Looks for known vulnerabilities that the product's code reaches. Without its database (vuln.go.dev) the check cannot
# run, and says so; anything else that goes wrong is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(scripts/tools.sh)
status=0
output=$(timeout 300 "$tools/govulncheck" ./... 2>&1) || status=$?
if [ "$status" -ne 0 ] && grep -qE 'vuln\.go\.dev' <<<"$output" && grep -qE '^govulncheck: (fetching|.*(dial|lookup|Get ))' <<<"$output"; then
  echo "$output" >&2
  echo "govulncheck: DID NOT RUN, its database does not answer" >&2
  exit 0
fi
echo "$output"
exit "$status"
