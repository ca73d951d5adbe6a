package notify_test

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/notify"
	"github.com/koppel/koppel/internal/secret"
)

// receiver is who gets webhooks. It answers with a status of the test's choice.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	status  int
	headers []http.Header
	bodies  [][]byte
}

func newReceiver(t *testing.T, status int) *receiver {
	t.Helper()
	r := &receiver{status: status}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		body, _ := io.ReadAll(req.Body)
		r.headers, r.bodies = append(r.headers, req.Header), append(r.bodies, body)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(r.status)
		_, _ = io.WriteString(w, "Jansen")
	}))
	t.Cleanup(r.Close)
	return r
}

func TestWebhook_IsSignedAsOurOwnWebhooksAre(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, http.StatusNoContent)
	sender := &notify.Sender{}
	for range 2 { // a repeat carries the same ID
		require.NoError(t, sender.Webhook(t.Context(), secret.Text(r.URL+"/hook"), "key", notice()))
	}
	for i, header := range r.headers {
		require.Equal(t, "3f2a", header.Get("X-Koppel-Delivery"))
		seconds, err := strconv.ParseInt(header.Get("X-Koppel-Timestamp"), 10, 64)
		require.NoError(t, err)
		require.WithinDuration(t, time.Now(), time.Unix(seconds, 0), time.Minute)
		want := "sha256=" + hex.EncodeToString(secret.Signature("key", header.Get("X-Koppel-Timestamp"), r.bodies[i]))
		require.Equal(t, want, header.Get("X-Koppel-Signature"))
	}
	var body notify.Body
	require.NoError(t, json.Unmarshal(r.bodies[0], &body))
	require.Equal(t, notify.Cause{
		Topic: "parked", Flow: "orders", Code: "product_missing", Records: 5000, Euros: "60500.00", Oldest: "2026-11-24T09:00:00Z", Numbers: []string{"2026.1", "2026.2"},
		Words: domain.ReasonFor("product_missing").Words, Fix: domain.ReasonFor("product_missing").Fix,
	}, body.News[0])
	require.Equal(t, notify.Text(notice()), body.Text)
	require.Len(t, body.Solved, 1)
}

func TestWebhook_WhatTheReceiverAnswersDecides(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]struct {
		kind fault.Kind
		code string
	}{
		302: {fault.Rejected, "hook_refused"}, 400: {fault.Rejected, "hook_refused"}, 404: {fault.Rejected, "hook_refused"},
		429: {fault.Unavailable, "hook_unavailable"}, 500: {fault.Unavailable, "hook_unavailable"}, 503: {fault.Unavailable, "hook_unavailable"},
	} {
		r := newReceiver(t, status)
		err := (&notify.Sender{}).Webhook(t.Context(), secret.Text(r.URL+"/hidden-token?sig=hidden-too"), "key", notice())
		require.Equal(t, want.code, codeOf(t, err, want.kind), status)
		requireHidden(t, err)
		require.Len(t, r.bodies, 1, "a redirect is not followed")
	}
	r := newReceiver(t, 200)
	r.Close()
	err := (&notify.Sender{}).Webhook(t.Context(), secret.Text(r.URL+"/hidden-token"), "key", notice())
	require.Equal(t, "hook_unavailable", codeOf(t, err, fault.Unavailable))
	requireHidden(t, err)
	for _, address := range []secret.Text{"https://hidden-token.invalid:port/", "://hidden-token", "gopher://127.0.0.1/hidden-token", "https://127.0.0.1:1/hidden-token\x7f"} {
		err := (&notify.Sender{}).Webhook(t.Context(), address, "key", notice())
		require.Error(t, err)
		requireHidden(t, err)
	}
}

// requireHidden looks under every verb, and at every cause: whoever logs one of
// them shows no part of the address, and nothing that the receiver said.
func requireHidden(t *testing.T, err error) {
	t.Helper()
	for link := err; link != nil; link = errors.Unwrap(link) {
		for _, text := range []string{link.Error(), fmt.Sprintf("%+v %#v", link, link)} {
			require.NotContains(t, text, "hidden")
			require.NotContains(t, text, "Jansen")
		}
	}
	f, ok := fault.As(err)
	require.True(t, ok)
	require.NotContains(t, f.Detail(), "hidden")
}

func TestWebhook_WithoutASecretNothingIsSent(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, 200)
	err := (&notify.Sender{}).Webhook(t.Context(), secret.Text(r.URL), "", notice())
	require.Equal(t, "channel_no_secret", codeOf(t, err, fault.Misconfigured))
	require.Empty(t, r.bodies)
}
