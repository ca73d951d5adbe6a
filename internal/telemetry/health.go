package telemetry

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Check asks one thing that this process cannot work without.
type Check struct {
	Name string
	// Ask returns an error when the thing is down.
	Ask func(ctx context.Context) error
	// Explain says, to the person who must act, what the error means and what to
	// do. The error's own text is only logged.
	Explain func(err error) string
}

// Health is what a process cannot work without.
type Health struct {
	Checks []Check
	Log    *slog.Logger
}

// CheckTimeout is how long one check may take.
const CheckTimeout = 2 * time.Second

// Live answers that the process lives, and nothing more: restarting it would not
// bring a database back.
func (Health) Live() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"alive": true})
	})
}

// Ready answers 200 when everything answers, and 503 with what is down.
func (h Health) Ready() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		down := h.Down(r.Context())
		status := http.StatusOK
		if len(down) > 0 {
			status = http.StatusServiceUnavailable
			w.Header().Set("Retry-After", "5")
		}
		answer(w, status, map[string]any{"ready": len(down) == 0, "down": down})
	})
}

// Down asks everything at the same time and explains what is down, by name.
func (h Health) Down(ctx context.Context) map[string]string {
	var mu sync.Mutex
	down := map[string]string{}
	var asked sync.WaitGroup
	for _, check := range h.Checks {
		asked.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, CheckTimeout)
			defer cancel()
			err := check.Ask(ctx)
			if err == nil {
				return
			}
			h.Log.Warn("not ready", "check", check.Name, "error", err)
			mu.Lock()
			defer mu.Unlock()
			down[check.Name] = check.Explain(err)
		})
	}
	asked.Wait()
	return down
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // whoever asked has gone
}
