package e2e

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/settings"
)

func withServer(o *stack.Options) { o.WithoutServer = false }

// delivery is one webhook request, signed as the documentation says.
type delivery struct {
	path      string
	body      string
	timestamp string
	signature string
}

func (b *bundle) signed(body string, at time.Time) delivery {
	b.t.Helper()
	key, err := b.App.Secrets.Get(context.Background(), stack.Integration, settings.SecretWebhook)
	require.NoError(b.t, err)
	timestamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(key.Reveal()))
	mac.Write([]byte(timestamp + "." + body))
	return delivery{"/webhooks/" + stack.Integration + "/orders", body, timestamp, "sha256=" + hex.EncodeToString(mac.Sum(nil))}
}

// deliver posts it to a server.
func (d delivery) deliver(t *testing.T, server string) (status int, answer map[string]any) {
	t.Helper()
	header := http.Header{"Content-Type": {"application/json"}, "X-Koppel-Timestamp": {d.timestamp}, "X-Koppel-Signature": {d.signature}}
	status, text := shop{t, server}.send(http.MethodPost, d.path, []byte(d.body), header)
	require.NoError(t, json.Unmarshal(text, &answer), "%s", text)
	return status, answer
}

// executions lists the workflows that visibility shows for a query.
func (b *bundle) executions(query string) []*workflow.WorkflowExecutionInfo {
	b.t.Helper()
	var all []*workflow.WorkflowExecutionInfo
	request := &workflowservice.ListWorkflowExecutionsRequest{Namespace: b.Config.Temporal.Namespace, Query: query}
	for {
		page, err := b.App.Temporal.ListWorkflow(context.Background(), request)
		require.NoError(b.t, err)
		all = append(all, page.GetExecutions()...)
		if request.NextPageToken = page.GetNextPageToken(); len(request.NextPageToken) == 0 {
			return all
		}
	}
}

// delivered lists the runs that webhooks started, once the one named is visible.
func (b *bundle) delivered(workflowID string) []string {
	b.t.Helper()
	var runs []string
	eventually(b.t, func() string {
		runs = nil
		seen := false
		for _, e := range b.executions("") {
			if id := e.GetExecution().GetWorkflowId(); strings.HasPrefix(id, "orders/"+stack.Integration+"/") {
				runs = append(runs, e.GetExecution().GetRunId())
				seen = seen || id == workflowID
			}
		}
		if !seen {
			return workflowID + " is not visible"
		}
		return ""
	})
	return runs
}

// secondServer starts another server of the same deployment, in a process of its own.
func (b *bundle) secondServer() (url string) {
	b.t.Helper()
	cmd := b.command("server")
	cmd.Env = append(cmd.Env, "KOPPEL_LISTEN=127.0.0.1:0", "KOPPEL_LOG_FORMAT=json")
	logged, err := cmd.StderrPipe()
	require.NoError(b.t, err)
	require.NoError(b.t, cmd.Start())
	b.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	lines := json.NewDecoder(logged)
	for url == "" {
		var said struct{ Msg, Address string }
		require.NoError(b.t, lines.Decode(&said))
		if said.Msg == "server is listening" {
			url = "http://" + said.Address
		}
	}
	go func() { _, _ = io.Copy(io.Discard, logged) }()
	eventually(b.t, func() string {
		answer, err := http.Get(url + "/readyz")
		if err != nil {
			return err.Error()
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return answer.Status
		}
		return ""
	})
	return url
}

func TestSameWebhookTenTimes_OnTwoServers_GivesOneRunAndOneOrder(t *testing.T) {
	b := setup(t, withServer)
	b.pause()
	b.till.forgetsCalls()
	order := b.ringUp(oneLadle(knownCustomer))
	servers := []string{b.ServerURL, b.secondServer()}
	d := b.signed(fmt.Sprintf(`{"orders": ["%s"]}`, order.Number), time.Now())

	type answer struct {
		status int
		body   map[string]any
	}
	answers := make([]answer, 10)
	var senders sync.WaitGroup
	for i := range answers {
		senders.Go(func() { answers[i].status, answers[i].body = d.deliver(t, servers[i%2]) })
	}
	senders.Wait()
	first := answers[0].body
	for _, a := range answers {
		require.Equal(t, http.StatusAccepted, a.status, "%v", a.body)
		require.Equal(t, first["workflow_id"], a.body["workflow_id"])
		require.Equal(t, first["run_id"], a.body["run_id"])
	}
	b.awaitDelivered(order)
	require.Equal(t, []string{first["run_id"].(string)}, b.delivered(first["workflow_id"].(string)))
	require.Equal(t, 1, b.books.calls().Operations["POST SO1"])
	require.Equal(t, 1, b.till.calls().Operations["getOrders"], "the till was read once")
}

func TestBadWebhook_IsRefusedWithAdviceAndStartsNothing(t *testing.T) {
	b := setup(t, withServer)
	b.pause()
	good := b.signed("", time.Now())
	alter := func(d delivery, change func(*delivery)) delivery { change(&d); return d }
	for name, c := range map[string]struct {
		sent   delivery
		status int
	}{
		"forged":              {alter(good, func(d *delivery) { d.signature = "sha256=" + strings.Repeat("0", 64) }), http.StatusUnauthorized},
		"body changed":        {alter(good, func(d *delivery) { d.body = `{"orders":["2026.1"]}` }), http.StatusUnauthorized},
		"unsigned":            {alter(good, func(d *delivery) { d.signature = "" }), http.StatusUnauthorized},
		"timestamp changed":   {alter(good, func(d *delivery) { d.timestamp = strconv.FormatInt(time.Now().Unix()+1, 10) }), http.StatusUnauthorized},
		"without a timestamp": {alter(good, func(d *delivery) { d.timestamp = "" }), http.StatusUnauthorized},
		"too old":             {b.signed("", time.Now().Add(-6*time.Minute)), http.StatusUnauthorized},
		"from the future":     {b.signed("", time.Now().Add(6*time.Minute)), http.StatusUnauthorized},
		"over 1 MB":           {b.signed(string(bytes.Repeat([]byte(" "), 1<<20+1)), time.Now()), http.StatusRequestEntityTooLarge},
		"malformed":           {b.signed(`{"orders": [`, time.Now()), http.StatusBadRequest},
		"wrong type":          {b.signed(`{"orders": 2026.1}`, time.Now()), http.StatusBadRequest},
		"unknown key":         {b.signed(`{"order": ["2026.1"]}`, time.Now()), http.StatusBadRequest},
		"unknown integration": {alter(good, func(d *delivery) { d.path = "/webhooks/nobody/orders" }), http.StatusNotFound},
		"unknown flow":        {alter(good, func(d *delivery) { d.path = "/webhooks/" + stack.Integration + "/nothing" }), http.StatusNotFound},
	} {
		status, answer := c.sent.deliver(t, b.ServerURL)
		require.Equal(t, c.status, status, "%s: %v", name, answer)
		refused, isObject := answer["error"].(map[string]any)
		require.True(t, isObject, "%s: %v", name, answer)
		require.NotEmpty(t, refused["code"], name)
		require.NotEmpty(t, refused["message"], name)
		require.NotEmpty(t, refused["fix"], name)
	}
	status, answer := good.deliver(t, b.ServerURL)
	require.Equal(t, http.StatusAccepted, status, "%v", answer)
	require.Equal(t, []string{answer["run_id"].(string)}, b.delivered(answer["workflow_id"].(string)), "none of the others started anything")
}
