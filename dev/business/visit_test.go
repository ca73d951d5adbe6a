package business

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// floor is the shop floor of one group.
type floor struct {
	*testing.T
	stack *stack.Stack
	shop  stack.Shop
	group *group
	till  outside.Till
	books outside.Books
	seen  map[string]fields // debtors as they were when the doors opened, by number

	enrolled map[*outside.Customer]int64
}

// visit is one story being told.
type visit struct {
	*floor
	t      *testing.T // of the chapter
	story  *story
	sale   sale
	order  outside.Saved
	number string // what people call it
	before string // number in the books of the sale that this one takes back
	told   int    // rows of the timeline that earlier chapters told of
}

// play tells all stories of a group, a chapter of each at a time: what one waits
// for, all wait for.
func (g *group) play(t *testing.T, s *stack.Stack) {
	f := g.open(t, s)
	var visits []*visit
	for i := range g.stories {
		v := &visit{floor: f, t: t, story: &g.stories[i], sale: g.stories[i].sale}
		if v.story.before != nil {
			v.story.before(v)
		}
		visits = append(visits, v)
	}
	f.seen = f.debtors()
	for _, v := range visits {
		v.ringUp()
		if v.story.meanwhile != nil {
			v.story.meanwhile(v)
		}
	}
	for n := 0; len(visits) > 0; n++ {
		f.read()
		failed := map[*visit]bool{}
		for _, v := range visits {
			failed[v] = !t.Run(v.title(n), func(t *testing.T) { v.check(t, n) })
		}
		visits = slices.DeleteFunc(visits, func(v *visit) bool { return failed[v] || n == len(v.story.then) })
		for _, v := range visits {
			v.t = t
			v.story.then[n].do(v)
		}
	}
}

func (v *visit) title(n int) string {
	if n == 0 {
		return v.story.name
	}
	return v.story.name + ", then " + v.story.then[n-1].name
}

// open sets up the till and the books of a group.
func (g *group) open(t *testing.T, s *stack.Stack) *floor {
	t.Helper()
	clock := g.clock
	if clock == nil {
		clock = shopHours
	}
	slug := strings.ToLower(strings.ReplaceAll(g.name, " ", "-"))
	shop, err := s.Join(t.Context(), slug, app.SandboxOptions{Now: clock}, func(d *settings.Document) {
		unhurried(d)
		if g.document != nil {
			g.document(d)
		}
	})
	require.NoError(t, err)
	f := &floor{T: t, stack: s, shop: shop, group: g, till: shop.Till(), books: shop.Books(), enrolled: map[*outside.Customer]int64{}}
	for page, switches := range map[outside.Page]map[string]any{f.till.Page: g.till, f.books.Page: g.books} {
		if switches != nil {
			require.NoError(t, page.Post(t.Context(), "/_sandbox/options", switches, nil))
		}
	}
	for _, code := range g.articles {
		f.enterArticle(code)
	}
	return f
}

// ringUp saves the sale at the till.
func (v *visit) ringUp() {
	v.Helper()
	var err error
	v.order, err = v.till.RingUp(v.Context(), v.as(), v.sale)
	require.NoError(v, err, v.story.name)
	v.number = letters[v.as()] + v.order.Number
}

// as is what the sale is saved as.
func (v *visit) as() string { return cmp.Or(v.story.as, outside.Orders) }

// letters begin the numbers of receipts and invoices, as people call them.
var letters = map[string]string{outside.Receipts: "B", outside.Invoices: "F"}

// read lets the flow read the till, as its schedule does.
func (f *floor) read() {
	f.Helper()
	trigger(f.T, f.stack, workflows.FlowOrders, f.shop.Integration)
}

// row reads one row of our own tables.
func (f *floor) row(into []any, query string, args ...any) {
	f.Helper()
	require.NoError(f, f.stack.App.DB.QueryRow(context.Background(), query, args...).Scan(into...))
}

// rests reports whether nobody works on the sale: its last version is dealt with,
// or waits for a person.
func (v *visit) rests() bool {
	var known, open, parked int
	v.row([]any{&known, &open}, `select count(*), count(*) filter (where finished_marker < marker) from inbox where integration = $1 and number = $2`,
		v.shop.Integration, v.number)
	v.row([]any{&parked}, `select count(*) from parked where integration = $1 and number = $2 and closed_at is null`, v.shop.Integration, v.number)
	return known > 0 && (open == 0 || parked > 0)
}

// timeline tells how the attempts of the sale ended, oldest first.
func (v *visit) timeline() []api.TimelineEntry {
	all, err := api.TimelinesOf(context.Background(), v.stack.App.DB, v.shop.Integration, v.number)
	require.NoError(v.t, err)
	if len(all) == 0 {
		return nil
	}
	require.Len(v.t, all, 1)
	return all[0].Entries
}

// isWoken reports whether an outcome says that a sale goes on by itself.
func isWoken(outcome string) bool { return strings.HasPrefix(outcome, "woke") }

// ends are the outcomes of a timeline, each with its code.
func ends(entries []api.TimelineEntry) []string {
	all := []string{}
	for _, e := range entries {
		all = append(all, strings.TrimSpace(e.Outcome+" "+e.Code))
	}
	return all
}

// awaitTimeline waits until the story came as far as the chapter says.
func (v *visit) awaitTimeline(want want) {
	v.t.Helper()
	expected := want.timeline
	if expected == nil {
		expected = []string{"delivered"}
	}
	var now []api.TimelineEntry
	eventually(v.t, func() (string, bool) {
		told, rests := v.timeline(), v.rests()
		now = told[min(v.told, len(told)):]
		if !slices.ContainsFunc(expected, isWoken) { // by what happens in another story of the group, too
			now = slices.DeleteFunc(now, func(e api.TimelineEntry) bool { return isWoken(e.Outcome) })
		}
		if !slices.Equal(ends(now), expected) || rests == want.waits {
			return fmt.Sprintf("the timeline is %q, not %q; at rest: %t; %s", ends(now), expected, rests, v.details()), (rests || want.waits) && len(now) >= len(expected)
		}
		v.told = len(told)
		return "", false
	})
	for _, e := range now {
		require.True(v.t, e.Code == "" || e.Words != "" && e.Fix != "", "%s is explained", e.Code)
	}
	if want.why != nil {
		met := decisions(now)
		require.True(v.t, slices.EqualFunc(want.why, met, func(begin, whole string) bool { return strings.HasPrefix(whole, begin) }),
			"why it came out so: %q, not %q", met, want.why)
	}
}

// details are what the far side said of a sale that is parked.
func (v *visit) details() string {
	rows, err := v.stack.App.Parked(v.Context(), app.ParkedOf{Integration: v.shop.Integration, Numbers: []string{v.number}})
	if err != nil || len(rows) == 0 || rows[0].PayloadID == nil {
		return "no details"
	}
	said, err := v.stack.App.Payloads.Get(v.Context(), v.shop.Integration, db.PayloadRef{Month: *rows[0].PayloadMonth, ID: *rows[0].PayloadID})
	if err != nil {
		return err.Error()
	}
	return string(said)
}

// decisions are the choices that attempts met, each with what it was made by.
func decisions(entries []api.TimelineEntry) []string {
	all := []string{}
	for _, e := range entries {
		for _, d := range e.Decisions {
			all = append(all, strings.TrimSpace(d.Code+" "+d.About))
		}
	}
	return all
}
