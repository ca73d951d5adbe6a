package accountview_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/connectors/conformance"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

func (o opened) journalUnderTest() conformance.Books {
	b := o.underTest()
	b.Orders, b.Kind = o.books.Journal(), domain.EntityJournal
	b.Order = page
	b.TooLongOrder = func(r string) domain.Draft { return with(page(r), "COST_CODE", "TOOLONGCODE") }
	b.RefusedOrder = func(r string) domain.Draft { return with(page(r), "SUB_NR", "99999") }
	b.Process = func(t *testing.T, id string) { o.tell(t, "post", "pages", id) }
	b.ExpireToken = o.expireToken("DJ2")
	return b
}

// page is an invoice of two VAT groups: 100.00 at 21 % and 10.00 at 9 %.
func page(reference string) domain.Draft {
	d := draft(domain.EntityJournal, "DJ_CODE", "700", "SUB_NR", sandboxkit.SeedShop().Customers[0].Number, "HDR_DESC", reference)
	d.Key = reference
	today := time.Now()
	d.Fields = append(d.Fields, domain.Field{Name: "TRN_DATE", Value: domain.DateValue(domain.DateIn(today, today.Location()))})
	d.Lines = []domain.Draft{pageLine("8000", "100", "1", "21"), pageLine("8010", "10", "2", "0.90")}
	return d
}

func pageLine(account, amount, code, vat string) domain.Draft {
	line := draft(domain.EntityJournalLine, "ACCT_NR", account, "VAT_CODE", code)
	line.Fields = append(line.Fields, domain.Field{Name: "AMOUNT", Value: domain.NumberValue(decimal.RequireFromString(amount))})
	if vat != "" {
		line.Fields = append(line.Fields, domain.Field{Name: "VAT_AMT", Value: domain.NumberValue(decimal.RequireFromString(vat))})
	}
	return line
}

func TestJournal_AmountsHaveTheSignThatTheBooksWant(t *testing.T) {
	t.Parallel()
	for sign, want := range map[accountview.JournalAmounts]string{accountview.AmountsCreditNegative: "-100", accountview.AmountsPositive: "100"} {
		t.Run(string(sign), func(t *testing.T) {
			t.Parallel()
			o := openSandboxWith(t, sandbox.Options{JournalAmounts: string(sign)}, func(s *accountview.Settings) { s.Journal.Amounts = sign })
			made, err := o.books.Journal().CreateOrder(t.Context(), page("MPLUS F12"))
			require.NoError(t, err)
			require.Equal(t, connectors.OrderRecord{ID: "700/1", Reference: "MPLUS F12"}, made)
			stored := o.sandbox.Pages()[0]
			require.Equal(t, want, stored.Lines[0].Amount.String())
			require.Equal(t, "131.9", stored.Totals.Gross.String(), "the customer owes what was sold")

			memorial := page("MPLUS day")
			memorial.Fields = memorial.Fields[:0:0]
			for _, f := range page("MPLUS day").Fields {
				if f.Name != "SUB_NR" {
					memorial.Fields = append(memorial.Fields, f)
				}
			}
			memorial = with(memorial, "DJ_CODE", "900")
			memorial.Lines = append(memorial.Lines, pageLine("1000", "-131.90", "", ""))
			_, err = o.books.Journal().CreateOrder(t.Context(), memorial)
			require.NoError(t, err)
			require.Equal(t, "131.9", o.sandbox.Pages()[1].Lines[2].Amount.String(), "what came into the drawer is debit")
			require.Equal(t, "131.9", o.sandbox.Pages()[1].Totals.Gross.String())
		})
	}
}

func TestJournal_PagesOfTwoDaybooksWithOneNumberAreTwo(t *testing.T) {
	t.Parallel()
	o := openSandbox(t, "as assumed")
	_, err := o.books.Journal().CreateOrder(t.Context(), page("MPLUS F1"))
	require.NoError(t, err)
	other := with(with(page("MPLUS F1"), "DJ_CODE", "710"), "INV_NR", "F1")
	_, err = o.books.Journal().CreateOrder(t.Context(), other)
	require.NoError(t, err)
	found, err := o.books.Journal().FindOrders(t.Context(), "MPLUS F1", connectors.WithHistory)
	require.NoError(t, err)
	require.Len(t, found, 2, "a double across daybooks")
}

func TestJournal_APostedPageIsOneRecordWhereverItShows(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{PostedPages: "keep"}, nil)
	made, err := o.books.Journal().CreateOrder(t.Context(), page("MPLUS F2"))
	require.NoError(t, err)
	o.tell(t, "post", "pages", made.ID)
	found, err := o.books.Journal().FindOrders(t.Context(), "MPLUS F2", connectors.WithHistory)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{made}, found)
}

func TestJournal_ClosedPeriodIsARefusalThatNamesThePage(t *testing.T) {
	t.Parallel()
	o := openSandbox(t, "as assumed")
	require.NoError(t, o.sandbox.CloseThrough(time.Now().AddDate(0, 2, 0).Format(time.DateOnly)))
	_, err := o.books.Journal().CreateOrder(t.Context(), page("MPLUS F3"))
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, fault.Rejected, f.Kind)
	require.Contains(t, f.Detail(), "afgesloten")
}

func TestJournal_RehearsalShowsWhatWouldBeSent(t *testing.T) {
	t.Parallel()
	o := openSandbox(t, "as assumed")
	ready, err := o.books.Journal().RehearseCreate(t.Context(), page("MPLUS F4"))
	require.NoError(t, err)
	amount, _ := ready.Lines[0].Get("AMOUNT")
	require.Equal(t, "-100", amount.Number.String())
	_, err = o.books.Journal().RehearseCreate(t.Context(), with(page("MPLUS F4"), "HDR_DESC", strings.Repeat("x", 41)))
	require.True(t, fault.Is(err, fault.Invalid))
	require.Zero(t, o.writes())
}

func TestJournal_AReferenceIsNeededAndIsTheSettings(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.Journal.RefField, s.Journal.PostedRefField = "ext_desc", "" })
	_, err := o.books.Journal().CreateOrder(t.Context(), page("MPLUS F5"))
	require.True(t, fault.Is(err, fault.Invalid))
	made, err := o.books.Journal().CreateOrder(t.Context(), with(page("Factuur"), "EXT_DESC", "MPLUS F5"))
	require.NoError(t, err)
	found, err := o.books.Journal().FindOrders(t.Context(), "MPLUS F5", connectors.WithHistory)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{made}, found)
}
