package business

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience is how long what must happen is waited for: long, because it is only
// waited out when it does not happen. A wrong turn is known for one much sooner.
const (
	patience = 2 * time.Minute
	doubt    = 3 * time.Second
)

// eventually polls until the check says nothing any more. What it says is why it
// is not satisfied yet, and whether it is likely to be.
func eventually(t *testing.T, check func() (why string, hopeless bool)) {
	t.Helper()
	began, lost := time.Now(), time.Time{}
	for {
		why, hopeless := check()
		switch {
		case why == "":
			return
		case !hopeless:
			lost = time.Time{}
		case lost.IsZero():
			lost = time.Now()
		}
		if time.Since(began) > patience || !lost.IsZero() && time.Since(lost) > doubt {
			require.FailNow(t, "it did not come to this", "%s", why)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-t.Context().Done():
			require.FailNow(t, "the test ended", "%s", why)
		}
	}
}
