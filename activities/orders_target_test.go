package activities_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// targeted is the document in which every sale becomes what is given.
func targeted(target string) string {
	return strings.Replace(strings.Replace(document, "flows: {orders: {", `flows: {orders: {fill: {daybook: "700"}, `, 1), "lookups: {", `lookups: {target: {keys: [source, branch, category, paid], unmapped: default, default: `+target+`}, `+
		`revenue_account: {keys: [country, vat_code, turnover_group], rows: [{key: ["*", "*", "*"], value: "8000"}]}, `, 1)
}

func TestTarget_AnInvoiceGoesToTheInvoicesOfTheBooks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.apply(targeted("journal"))
	d.arrive(sale("2026.1", 1))
	checked, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, domain.TargetJournal, checked.Attempt.Target)
	_, err = d.upsert(checked.Attempt)
	require.NoError(t, err)
	_, err = run[struct{}](d, (&activities.Products{Desk: d.Desk}).VerifyProducts, checked.Attempt)
	require.NoError(t, err, "an invoice needs no articles")
	done, err := d.confirm(checked.Attempt)
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeDelivered, done.Outcome)
	require.NotContains(t, d.books.targets, domain.TargetSalesOrder)
	require.Empty(t, d.books.orders)
	require.Equal(t, domain.EntityJournal, d.books.drafts[0].Entity)
}

func TestTarget_ChangedAfterBookingWritesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	_, err := d.confirm(attempt("2026.1", 1))
	require.NoError(t, err)
	d.apply(targeted("journal"))
	out, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeUnchanged, out.Outcome)
	require.Equal(t, 1, d.books.writes)
}

// TestTarget_AnUnclearWriteIsLookedForWhereItWent: the document says another place
// by then, and the order of the books must still be found.
func TestTarget_AnUnclearWriteIsLookedForWhereItWent(t *testing.T) {
	t.Parallel()
	for _, next := range []string{"journal", "none", "day_total"} {
		d := newDesk(t)
		d.arrive(sale("2026.1", 1))
		d.books.write(fault.Uncertain, true)
		_, err := d.confirm(attempt("2026.1", 1))
		require.Error(t, err)
		d.books.fails = nil
		d.apply(strings.Replace(targeted(next), "flows: {orders: {", "flows: {orders: {day_totals: {enabled: true}, ", 1))
		var out activities.CheckOrderExistsResult
		require.Eventually(t, func() bool {
			out, err = d.check(attempt("2026.1", 1))
			return err == nil
		}, 10*time.Second, 20*time.Millisecond, next)
		require.Equal(t, activities.OutcomeAdopted, out.Outcome, next)
		require.Equal(t, 1, d.books.writes, next)
	}
}

func TestTarget_NoneIsSkippedAndADayTotalNeedsDayTotals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.apply(targeted("none"))
	d.arrive(sale("2026.1", 1))
	out, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeSkipped, out.Outcome)
	var code string
	require.NoError(t, d.pool.QueryRow(t.Context(), "select code from outcome where outcome = 'skipped'").Scan(&code))
	require.Equal(t, "no_target", code)

	d.apply(targeted("day_total"))
	_, err = d.check(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "day_totals_off", f.Code)
	require.Zero(t, d.books.writes)
}

func TestTarget_IsShownInADryRunAndInAPreview(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.apply(targeted("journal"))
	d.arrive(sale("2026.1", 1))
	got := d.previewOne(activities.PreviewOrdersInput{Keys: []string{"2026.1"}})
	require.Equal(t, "created", got.Flow.Outcome)
	require.Equal(t, "journal", got.Records[len(got.Records)-1].Entity)
	require.True(t, got.VAT.Proved)
	require.Equal(t, "8000", field(t, got, "journal_line", "ACCT_NR").Value)
}

func TestVAT_ADomesticCodeOnAForeignDebtorIsCaughtBeforeItIsWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders(`vat: {domestic_codes: ["1"]}`)
	order := sale("2026.1", 1)
	order.Customer.VATNumber = "be 0123.456.789"
	d.arrive(order)
	parked := attempt("2026.1", 1)
	parked.Document = 2
	_, err := d.confirm(parked)
	_, f := failure(t, err)
	require.Equal(t, "domestic_vat_foreign_debtor", f.Code)
	require.Zero(t, d.books.writes)

	d.setOrders(`vat: {domestic_codes: ["1"], foreign: allow}`)
	parked.Document = 3
	_, err = d.confirm(parked)
	require.NoError(t, err)
	require.Equal(t, 1, d.books.writes)
}

// TestAmounts_ASaleThatAPersonMustDecideAboutMakesNoDebtor: it is parked before
// anything is written.
func TestAmounts_ASaleThatAPersonMustDecideAboutMakesNoDebtor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	order := sale("2026.1", 1)
	order.Lines[0].Kind = domain.LineBalance
	d.arrive(order)
	_, err := d.check(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "gift_card_sold", f.Code)
	require.Zero(t, d.books.writes)
}

func TestAmounts_OwnUseIsLeftOutWhereTheDocumentSaysSo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders("amounts: {own_use: leave_out}")
	order := sale("2026.1", 1)
	order.Lines[0].Kind = domain.LineOwnUse
	d.arrive(order)
	out, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeSkipped, out.Outcome)
	var code string
	require.NoError(t, d.pool.QueryRow(t.Context(), "select code from outcome where outcome = 'skipped'").Scan(&code))
	require.Equal(t, "own_use_left_out", code)
}
