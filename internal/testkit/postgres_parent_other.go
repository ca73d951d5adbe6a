//go:build unix && !linux

package testkit

import "syscall"

// dieWithParent has no counterpart here: a server that outlives its parent is stopped at the next start.
func dieWithParent(*syscall.SysProcAttr) {}
