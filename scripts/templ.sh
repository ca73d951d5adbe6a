#!/usr/bin/env bash
# Checks that the Go code of every .templ page is the one that templ generates now. Generates beside the tree, not in it.
set -euo pipefail
cd "$(dirname "$0")/.."

pages=$(git ls-files --cached --others --exclude-standard '*.templ')
if [ -z "$pages" ]; then
  exit 0
fi
tools=$(scripts/tools.sh)
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
cp go.mod "$fresh/"
while IFS= read -r page; do
  mkdir -p "$fresh/$(dirname "$page")"
  cp "$page" "$fresh/$page"
done <<<"$pages"
(cd "$fresh" && "$tools/templ" generate -log-level error)

stale=0
while IFS= read -r page; do
  generated=${page%.templ}_templ.go
  if ! diff -u "$generated" "$fresh/$generated" >&2; then
    echo "templ: $generated is not what $page says: run make generate" >&2
    stale=1
  fi
done <<<"$pages"
exit "$stale"
