#!/usr/bin/env bash
# Runs every fuzz target of both modules for FUZZTIME (default 5s) and stops at the first that fails.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${FUZZTIME:=5s}"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

fuzz() { # module, package folder in it, target
  go -C "$1" test -run='^$' -fuzz="^$3\$" -fuzztime="$FUZZTIME" "./$2" 2>&1 | tee "$log"
}

# A target whose time ends while a worker is busy can fail with this message though no input failed (golang/go#75804).
ended_late() {
  grep -q 'context deadline exceeded' "$log" && ! grep -q 'Failing input written' "$log"
}

count=0
while IFS=: read -r file target; do
  module=.
  folder=$(dirname "$file")
  case "$folder" in
    dev/*) module=dev folder=${folder#dev/} ;;
  esac
  count=$((count + 1))
  if fuzz "$module" "$folder" "$target"; then continue; fi
  if ended_late && fuzz "$module" "$folder" "$target"; then continue; fi
  echo "fuzz: $target in $folder failed" >&2
  exit 1
done < <(git ls-files --cached --others --exclude-standard '*_test.go' | sort |
  xargs grep -HoE '^func Fuzz[A-Za-z0-9_]+' /dev/null | sed 's/:func /:/')
echo "fuzz: $count targets, $FUZZTIME each"
