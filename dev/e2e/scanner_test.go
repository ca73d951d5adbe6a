package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// needle is a planted text in every form in which it could have leaked.
type needle struct {
	planted string
	folded  [][]byte // looked for whatever the case
	exact   [][]byte
}

func newNeedle(planted string) needle {
	n := needle{planted: planted}
	escaped, _ := json.Marshal(planted) // text always encodes
	for _, form := range []string{
		planted, string(escaped[1 : len(escaped)-1]), url.QueryEscape(planted), url.PathEscape(planted), hex.EncodeToString([]byte(planted)),
	} {
		n.folded = append(n.folded, []byte(strings.ToLower(form)))
	}
	for shift := range 3 { // where it begins within a group of three bytes decides how base64 writes it
		shifted := append(bytes.Repeat([]byte{0}, shift), planted...)
		whole := shifted[:len(shifted)/3*3]
		coded := base64.StdEncoding.EncodeToString(whole)[(shift*8+5)/6:]
		n.exact = append(n.exact, []byte(coded), []byte(strings.NewReplacer("+", "-", "/", "_").Replace(coded)))
	}
	return n
}

func (n needle) in(text, lower []byte) bool {
	return slices.ContainsFunc(n.folded, func(form []byte) bool { return bytes.Contains(lower, form) }) ||
		slices.ContainsFunc(n.exact, func(form []byte) bool { return bytes.Contains(text, form) })
}

// scanner looks for planted texts.
type scanner struct{ needles []needle }

func newScanner(planted ...string) scanner {
	var s scanner
	for _, text := range planted {
		s.needles = append(s.needles, newNeedle(text))
	}
	return s
}

// find lists the planted texts that stand in a text.
func (s scanner) find(text []byte) []string {
	lower := bytes.ToLower(text)
	var found []string
	for _, n := range s.needles {
		if n.in(text, lower) {
			found = append(found, n.planted)
		}
	}
	return found
}

// haystack is one place that was searched.
type haystack struct {
	place string
	text  []byte
}

// temporal is all that Temporal keeps: every event of every workflow, what it
// shows of them, and the schedules.
func (b *bundle) temporal() []haystack {
	b.t.Helper()
	ctx := context.Background()
	var all []haystack
	add := func(place string, message proto.Message) {
		raw, err := proto.Marshal(message) // payloads as they are
		require.NoError(b.t, err)
		written, err := protojson.Marshal(message)
		require.NoError(b.t, err)
		all = append(all, haystack{place, raw}, haystack{place, written})
	}
	executions := append(b.executions(""), b.executions(`TemporalNamespaceDivision = "TemporalScheduler"`)...)
	for _, e := range executions {
		id := e.GetExecution().GetWorkflowId()
		add("list of workflows: "+id, e)
		described, err := b.App.Temporal.DescribeWorkflowExecution(ctx, id, e.GetExecution().GetRunId())
		require.NoError(b.t, err)
		add("description of "+id, described)
		for _, event := range b.history(id, e.GetExecution().GetRunId()) {
			add("history of "+id+": "+event.GetEventType().String(), event)
		}
	}
	schedules, err := b.App.Temporal.WorkflowService().ListSchedules(ctx, &workflowservice.ListSchedulesRequest{Namespace: b.Config.Temporal.Namespace})
	require.NoError(b.t, err)
	for _, s := range schedules.GetSchedules() {
		described, err := b.App.Temporal.WorkflowService().DescribeSchedule(ctx,
			&workflowservice.DescribeScheduleRequest{Namespace: b.Config.Temporal.Namespace, ScheduleId: s.GetScheduleId()})
		require.NoError(b.t, err)
		add("schedule "+s.GetScheduleId(), described)
	}
	return all
}

// database is every row of every table, as text; binary columns as hex.
func (b *bundle) database() []haystack {
	b.t.Helper()
	ctx := context.Background()
	texts := func(query string) []string {
		rows, err := b.App.DB.Query(ctx, query)
		require.NoError(b.t, err)
		defer rows.Close()
		var all []string
		for rows.Next() {
			var text string
			require.NoError(b.t, rows.Scan(&text))
			all = append(all, text)
		}
		require.NoError(b.t, rows.Err())
		return all
	}
	var all []haystack
	for _, table := range texts(`select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables where schemaname = 'public'`) {
		for _, row := range texts("select t::text from " + table + " t") {
			all = append(all, haystack{"table " + table, []byte(row)})
		}
	}
	return all
}

func TestScanner_FindsAPlantedTextInEveryForm(t *testing.T) {
	t.Parallel()
	const planted = "Zwaluwstaart-Ünique & Co"
	s := newScanner(planted)
	for _, before := range []string{"", "a", "ab", "abc"} {
		require.NotEmpty(t, s.find([]byte(base64.StdEncoding.EncodeToString([]byte(before+planted+" rest")))), "base64 after %q", before)
		require.NotEmpty(t, s.find([]byte(base64.URLEncoding.EncodeToString([]byte(before+planted+" rest")))), "base64url after %q", before)
	}
	encoded, err := json.Marshal(map[string]string{"name": planted})
	require.NoError(t, err)
	for _, text := range []string{
		planted, strings.ToUpper(planted), string(encoded), url.QueryEscape(planted), `\x` + hex.EncodeToString([]byte("x"+planted)),
	} {
		require.Equal(t, []string{planted}, s.find([]byte("... "+text+" ...")))
	}
	require.Empty(t, s.find([]byte("Zwaluwstaart")))
}
