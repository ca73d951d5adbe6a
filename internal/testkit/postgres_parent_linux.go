package testkit

import "syscall"

// dieWithParent asks the kernel for PostgreSQL's "fast shutdown" signal when the thread that started it dies, which
// startServer makes last as long as the process. Go asks after it changed the user, so that change does not clear it.
func dieWithParent(attributes *syscall.SysProcAttr) {
	attributes.Pdeathsig = syscall.SIGINT
}
