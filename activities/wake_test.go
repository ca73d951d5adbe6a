package activities_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// parkFor lets an order arrive and parks it for this, as its workflow would.
func (d *desk) parkFor(number string, marker int64, why activities.Failure) {
	d.t.Helper()
	d.arrive(sale(number, marker))
	d.parkAgain(number, marker, 1, why)
}

func (d *desk) parkAgain(number string, marker int64, document int, why activities.Failure) {
	d.t.Helper()
	a := attempt(number, marker)
	a.Document = document
	_, err := run[struct{}](d, d.orders().ParkOrder, activities.ParkOrderInput{Attempt: a, Failure: why})
	require.NoError(d.t, err)
}

func lacks(skus ...string) activities.Failure {
	why := activities.Failure{Kind: "NotFound", Code: "product_missing"}
	for _, sku := range skus {
		why.Awaits = append(why.Awaits, string(domain.WaitForProduct(sku)))
	}
	return why
}

// wake looks for what parked orders wait for, and gives who was woken by it.
func (d *desk) wake() (activities.WakeOrdersResult, []string) {
	d.t.Helper()
	s := &starter{}
	orders := d.orders()
	orders.Starter = s
	out, err := run[activities.WakeOrdersResult](d, orders.WakeOrders, activities.WakeOrdersInput{Integration: "shop"})
	require.NoError(d.t, err)
	slices.Sort(s.woken)
	return out, s.woken
}

func TestVerifyProducts_SaysEveryArticleThatIsWaitedFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	for i := range 30 {
		d.books.missing = append(d.books.missing, "10"+string(rune('0'+i/10))+string(rune('0'+i%10)))
	}
	_, err := run[struct{}](d, (&activities.Products{Desk: d.Desk}).VerifyProducts, attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Len(t, f.Awaits, 30)
	require.Equal(t, 20, len(strings.Split(f.About, ", ")), "people are shown some")
}

func TestWakeOrders_CostsOneQueryWhereNothingWaits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.parkFor("2026.1", 1, activities.Failure{Kind: "Conflict", Code: "customer_ambiguous"})
	d.books.fails = func(string) (error, bool) { t.Error("the books were asked"); return nil, true }
	out, woken := d.wake()
	require.Equal(t, activities.WakeOrdersResult{}, out, "the document was not opened either")
	require.Empty(t, woken)
}

func TestWakeOrders_AnOrderGoesOnWhenAllItsArticlesAreThere(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.parkFor("2026.1", 1, lacks("1001", "1002"))
	d.parkFor("2026.2", 2, lacks("1002"))
	d.books.missing = []string{"1001", "1002"}
	out, woken := d.wake()
	require.Equal(t, activities.WakeOrdersResult{Waiting: 2, Document: 1}, out)
	require.Empty(t, woken)

	d.books.missing = []string{"1001"}
	out, woken = d.wake()
	require.Equal(t, activities.WakeOrdersResult{Waiting: 2, Woken: 1, Document: 1}, out)
	require.Equal(t, []string{"2026.2 article_arrived"}, woken)
	require.Equal(t, []string{"parked product_missing", "woke article_arrived"}, d.timeline("2026.2"))

	out, woken = d.wake()
	require.Equal(t, 1, out.Waiting, "who was told is not told again")
	require.Empty(t, woken)

	d.parkAgain("2026.2", 2, 1, lacks("1003"))
	_, woken = d.wake()
	require.Equal(t, []string{"2026.2 article_arrived"}, woken, "one that parked again waits again")
}

func TestWakeOrders_AMissingRowIsWaitedForUntilAVersionHasIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.parkFor("2026.1", 1, activities.Failure{Kind: "Invalid", Code: "unmapped_vat_code", About: "vat_code 9", Awaits: []string{
		string(domain.WaitForRow("vat_code", domain.LookupKey{"9"})),
	}})
	d.parkFor("2026.2", 2, activities.Failure{Kind: "Invalid", Code: "vat_differs"})
	_, woken := d.wake()
	require.Empty(t, woken)

	d.apply(document + "# another version without the row\n")
	_, woken = d.wake()
	require.Equal(t, []string{"2026.2 document_changed"}, woken)

	d.apply(strings.Replace(document, "percent: 21}", `percent: 21}, {key: "9", value: "2", percent: 9}`, 1))
	_, woken = d.wake()
	require.Equal(t, []string{"2026.1 row_arrived"}, woken)

	d.parkAgain("2026.1", 1, 3, activities.Failure{Kind: "Invalid", Code: "vat_differs"})
	_, woken = d.wake()
	require.Empty(t, woken, "a version that did not help is not tried again")
}

func TestWakeOrders_ACreditWaitsForItsOriginal(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.parkFor("2026.2", 2, activities.Failure{Kind: "Conflict", Code: "original_not_booked", Awaits: []string{string(domain.WaitForCredited("id-2026.1"))}})
	_, woken := d.wake()
	require.Empty(t, woken)
	d.arrive(sale("2026.1", 3))
	require.NoError(t, d.deliver(attempt("2026.1", 3)))
	_, woken = d.wake()
	require.Equal(t, []string{"2026.2 original_arrived"}, woken)
}

// An order that parks again between the telling and the note of it must not be
// taken for one that was told.
func TestParkedWoken_IsOfOneParkingOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.parkFor("2026.1", 1, lacks("1001"))
	list := store.ParkedListWaitingParams{Integration: "shop", Entity: "order"}
	before, err := db.Q.ParkedListWaiting(t.Context(), d.pool, list)
	require.NoError(t, err)
	d.parkAgain("2026.1", 1, 1, lacks("1002"))
	require.NoError(t, db.Q.ParkedWoken(t.Context(), d.pool, store.ParkedWokenParams{ID: before[0].ID, ParkedAt: before[0].ParkedAt}))
	after, err := db.Q.ParkedListWaiting(t.Context(), d.pool, list)
	require.NoError(t, err)
	require.Len(t, after, 1)
}
