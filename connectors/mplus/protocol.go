package mplus

import (
	"context"
	"sync"

	"github.com/koppel/koppel/internal/fault"
)

// protocol remembers that the till was asked which protocol it speaks.
type protocol struct {
	mu    sync.Mutex
	known bool
}

// checkProtocol asks the till once for its version, before the first order is
// understood: a till of another protocol must not have its cents misread. A till
// that keeps its version to itself (an ident needs a right for each call) is
// believed to speak ours, and asked again next time.
func (c *Client) checkProtocol(ctx context.Context) error {
	c.protocol.mu.Lock()
	defer c.protocol.mu.Unlock()
	if c.protocol.known {
		return nil
	}
	v, err := c.Version(ctx)
	if f, ok := fault.As(err); ok && f.Code == codeProtocolUnknown {
		return err
	}
	c.protocol.known = err == nil
	if v.Warning != "" {
		c.warn(v.Warning)
	}
	return nil
}
