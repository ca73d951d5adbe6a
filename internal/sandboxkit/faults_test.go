package sandboxkit_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// system is a tiny system under faults: POST /write counts, GET /read reads, GET /page reads a later page.
type system struct {
	url    string
	faults *sandboxkit.Faults
	calls  *sandboxkit.Calls
	writes atomic.Int64
	client *http.Client
}

const wholeAnswer = `{"answer":"0123456789"}`

func newSystem(t *testing.T) *system {
	t.Helper()
	s := &system{faults: sandboxkit.NewFaults(), calls: &sandboxkit.Calls{}}
	hooks := sandboxkit.Hooks{
		Operation: func(r *http.Request) (string, bool, bool) {
			if r.URL.Path == "/page-of-ours" {
				return "", false, false
			}
			_, _ = io.ReadAll(r.Body) // a hook may read the body
			return r.Method + " " + r.URL.Path[1:], r.Method == http.MethodPost, r.URL.Path == "/page"
		},
		Error500:     func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "own 500", http.StatusInternalServerError) },
		Unauthorized: func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "own 401", http.StatusUnauthorized) },
		Fragile:      func(op string) bool { return op == "POST token" },
		Calls:        s.calls,
	}
	mux := http.NewServeMux()
	mux.Handle("/_sandbox/faults", s.faults.Handler())
	mux.Handle("/_sandbox/calls", s.calls.Handler())
	mux.Handle("/", s.faults.Wrap(hooks, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method == http.MethodPost && string(body) == "content" {
			s.writes.Add(1)
		}
		if kind := sandboxkit.PageFault(r.Context()); kind != "" {
			_, _ = io.WriteString(w, string(kind))
			return
		}
		_, _ = io.WriteString(w, wholeAnswer)
	})))
	server := httptest.NewServer(mux)
	s.url, s.client = server.URL, &http.Client{Timeout: 5 * time.Second}
	t.Cleanup(func() {
		s.client.CloseIdleConnections()
		_ = s.faults.Close()
		server.Close()
	})
	return s
}

func (s *system) call(t *testing.T, method, path string) (int, string, http.Header, error) {
	t.Helper()
	req, err := http.NewRequest(method, s.url+path, strings.NewReader("content"))
	require.NoError(t, err)
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, "", nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), resp.Header, err
}

func (s *system) rule(t *testing.T, r sandboxkit.Rule) {
	t.Helper()
	require.NoError(t, s.faults.Add(r))
}

func TestFaults_AnswersInsteadOfTheSystem(t *testing.T) {
	t.Parallel()
	for kind, want := range map[sandboxkit.Kind]struct {
		status int
		body   string
	}{
		sandboxkit.TooMany:      {429, "too many"},
		sandboxkit.ServerError:  {500, "own 500"},
		sandboxkit.BadGateway:   {502, "<html>"},
		sandboxkit.ExpiredToken: {401, "own 401"},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := newSystem(t)
			s.rule(t, sandboxkit.Rule{Kind: kind, Calls: 1, Seconds: 1.5})
			status, body, header, err := s.call(t, "POST", "/write")
			require.NoError(t, err)
			require.Equal(t, want.status, status)
			require.Contains(t, body, want.body)
			if kind == sandboxkit.TooMany {
				require.Equal(t, "2", header.Get("Retry-After"))
			}
			require.Zero(t, s.writes.Load())
			status, body, _, err = s.call(t, "POST", "/write")
			require.NoError(t, err)
			require.Equal(t, 200, status, "only one call was to fail")
			require.JSONEq(t, wholeAnswer, body)
		})
	}
}

func TestFaults_DropBeforeDoesNothingAndDropAfterDoesTheWork(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.DropBefore, Calls: 1})
	_, _, _, err := s.call(t, "POST", "/write")
	require.Error(t, err)
	require.Zero(t, s.writes.Load())

	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.DropAfter, Calls: 1})
	_, _, _, err = s.call(t, "POST", "/write")
	require.Error(t, err)
	require.Equal(t, int64(1), s.writes.Load())
}

