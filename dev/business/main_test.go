package business

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// start runs the one stack of the suite. Its own integration sells nothing.
func start(t *testing.T) *stack.Stack {
	t.Helper()
	s, err := stack.Start(t.Context(), stack.Options{
		Home: t.TempDir(), DatabaseURL: testkit.DatabaseURL(t), Log: slog.New(slog.DiscardHandler),
		WithoutUI: true, WithoutServer: true, Disposable: true, Document: unhurried,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	return s
}

// unhurried lets nothing happen by the clock: a group says itself when to read the till.
func unhurried(d *settings.Document) {
	d.AccountView.Limits.InFlight, d.Mplus.Limits.InFlight = 16, 8
	d.Flows.Orders.Every, d.Flows.Orders.Sweep.Every, d.Flows.Orders.Wake.Every, d.Alerts.Every = day, day, day, day
	d.Flows.Orders.Sweep.Window = 2 * day
}
