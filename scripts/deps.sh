#!/usr/bin/env bash
# Finds what Koppel needs from the system and installs it where that is possible without asking; else says what to
# install. Usage: scripts/deps.sh [run|test]
#   run   PostgreSQL's programs, unless DATABASE_URL names a server
#   test  PostgreSQL's programs, unless KOPPEL_TEST_DATABASE_URL names a server, and a C compiler (race detector, sqlc)
set -euo pipefail

purpose=${1:-test}
case "$purpose" in
  run | test) ;;
  *) echo "usage: $0 [run|test]" >&2; exit 2 ;;
esac

say() { echo "deps: $*" >&2; }

# The same places, in the same order, as internal/testkit/postgres_programs.go.
has_postgres() {
  local program folder
  if program=$(command -v postgres) && [ -x "$(dirname "$(resolve "$program")")/initdb" ]; then
    return 0
  fi
  for folder in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /usr/pgsql-*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
      return 0
    fi
  done
  return 1
}

# resolve follows links; readlink -f is missing on older macOS.
resolve() {
  local path=$1 target
  while target=$(readlink "$path"); do
    case "$target" in
      /*) path=$target ;;
      *) path=$(dirname "$path")/$target ;;
    esac
  done
  echo "$path"
}

has_compiler() {
  command -v gcc >/dev/null || command -v clang >/dev/null || command -v cc >/dev/null
}

needs_postgres() {
  case "$purpose" in
    run) [ -z "${DATABASE_URL:-}" ] ;;
    test) [ -z "${KOPPEL_TEST_DATABASE_URL:-}" ] ;;
  esac && ! has_postgres
}

needs_compiler() {
  [ "$purpose" = test ] && ! has_compiler
}

# as_root prints the words that make a command run as root, or fails where that would need a password.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    echo env
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    echo sudo
  else
    return 1
  fi
}

install_with_apt() {
  local root
  if ! root=$(as_root); then
    say "not root, and sudo asks for a password: nothing was installed"
    return 1
  fi
  say "installing $* with apt-get"
  if ! "$root" DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; then
    say "trying again with fresh package lists"
    "$root" apt-get update && "$root" DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
  fi
}

install_missing() {
  local packages=()
  if command -v apt-get >/dev/null; then
    if needs_postgres; then packages+=(postgresql); fi
    if needs_compiler; then packages+=(gcc libc6-dev); fi
    install_with_apt "${packages[@]}"
  elif command -v brew >/dev/null; then # macOS: written, not tested
    if needs_compiler; then
      say "a C compiler is missing: run xcode-select --install"
    fi
    if needs_postgres; then
      say "installing postgresql@17 with brew"
      brew install postgresql@17
    fi
  else
    say "neither apt-get nor brew is here: nothing was installed"
    return 1
  fi
}

if ! command -v go >/dev/null; then
  say "Go is missing: install it from https://go.dev/dl (go.mod names the version)"
  exit 1
fi
if ! needs_postgres && ! needs_compiler; then
  exit 0
fi

install_missing || true # what counts is what is there afterwards

failed=0
if needs_postgres; then
  failed=1
  say "PostgreSQL's programs (initdb and postgres) are missing. Install:"
  say "  Debian, Ubuntu   apt-get install postgresql"
  say "  Fedora, RHEL     dnf install postgresql-server"
  say "  macOS            brew install postgresql@17"
  if [ "$purpose" = run ]; then
    say "or set DATABASE_URL to a PostgreSQL that runs already"
  else
    say "or set KOPPEL_TEST_DATABASE_URL to a PostgreSQL whose user may create databases"
  fi
fi
if needs_compiler; then
  failed=1
  say "A C compiler is missing. Install:"
  say "  Debian, Ubuntu   apt-get install gcc libc6-dev"
  say "  Fedora, RHEL     dnf install gcc"
  say "  macOS            xcode-select --install"
fi
exit "$failed"