func TestFaults_CutSendsHalfUnderTheWholeLength(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.Cut, Calls: 1})
	status, body, header, err := s.call(t, "POST", "/write")
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Equal(t, 200, status)
	require.Equal(t, wholeAnswer[:len(wholeAnswer)/2], body)
	require.Equal(t, "23", header.Get("Content-Length"))
	require.Equal(t, int64(1), s.writes.Load())
}

func TestFaults_LateWriteArrivesAfterTheCallerGaveUp(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.Late, Calls: 1, Seconds: 0.2})
	start := time.Now()
	_, _, _, err := s.call(t, "POST", "/write")
	require.Error(t, err)
	if time.Since(start) < 150*time.Millisecond {
		require.Zero(t, s.writes.Load(), "not yet")
	}
	require.Eventually(t, func() bool { return s.writes.Load() == 1 }, 5*time.Second, 5*time.Millisecond)
}

func TestFaults_CloseLetsLateWritesArriveFirst(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.Late, Calls: 1, Seconds: 600})
	_, _, _, err := s.call(t, "POST", "/write")
	require.Error(t, err)
	require.NoError(t, s.faults.Close())
	require.Equal(t, int64(1), s.writes.Load())
}

func TestFaults_LateReadIsOnlyDropped(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.Late, Calls: 5})
	_, _, _, err := s.call(t, "GET", "/read")
	require.Error(t, err)
}

func TestFaults_HangNeverDoesTheWork(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.client.Timeout = 100 * time.Millisecond
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.Hang, Calls: 1})
	_, _, _, err := s.call(t, "POST", "/write")
	require.Error(t, err)
	require.NoError(t, s.faults.Close())
	require.Zero(t, s.writes.Load())
}

func TestFaults_LatencyDoesTheWorkForACallerWhoLeft(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.client.Timeout = 50 * time.Millisecond
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.Latency, Calls: 1, Seconds: 0.2})
	_, _, _, err := s.call(t, "POST", "/write")
	require.Error(t, err)
	require.Eventually(t, func() bool { return s.writes.Load() == 1 }, 5*time.Second, 5*time.Millisecond)
}

func TestFaults_PageFaultsReachOnlyPages(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.RepeatedPage, Calls: 1})
	_, body, _, err := s.call(t, "GET", "/read")
	require.NoError(t, err)
	require.JSONEq(t, wholeAnswer, body)
	_, body, _, err = s.call(t, "GET", "/page")
	require.NoError(t, err)
	require.Equal(t, "repeated_page", body)
	require.Empty(t, sandboxkit.PageFault(context.Background()))
}

func TestFaults_KindWithoutHookIsNotDrawn(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kinds: []sandboxkit.Kind{sandboxkit.ErrorIn200, sandboxkit.ServerError}, Calls: 20})
	for range 20 {
		status, _, _, err := s.call(t, "GET", "/read")
		require.NoError(t, err)
		require.Equal(t, 500, status)
	}
}

func TestFaults_FragileOperationLosesItsAnswerOnlyByName(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kinds: []sandboxkit.Kind{sandboxkit.DropAfter, sandboxkit.Late, sandboxkit.Cut}, Calls: 1})
	status, _, _, err := s.call(t, "POST", "/token")
	require.NoError(t, err)
	require.Equal(t, 200, status)
	s.faults.Clear()
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.DropAfter, Operation: "POST token", Calls: 1})
	_, _, _, err = s.call(t, "POST", "/token")
	require.Error(t, err)
}

func TestFaults_SkipOperationAndPrefix(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.ServerError, Operation: "GET re", Skip: 2, Calls: 1})
	var statuses []int
	for _, path := range []string{"/page", "/read", "/page", "/read", "/read", "/read"} {
		status, _, _, err := s.call(t, "GET", path)
		require.NoError(t, err)
		statuses = append(statuses, status)
	}
	require.Equal(t, []int{200, 200, 200, 200, 500, 200}, statuses)
}

