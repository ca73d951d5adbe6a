//go:build unix

package testkit

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// owner is the user that PostgreSQL runs as. The zero value is the user of this process.
type owner struct {
	name     string
	uid, gid uint32
	another  bool
}

// serverOwner picks the user: PostgreSQL refuses root, so root hands over to postgres or nobody.
func serverOwner(euid int) (owner, error) {
	if euid != 0 {
		return owner{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(found.Uid, 10, 32)
		if err != nil {
			return owner{}, fmt.Errorf("user %s has no usable id: %w", name, err)
		}
		gid, err := strconv.ParseUint(found.Gid, 10, 32)
		if err != nil {
			return owner{}, fmt.Errorf("user %s has no usable group: %w", name, err)
		}
		return owner{name: name, uid: uint32(uid), gid: uint32(gid), another: true}, nil
	}
	return owner{}, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody to run it")
}

// attributes run a program as the owner, away from the terminal: its Ctrl-C is for us, and we stop the server ourselves.
func (o owner) attributes() *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{Setpgid: true}
	if o.another {
		attributes.Credential = &syscall.Credential{Uid: o.uid, Gid: o.gid}
	}
	dieWithParent(attributes)
	return attributes
}

// parentMode lets another user pass through a directory without reading it.
func (o owner) parentMode() os.FileMode {
	if o.another {
		return 0o711
	}
	return 0o700
}

// canEnter says whether the owner may pass through dir and each directory above it.
func (o owner) canEnter(dir string) bool {
	if !o.another {
		return true
	}
	resolved, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return false
	}
	for {
		info, err := os.Stat(resolved)
		if err != nil || !info.IsDir() || !o.mayPass(info) {
			return false
		}
		parent := filepath.Dir(resolved)
		if parent == resolved {
			return true
		}
		resolved = parent
	}
}

func (o owner) mayPass(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	switch {
	case stat.Uid == o.uid:
		return info.Mode().Perm()&0o100 != 0
	case stat.Gid == o.gid:
		return info.Mode().Perm()&0o010 != 0
	default:
		return info.Mode().Perm()&0o001 != 0
	}
}

// makeDir makes a directory that only the owner can read, inside one that exists.
func (o owner) makeDir(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	return o.own(dir)
}

// claimDir makes a directory of ours in a place where anybody may make one, or takes the one of an earlier start; one
// that somebody else put there is refused.
func (o owner) claimDir(dir string) error {
	err := o.makeDir(dir)
	if !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || stat.Uid != o.uid || info.Mode().Perm() != 0o700 {
		return fmt.Errorf("%s is not a private directory of user %s: remove it", dir, o.name)
	}
	return nil
}

func (o owner) own(path string) error {
	if !o.another {
		return nil
	}
	return os.Lchown(path, int(o.uid), int(o.gid))
}
