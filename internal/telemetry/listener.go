package telemetry

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Listen opens an address for a process that has no other page than its health
// and metrics. The error names the address and the setting that moves it.
func Listen(address, setting string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w. Is another program using the port? Set %s to another address", address, cause(err), setting)
	}
	return listener, nil
}

// cause leaves out what the message around it already says.
func cause(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err
	}
	return err
}

// Serve answers /healthz, /readyz and /metrics until the context ends.
func Serve(ctx context.Context, listener net.Listener, health Health, metrics *Metrics) error {
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", health.Live())
	mux.Handle("GET /readyz", health.Ready())
	mux.Handle("GET /metrics", metrics.Handler())
	return ServeUntil(ctx, listener, mux)
}

const (
	// stopTimeout is how long requests under way may finish at a stop.
	stopTimeout = 10 * time.Second

	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = time.Minute
)

// ServeUntil serves HTTP until the context ends, then lets the requests under
// way finish. It closes the listener.
func ServeUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve HTTP: %w", err)
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		_ = server.Close()
		<-ended
		return fmt.Errorf("stop serving HTTP: requests were cut off after %s: %w", stopTimeout, err)
	}
	<-ended
	return nil
}
