package accountview

import (
	"context"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/httpx"
)

// caller makes calls and tells the observer how each of them really ended: an
// error may hide in a good answer.
type caller struct {
	http    *httpx.Client
	observe Observer
}

func newCaller(s Settings, gate connectors.Gate, observe Observer) *caller {
	if observe == nil {
		observe = func(string, time.Duration, error) {}
	}
	return &caller{observe: observe, http: httpx.New(httpx.Settings{
		System: system, Timeout: s.Timeout, MaxBody: s.MaxBody, Gate: gate, PerSecond: s.PerSecond,
	})}
}

// do makes one call and lets judge read the answer.
func (c *caller) do(ctx context.Context, call httpx.Call, judge func(httpx.Answer) error) error {
	began := time.Now()
	answer, err := c.http.Do(ctx, call)
	if err == nil {
		err = judge(answer)
	}
	c.observe(call.Op, time.Since(began), err)
	return err
}
