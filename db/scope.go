package db

import "slices"

// Scope is what a token may do.
type Scope string

const (
	// ScopeRead may look at everything that the API shows.
	ScopeRead Scope = "read"
	// ScopeOperate may also run, retry and try out.
	ScopeOperate Scope = "operate"
	// ScopeAdmin may also change documents, set secrets and decide where those are sent.
	ScopeAdmin Scope = "admin"
)

// Scopes lists all scopes. Each includes those before it.
func Scopes() []Scope { return []Scope{ScopeRead, ScopeOperate, ScopeAdmin} }

// Includes reports whether who has this scope may do what needs the other.
func (s Scope) Includes(needed Scope) bool {
	has, needs := slices.Index(Scopes(), s), slices.Index(Scopes(), needed)
	return needs >= 0 && has >= needs
}
