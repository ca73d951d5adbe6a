#!/usr/bin/env bash
# Builds the tools pinned in dev/tools/go.mod once for each version of that file and prints the folder they are in.
set -euo pipefail
cd "$(dirname "$0")/.."

key=$( (go version; cat dev/tools/go.mod dev/tools/go.sum) | git hash-object --stdin)
folder=$PWD/.koppel/tools/${key:0:16}
if [ ! -d "$folder" ]; then
  echo "building the tools of dev/tools (about two minutes, once)" >&2
  unfinished=$folder.$$
  trap 'rm -rf "$unfinished"' EXIT
  mkdir -p "$unfinished"
  go -C dev/tools build -o "$unfinished/" tool
  # Another make may have been quicker; its folder holds the same programs.
  mv -T "$unfinished" "$folder" 2>/dev/null || [ -d "$folder" ] || mv "$unfinished" "$folder"
fi
echo "$folder"
