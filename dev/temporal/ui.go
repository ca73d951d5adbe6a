package temporal

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	uiserver "github.com/temporalio/ui-server/v2/server"
	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/server_options"
)

// startUI serves the Web UI and returns when its health page answers.
func (s *Server) startUI(ctx context.Context) error {
	s.ui = uiserver.NewServer(server_options.WithConfigProvider(&uiconfig.Config{
		TemporalGRPCAddress: s.Address(),
		Host:                "127.0.0.1",
		Port:                s.options.UIPort,
		EnableUI:            true,
		DefaultNamespace:    s.options.Namespace,
		DisableNewsFetch:    true,
		HideLogs:            true,
		CORS:                uiconfig.CORS{CookieInsecure: true}, // plain HTTP on loopback
	}))
	s.uiDone = make(chan struct{})
	go func(ui *uiserver.Server) {
		defer close(s.uiDone)
		if err := ui.Start(); err != nil {
			s.logger.Error("the Temporal Web UI ended: " + err.Error())
		}
	}(s.ui)
	httpClient := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	err := poll(ctx, func() error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.UIURL()+"/healthz", nil)
		if err != nil {
			return err
		}
		response, err := httpClient.Do(request)
		if err != nil {
			return err
		}
		if response.StatusCode != http.StatusOK {
			err = fmt.Errorf("it answers %s", response.Status)
		}
		return errors.Join(err, response.Body.Close())
	})
	if err != nil {
		return fmt.Errorf("start the Temporal Web UI: %w", err)
	}
	return nil
}
