package temporal_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	sdktemporal "go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/dev/temporal"
)

const (
	queue     = "orders"
	patience  = 20 * time.Second
	pollEvery = 20 * time.Millisecond
)

func start(t *testing.T, options temporal.Options) *temporal.Server {
	t.Helper()
	options.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	server, err := temporal.Start(t.Context(), options)
	require.NoError(t, err)
	t.Cleanup(func() {
		begin := time.Now()
		require.NoError(t, server.Stop())
		require.Less(t, time.Since(begin), 5*time.Second)
	})
	return server
}

func dial(t *testing.T, server *temporal.Server) client.Client {
	t.Helper()
	c, err := client.Dial(client.Options{
		HostPort: server.Address(), Namespace: server.Namespace(), Logger: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func echoOrder(ctx workflow.Context, order string) (string, error) {
	return order, workflow.UpsertTypedSearchAttributes(ctx,
		sdktemporal.NewSearchAttributeKeyKeyword("Outcome").ValueSet("delivered"))
}

func work(t *testing.T, c client.Client) {
	t.Helper()
	w := worker.New(c, queue, worker.Options{})
	w.RegisterWorkflowWithOptions(echoOrder, workflow.RegisterOptions{Name: "EchoOrder"})
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
}

func requireListed(t *testing.T, c client.Client, query string, count int) {
	t.Helper()
	require.Eventually(t, func() bool {
		page, err := c.ListWorkflow(t.Context(), &workflowservice.ListWorkflowExecutionsRequest{Query: query})
		return err == nil && len(page.GetExecutions()) == count
	}, patience, pollEvery, "runs listed for %s", query)
}

func TestStart_RunsAWorkflowAndListsItByItsSearchAttributes(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, temporal.Options{WithoutUI: true}))
	work(t, c)
	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{
		ID: "order/shop/2026.1", TaskQueue: queue,
		TypedSearchAttributes: sdktemporal.NewSearchAttributes(
			sdktemporal.NewSearchAttributeKeyKeyword("Integration").ValueSet("shop"),
			sdktemporal.NewSearchAttributeKeyKeyword("Flow").ValueSet("orders"),
			sdktemporal.NewSearchAttributeKeyKeyword("EntityRef").ValueSet("2026.1"),
		),
	}, "EchoOrder", "2026.1")
	require.NoError(t, err)
	var got string
	require.NoError(t, run.Get(t.Context(), &got))
	require.Equal(t, "2026.1", got)

	requireListed(t, c, `Integration="shop" AND Flow="orders" AND EntityRef="2026.1" AND Outcome="delivered"`, 1)
	requireListed(t, c, `Integration="shop" AND Outcome="parked"`, 0)
}

func TestStart_ServesTheWebUIOnLoopback(t *testing.T) {
	t.Parallel()
	server := start(t, temporal.Options{})
	page := get(t, server.UIURL()+"/namespaces/default/workflows")
	require.Contains(t, page, "<html")
	answer := get(t, server.UIURL()+"/api/v1/namespaces/default")
	require.Contains(t, answer, "NAMESPACE_STATE_REGISTERED", "the UI reaches the server")

	host, _, err := net.SplitHostPort(server.Address())
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1", host)
}

func TestStart_SecondServerInTheSameProcessHasItsOwnPortsAndRuns(t *testing.T) {
	t.Parallel()
	first := start(t, temporal.Options{WithoutUI: true})
	second := start(t, temporal.Options{WithoutUI: true})
	require.NotEqual(t, first.Address(), second.Address())
	_, err := dial(t, first).ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "only-first", TaskQueue: queue}, "EchoOrder", "1")
	require.NoError(t, err)
	_, err = dial(t, second).DescribeWorkflowExecution(t.Context(), "only-first", "")
	require.ErrorContains(t, err, "not found")
}

func TestStart_RegistersAnotherNamespaceWithOtherAttributes(t *testing.T) {
	t.Parallel()
	server := start(t, temporal.Options{Namespace: "shops", SearchAttributes: []string{"Till"}, WithoutUI: true})
	c := dial(t, server)
	_, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{
		ID: "with-till", TaskQueue: queue,
		TypedSearchAttributes: sdktemporal.NewSearchAttributes(sdktemporal.NewSearchAttributeKeyKeyword("Till").ValueSet("7")),
	}, "EchoOrder", "1")
	require.NoError(t, err)
	requireListed(t, c, `Till="7"`, 1)
}

func TestStart_NamesATakenPortAndItsSetting(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, listener.Close()) })
	port := listener.Addr().(*net.TCPAddr).Port

	cases := map[string]struct {
		options temporal.Options
		setting string
	}{
		"frontend": {temporal.Options{FrontendPort: port}, temporal.FrontendPortSetting},
		"web ui":   {temporal.Options{UIPort: port}, temporal.UIPortSetting},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := temporal.Start(t.Context(), c.options)
			var taken *temporal.PortTakenError
			require.ErrorAs(t, err, &taken)
			require.Equal(t, port, taken.Port)
			require.ErrorContains(t, err, strconv.Itoa(port))
			require.ErrorContains(t, err, c.setting)
		})
	}
}

func TestStart_RefusesANumberThatIsNoPort(t *testing.T) {
	t.Parallel()
	_, err := temporal.Start(t.Context(), temporal.Options{FrontendPort: 70000})
	require.ErrorContains(t, err, temporal.FrontendPortSetting)
}

func TestStart_GivesUpWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	dataFile := filepath.Join(t.TempDir(), "temporal.db")
	for _, patience := range []time.Duration{0, 30 * time.Millisecond} { // before, and in the middle of, the start
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		_, err := temporal.Start(ctx, temporal.Options{DataFile: dataFile, WithoutUI: true})
		cancel()
		require.ErrorIs(t, err, context.DeadlineExceeded)
	}
	start(t, temporal.Options{DataFile: dataFile, WithoutUI: true}) // nothing of them is in the way
}

func get(t *testing.T, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode, "%s", body)
	return string(body)
}
