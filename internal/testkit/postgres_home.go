package testkit

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	passwordName = "password"
	logName      = "postgres.log"
	// detourName is the file in the cluster's directory whose first line is the place of the data when they cannot live
	// in the directory itself.
	detourName   = "data-is-elsewhere.txt"
	detourPrefix = "koppel-postgres-"
	logTailBytes = 2000
)

// clusterHome is where one cluster keeps its files: dir belongs to the caller (password, log, lock), data to the user
// that PostgreSQL runs as.
type clusterHome struct {
	dir   string
	data  string
	owner owner
}

func openHome(dir string) (clusterHome, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return clusterHome{}, err
	}
	who, err := serverOwner(os.Geteuid())
	if err != nil {
		return clusterHome{}, err
	}
	if err := os.MkdirAll(dir, who.parentMode()); err != nil {
		return clusterHome{}, fmt.Errorf("make the directory of PostgreSQL: %w", err)
	}
	home := clusterHome{dir: dir, data: filepath.Join(dir, "data"), owner: who}
	if who.canEnter(dir) {
		return home, nil
	}
	return home, home.detour()
}

// detour moves the data to a folder that the owner can enter, always the same one for the same directory.
func (h *clusterHome) detour() error {
	for _, base := range []string{"/var/tmp", os.TempDir(), "/tmp"} {
		if !h.owner.canEnter(base) {
			continue
		}
		sum := sha256.Sum256([]byte(h.dir))
		folder := filepath.Join(base, detourPrefix+hex.EncodeToString(sum[:8]))
		if err := h.owner.claimDir(folder); err != nil {
			return err
		}
		h.data = filepath.Join(folder, "data")
		note := fmt.Sprintf("%s\n\nPostgreSQL keeps its data there: it runs as user %s, who may not enter %s.\n", folder, h.owner.name, h.dir)
		return os.WriteFile(filepath.Join(h.dir, detourName), []byte(note), 0o600)
	}
	return fmt.Errorf("user %s, who runs PostgreSQL, can enter neither %s nor a directory for temporary files", h.owner.name, h.dir)
}

// removeDetour deletes the folder of a detour; without one there is nothing to do.
func (h *clusterHome) removeDetour() error {
	folder := filepath.Dir(h.data)
	if folder == h.dir || !strings.HasPrefix(filepath.Base(folder), detourPrefix) {
		return nil
	}
	return os.RemoveAll(folder)
}

// workDir is a directory that the owner can stand in; the caller's own may be closed to them.
func (h *clusterHome) workDir() string { return filepath.Dir(h.data) }

func (h *clusterHome) initialised() bool {
	_, err := os.Stat(filepath.Join(h.data, "PG_VERSION"))
	return err == nil
}

// keptPassword reads the superuser's password, or makes one for a new cluster.
func (h *clusterHome) keptPassword() (string, error) {
	path := filepath.Join(h.dir, passwordName)
	kept, err := os.ReadFile(path)
	if err == nil && len(kept) > 0 {
		return strings.TrimSpace(string(kept)), nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("read PostgreSQL's password: %w", err)
	}
	if h.initialised() {
		return "", fmt.Errorf("%s is gone, and without it the data in %s stay closed: put it back, or delete the data", path, h.data)
	}
	password := rand.Text()
	if err := os.WriteFile(path, []byte(password+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("keep PostgreSQL's password: %w", err)
	}
	return password, nil
}

// lendPassword writes the password where initdb, run by the owner, can read it. The caller removes the file.
func (h *clusterHome) lendPassword(password string) (string, error) {
	path := h.data + ".password"
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("hand the password to initdb: %w", err)
	}
	if _, err := file.WriteString(password + "\n"); err != nil {
		return "", errors.Join(fmt.Errorf("hand the password to initdb: %w", err), file.Close(), os.Remove(path))
	}
	if err := file.Close(); err != nil {
		return "", errors.Join(fmt.Errorf("hand the password to initdb: %w", err), os.Remove(path))
	}
	if err := h.owner.own(path); err != nil {
		return "", errors.Join(err, os.Remove(path))
	}
	return path, nil
}

func (h *clusterHome) logPath() string { return filepath.Join(h.dir, logName) }

func (h *clusterHome) logTail() string {
	content, err := os.ReadFile(h.logPath())
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(content[max(0, len(content)-logTailBytes):]))
}
