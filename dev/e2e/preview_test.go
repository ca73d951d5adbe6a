package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// flowState is every row that the flow goes by or writes down.
func (b *bundle) flowState() map[string]string {
	b.t.Helper()
	state := map[string]string{}
	for _, table := range []string{"link", "outcome", "parked", "inbox", "cursor", "written"} {
		var rows string
		err := b.App.DB.QueryRow(context.Background(), "select coalesce(json_agg(t order by t::text), '[]')::text from "+table+" t").Scan(&rows)
		require.NoError(b.t, err)
		state[table] = rows
	}
	return state
}

// draft is the document in force with another reference.
func (b *bundle) draft() string {
	b.t.Helper()
	text := b.koppel("", "export", "-i", stack.Integration)
	draft := strings.Replace(text, "reference_prefix: 'MPLUS '", "reference_prefix: 'DRAFT '", 1)
	if draft == text {
		draft = strings.Replace(text, `reference_prefix: "MPLUS "`, `reference_prefix: "DRAFT "`, 1)
	}
	require.NotEqual(b.t, text, draft)
	return draft
}

// show runs a command that only shows, and reads its JSON.
func show[T any](b *bundle, draft string, args ...string) T {
	b.t.Helper()
	args = append(args, "-i", stack.Integration, "--json")
	if draft != "" {
		args = append(args, "-f", "-")
	}
	var out T
	require.NoError(b.t, json.Unmarshal([]byte(b.koppel(draft, args...)), &out))
	return out
}

// question asks over the API.
func (b *bundle) question(what, token string, body any) api.Answered {
	b.t.Helper()
	encoded, err := json.Marshal(body)
	require.NoError(b.t, err)
	status, answer := shop{b.t, b.ServerURL}.send(http.MethodPost, "/api/integrations/"+stack.Integration+"/"+what, encoded,
		http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + token}})
	var got api.Answered
	require.NoError(b.t, json.Unmarshal(answer, &got), "%s", answer)
	eventually(b.t, func() string {
		if got.Ended() {
			return ""
		}
		status, answer = shop{b.t, b.ServerURL}.send(http.MethodGet, got.Link, nil, http.Header{"Authorization": {"Bearer " + token}})
		require.NoError(b.t, json.Unmarshal(answer, &got))
		return "the request is " + got.State
	})
	require.Less(b.t, status, 300)
	require.Nil(b.t, got.Failure)
	return got
}