func TestFaults_SeedRepeatsARun(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) (statuses []int) {
		s := newSystem(t)
		s.rule(t, sandboxkit.Rule{
			Kinds: []sandboxkit.Kind{sandboxkit.ServerError, sandboxkit.BadGateway, sandboxkit.TooMany}, Share: 0.3, Seed: seed,
		})
		for range 60 {
			status, _, _, err := s.call(t, "GET", "/read")
			require.NoError(t, err)
			statuses = append(statuses, status)
		}
		return statuses
	}
	first := run(7)
	require.Equal(t, first, run(7))
	require.NotEqual(t, first, run(8))
	require.Subset(t, first, []int{200, 500, 502, 429})
}

func TestFaults_CountsCallsOfTheSystemOnly(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.rule(t, sandboxkit.Rule{Kind: sandboxkit.DropBefore, Operation: "POST write", Calls: 1})
	_, _, _, _ = s.call(t, "POST", "/write")
	_, _, _, err := s.call(t, "POST", "/write")
	require.NoError(t, err)
	_, _, _, _ = s.call(t, "GET", "/read")
	_, _, _, _ = s.call(t, "GET", "/page-of-ours")
	_, body, _, err := s.call(t, "GET", "/_sandbox/calls")
	require.NoError(t, err)
	require.JSONEq(t, `{"operations":{"POST write":2,"GET read":1},"reads":1,"writes":2}`, body)
	_, _, _, err = s.call(t, "DELETE", "/_sandbox/calls")
	require.NoError(t, err)
	require.Equal(t, sandboxkit.CallReport{Operations: map[string]int{}}, s.calls.Report())
}

func TestFaultsHandler_AddsShowsAndClears(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	post := func(body string) (int, map[string]any) {
		resp, err := s.client.Post(s.url+"/_sandbox/faults", "application/json", strings.NewReader(body))
		require.NoError(t, err)
		defer resp.Body.Close()
		var answer map[string]any
		require.NoError(t, json.NewDecoder(resp.Body).Decode(&answer))
		return resp.StatusCode, answer
	}
	status, _ := post(`[{"kind":"500","calls":1},{"kinds":["429","502"],"share":0.5,"seed":3}]`)
	require.Equal(t, 201, status)
	status, _, _, _ = s.call(t, "GET", "/read")
	require.Equal(t, 500, status)
	report := s.faults.Report()
	require.Len(t, report.Rules, 2)
	require.Equal(t, 0, report.Rules[0].Left)
	require.Equal(t, -1, report.Rules[1].Left)
	require.Equal(t, map[sandboxkit.Kind]int{"500": 1}, report.Hits)

	for body, field := range map[string]string{
		`{"calls":1}`:                                   "kind",
		`{"kind":"fire","calls":1}`:                     "kind",
		`{"kind":"500"}`:                                "calls",
		`{"kind":"500","calls":-1}`:                     "calls",
		`{"kind":"500","share":1.5}`:                    "share",
		`{"kind":"late","calls":1,"seconds":-1}`:        "seconds",
		`{"kind":"500","calls":1,"skip":-1}`:            "skip",
		`{"kind":"500","calls":"one"}`:                  "calls",
		`[{"kind":"500","calls":1},{"kind":"500"}]`:     "calls",
		`{"kind":"hang","calls":1,"seconds":999999999}`: "seconds",
	} {
		status, answer := post(body)
		require.Equal(t, 400, status, body)
		require.Equal(t, field, answer["field"], body)
		require.NotEmpty(t, answer["error"])
	}
	for _, body := range []string{``, `[]`, `{"kind":"500","calls":1,"colour":"red"}`, `{"kind":"500","calls":1} {}`, `nonsense`} {
		status, _ := post(body)
		require.Equal(t, 400, status, body)
	}
	require.Len(t, s.faults.Report().Rules, 2, "a refused list adds nothing")

	_, _, _, err := s.call(t, "DELETE", "/_sandbox/faults")
	require.NoError(t, err)
	require.Empty(t, s.faults.Report().Rules)
	status, _, _, err = s.call(t, "GET", "/read")
	require.NoError(t, err)
	require.Equal(t, 200, status)
}
