package app

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
)

// DialTemporal connects to Temporal and waits a moment for it to answer.
func (a *App) DialTemporal(ctx context.Context) error {
	options, err := a.temporalOptions()
	if err != nil {
		return err
	}
	dialing, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	a.Temporal, err = client.DialContext(dialing, options)
	if err != nil {
		return fmt.Errorf("temporal does not answer at %s (KOPPEL_TEMPORAL_ADDRESS): %w", options.HostPort, err)
	}
	return nil
}

// LazyTemporal connects to Temporal at the first call: a server starts without
// it and says on its pages that it is down.
func (a *App) LazyTemporal() error {
	options, err := a.temporalOptions()
	if err != nil {
		return err
	}
	a.Temporal, err = client.NewLazyClient(options)
	return err
}

func (a *App) temporalOptions() (client.Options, error) {
	t := a.Config.Temporal
	options := client.Options{
		HostPort: t.Address, Namespace: t.Namespace, Logger: log.NewStructuredLogger(a.Log),
		MetricsHandler: a.Metrics.Temporal(),
	}
	tls, err := t.TLSConfig()
	if err != nil {
		return options, err
	}
	options.ConnectionOptions.TLS = tls
	if t.APIKey != "" {
		options.Credentials = client.NewAPIKeyStaticCredentials(t.APIKey.Reveal())
	}
	return options, nil
}