func TestPreviewDryRunAndWhatIf_WriteNothingAnywhereAndTellWhatThenHappens(t *testing.T) {
	logged := &journal{}
	b := setup(t, withServer, func(o *stack.Options) { o.Log = telemetry.NewLogger(logged, slog.LevelDebug, true) }, withDocument(func(d *settings.Document) {
		d.Flows.Orders.CustomerMatch = []settings.CustomerMatch{settings.MatchExternalNumber} // strangers share their keys
	}))
	booked := []saved{b.ringUp(oneLadle(knownCustomer)), b.ringUp(oneLadle(b.enrol(newcomer(1))))}
	b.awaitDelivered(booked...)
	b.pause()
	b.tick()
	all := strangers()
	who := []int64{b.enrol(all[0]), b.enrol(all[1]), b.enrol(all[2])}
	elsewhere := &place{Name: "Achterkamer Roodborstjes", Address: "Ganzerikpad 4483", Zipcode: "9831 XQ", City: "Wittewierummerhorn", Country: "NL"}
	orders := []saved{
		b.ringUp(sale{RelationNumber: who[0], Lines: []saleLine{of(ladle, "1")}, DeliveryAddress: elsewhere}),
		b.ringUp(sale{RelationNumber: who[0], Lines: []saleLine{of(pan, "2")}}),
		b.ringUp(sale{RelationNumber: who[1], Lines: []saleLine{of(ladle, "3")}, DeliveryAddress: elsewhere}),
		b.ringUp(sale{RelationNumber: who[2], Lines: []saleLine{of(ladle, "1")}}), // from no country: parks
	}
	token := strings.TrimSpace(b.koppel("", "token", "create", "e2e", "--scope", "operate"))
	draft := b.draft()
	before := b.flowState()
	b.till.forgetsCalls()
	b.books.forgetsCalls()

	dry := show[activities.DryRunAnswer](b, "", "sync", "orders", "--dry-run")
	require.Len(t, dry.Orders, len(orders))
	outcomes := map[string]string{}
	made := map[string]int{}
	for _, o := range dry.Orders {
		outcomes[o.Number] = o.Outcome
		for _, w := range o.Writes {
			made[w.Action+" "+w.Entity]++
		}
	}
	require.Equal(t, map[string]string{
		orders[0].Number: "created", orders[1].Number: "created", orders[2].Number: "created", orders[3].Number: "parked",
	}, outcomes)
	require.Equal(t, map[string]int{"create customer": 2, "create delivery_address": 2, "create order": 3}, made)
	named := b.question("dry-run", token, api.AskedDryRun{Keys: []string{orders[2].Number}, Draft: draft})
	require.Contains(t, string(named.Result), "DRAFT "+orders[2].Number)

	text := b.koppel("", "preview", "orders", "-i", stack.Integration, "--key", orders[0].Number)
	require.Contains(t, text, all[0].Name)
	require.Contains(t, text, "lookup('vat_code', line.vat_key)")
	kept := show[activities.PreviewAnswer](b, draft, "preview", "orders", "--key", booked[0].Number)
	require.Equal(t, "inbox", kept.Orders[0].From)
	require.Contains(t, string(b.question("preview", token, api.AskedPreview{Keys: []string{orders[3].Number}}).Result), "country_unknown")

	whatIf := show[activities.WhatIfAnswer](b, draft, "what-if", "--from", "2020-01-01", "--until", "2099-12-31")
	require.Equal(t, 2, whatIf.Differ)
	require.Equal(t, "COMMENT1", whatIf.Fields[0].Field)
	b.question("what-if", token, api.AskedWhatIf{From: "2020-01-01", Until: "2099-12-31", Draft: draft})

	till, books := b.till.calls(), b.books.calls()
	require.Zero(t, till.Writes, "%v", till.Operations)
	require.Zero(t, books.Writes, "%v", books.Operations)
	require.Positive(t, books.Reads, "the books were looked in")
	require.Equal(t, before, b.flowState())

	b.leaksNothing(all, token, logged)
	b.unpause()
	b.awaitDelivered(orders[:3]...)
	require.Len(t, b.debtorsOf(who[0]), 1)
	require.Len(t, b.debtorsOf(who[0])[0].Addresses, 1)
	eventually(t, func() string {
		if got := codes(b.parked()); !slices.Equal(got, []string{orders[3].Number + " country_unknown"}) {
			return strings.Join(got, ", ")
		}
		return ""
	})
}

// leaksNothing searches everything that is kept or logged for the people in it.
func (b *bundle) leaksNothing(all []*customer, token string, logged *journal) {
	b.t.Helper()
	scan := newScanner(append(personal(all), append(b.secrets(), token)...)...)
	places := slices.Concat(b.temporal(), b.database(), logged.haystacks(), b.pages())
	require.Greater(b.t, len(places), 100, "there was something to search")
	for _, place := range places {
		require.Empty(b.t, scan.find(place.text), place.place)
	}
}

func TestPreview_ABadDraftIsRefusedWithAllThatIsWrongAndStartsNothing(t *testing.T) {
	b := setup(t)
	b.pause()
	runs := len(b.executions(""))
	for _, args := range [][]string{
		{"preview", "orders", "--last", "1"}, {"sync", "orders", "--dry-run"}, {"what-if", "--from", "2026-01-01", "--until", "2026-01-31"},
	} {
		cmd := b.command(append(args, "-i", stack.Integration, "-f", "-")...)
		cmd.Stdin = strings.NewReader("integration: " + stack.Integration + "\nnonsense: 1\nmplus: {timeout: 1 week}\n")
		var errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = io.Discard, &errs
		require.Error(t, cmd.Run())
		require.Contains(t, errs.String(), "nonsense")
		require.Contains(t, errs.String(), "timeout")
	}
	require.Zero(t, b.count("select count(*) from request"))
	require.Len(t, b.executions(""), runs)
}
