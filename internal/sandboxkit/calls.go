package sandboxkit

import (
	"maps"
	"net/http"
	"sync"
)

// Calls counts the calls a sandbox met, so that a test can say "nothing was written". The zero value is ready.
type Calls struct {
	mu     sync.Mutex
	byName map[string]int
	reads  int
	writes int
}

// CallReport is what GET on the calls page answers.
type CallReport struct {
	Operations map[string]int `json:"operations"`
	Reads      int            `json:"reads"`
	Writes     int            `json:"writes"`
}

// Count notes one call.
func (c *Calls) Count(op string, write bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byName == nil {
		c.byName = map[string]int{}
	}
	c.byName[op]++
	if write {
		c.writes++
	} else {
		c.reads++
	}
}

// Report gives the counts since the start or the last Reset.
func (c *Calls) Report() CallReport {
	c.mu.Lock()
	defer c.mu.Unlock()
	operations := maps.Clone(c.byName)
	if operations == nil {
		operations = map[string]int{}
	}
	return CallReport{Operations: operations, Reads: c.reads, Writes: c.writes}
}

// Reset starts counting from nothing.
func (c *Calls) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byName, c.reads, c.writes = nil, 0, 0
}

// Handler serves /_sandbox/calls: GET shows the counts, DELETE resets them.
func (c *Calls) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet:
			writeJSON(w, http.StatusOK, c.Report())
		case http.MethodDelete:
			c.Reset()
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", "GET, DELETE")
			writeJSON(w, http.StatusMethodNotAllowed, map[string]string{"error": "use GET or DELETE"})
		}
	})
}
