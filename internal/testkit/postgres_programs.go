package testkit

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ErrNoPostgres says that PostgreSQL's programs are not on this machine, and how to get them.
var ErrNoPostgres = errors.New("the programs of PostgreSQL (initdb, postgres) were not found: " +
	"run \"make deps\", or install package postgresql (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17)")

// programs is the folder of one PostgreSQL installation.
type programs string

func (p programs) initdb() string   { return filepath.Join(string(p), "initdb") }
func (p programs) postgres() string { return filepath.Join(string(p), "postgres") }

// programFolders are the places outside PATH where packages put the programs: Debian's and Ubuntu's versioned folders,
// Homebrew's on both kinds of Mac, and those of PostgreSQL's own RPMs.
func programFolders() []string {
	return []string{
		"/usr/lib/postgresql/*/bin",
		"/opt/homebrew/opt/postgresql*/bin",
		"/usr/local/opt/postgresql*/bin",
		"/usr/pgsql-*/bin",
	}
}

// programsFor finds the installation for a data directory: the first on PATH, else the newest. Data that exists opens
// only with the major version that made it.
func programsFor(data string) (programs, error) {
	found := findPrograms(os.Getenv("PATH"), programFolders())
	if len(found) == 0 {
		return "", ErrNoPostgres
	}
	version, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return found[0], nil
	}
	if err != nil {
		return "", fmt.Errorf("read the version of the data: %w", err)
	}
	wanted := strings.TrimSpace(string(version))
	for _, candidate := range found {
		if candidate.major() == wanted {
			return candidate, nil
		}
	}
	return "", fmt.Errorf("the data in %s was made by PostgreSQL %s, which is not installed: install it, or delete the data", data, wanted)
}

// findPrograms lists complete installations, best first.
func findPrograms(path string, patterns []string) []programs {
	var found []programs
	add := func(folder string) {
		p := programs(folder)
		if isProgram(p.initdb()) && isProgram(p.postgres()) && !slices.Contains(found, p) {
			found = append(found, p)
		}
	}
	for _, folder := range filepath.SplitList(path) {
		// A link on PATH leads to the folder where the server finds the files it was built with.
		if resolved, err := filepath.EvalSymlinks(filepath.Join(folder, "postgres")); err == nil {
			add(filepath.Dir(resolved))
		}
	}
	for _, pattern := range patterns {
		folders, _ := filepath.Glob(pattern) // fails only on a malformed pattern, and ours are constants
		slices.SortFunc(folders, func(a, b string) int { return cmp.Compare(folderVersion(b), folderVersion(a)) })
		for _, folder := range folders {
			add(folder)
		}
	}
	return found
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0
}

var versionNumber = regexp.MustCompile(`[0-9]+`)

// folderVersion reads the major version out of a path such as /usr/lib/postgresql/15/bin or .../postgresql@17/bin.
func folderVersion(folder string) int {
	name := filepath.Base(filepath.Dir(folder))
	version, _ := strconv.Atoi(versionNumber.FindString(name)) // a folder without a version sorts last
	return version
}

// major asks the program for its version: "postgres (PostgreSQL) 15.18 (Debian ...)" is 15.
func (p programs) major() string {
	output, err := exec.Command(p.postgres(), "--version").Output()
	if err != nil {
		return ""
	}
	return versionNumber.FindString(string(output))
}
