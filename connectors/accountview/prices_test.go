package accountview_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// emptied are books without the prices of the seed.
func emptied(t *testing.T, o opened) opened {
	t.Helper()
	for _, p := range o.sandbox.Prices() {
		require.NoError(t, o.sandbox.RemovePrice(p.Object, p.Key))
	}
	return o
}

func put(t *testing.T, o opened, object string, fields ...string) string {
	t.Helper()
	row := sandbox.PriceDump{Object: object, Fields: map[string]string{}}
	for i := 0; i < len(fields); i += 2 {
		row.Fields[fields[i]] = fields[i+1]
	}
	keys, err := o.sandbox.PutPrices(row)
	require.NoError(t, err)
	return object + "/" + keys[0]
}

func allPrices(t *testing.T, o opened, limit int) []connectors.PriceRecord {
	t.Helper()
	var all []connectors.PriceRecord
	part := connectors.Part{Limit: limit}
	for range 1000 {
		page, err := o.books.Prices(t.Context(), part)
		require.NoError(t, err)
		require.LessOrEqual(t, len(page.Records), limit)
		all = append(all, page.Records...)
		if part.After = page.Next; page.Next == "" {
			return all
		}
	}
	require.Fail(t, "the list never ends")
	return nil
}

func TestPrices_EveryKindIsReadAsItStands(t *testing.T) {
	t.Parallel()
	for name := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := emptied(t, openSandbox(t, name))
			ids := []string{
				put(t, o, "ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "22.125", "QTY_FROM", "12"),
				put(t, o, "ZPL", "APX_LIST", "HOREC", "AG_CODE", "KPAN", "DISC_PCT", "12.5", "DATE_FROM", "2026-07-01", "DATE_TO", "2026-07-31"),
				put(t, o, "ZPG", "RPL_TYPE", "BEDRIJF", "ATR_NAME", "brand", "ATR_VAL", "Lodge", "DISC_PCT", "5"),
				put(t, o, "ZPA", "ACT_CODE", "ZOMER", "ART_CODE", "100102", "PX_SELL", "19.95", "CUR_CODE", "EUR"),
			}
			slices.Sort(ids)
			ids = []string{ids[1], ids[3], ids[2], ids[0]} // in the order of the settings: ZPD, ZPL, ZPG, ZPA
			var got []domain.Price
			for i, r := range allPrices(t, o, 3) {
				require.NoError(t, r.Fault)
				require.Equal(t, ids[i], r.ID)
				got = append(got, r.Price)
			}
			july := func(day int) domain.Date { return domain.Date{Year: 2026, Month: time.July, Day: day} }
			want := []domain.Price{
				{Customer: "10001", SKU: "100101", MinQuantity: amount("12"), PriceExcl: amount("22.125"), PriceBasis: domain.PriceBasisExcl},
				{PriceList: "HOREC", ArticleGroup: "KPAN", DiscountPercent: amount("12.5"), ValidFrom: july(1), ValidUntil: july(31)},
				{CustomerGroup: "BEDRIJF", Attribute: domain.Attribute{Name: "brand", Value: "Lodge"}, DiscountPercent: amount("5")},
				{Promotion: "ZOMER", SKU: "100102", PriceIncl: amount("19.95"), PriceBasis: domain.PriceBasisIncl, Currency: "EUR"},
			}
			require.Len(t, got, len(want))
			for i := range want {
				require.Equal(t, fmt.Sprintf("%+v", want[i]), fmt.Sprintf("%+v", got[i]))
			}
		})
	}
}

func TestPrices_PagesHoldEachRowOnceWhateverTheirSize(t *testing.T) {
	t.Parallel()
	for name := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := emptied(t, openSandbox(t, name))
			for i := range 23 {
				object := []string{"ZPD", "ZPA"}[i%2] // the two between are empty
				fields := []string{"ART_CODE", "100101", "DISC_PCT", fmt.Sprint(i + 1)}
				if object == "ZPD" {
					fields = append(fields, "SUB_NR", "10001")
				}
				put(t, o, object, fields...)
			}
			for _, limit := range []int{1, 2, 7, 12, 23, 100} {
				ids := map[string]bool{}
				for _, r := range allPrices(t, o, limit) {
					require.False(t, ids[r.ID], "%s came twice", r.ID)
					ids[r.ID] = true
				}
				require.Len(t, ids, 23, "pages of %d", limit)
			}
		})
	}
}

func TestPrices_ARunReadsWhatChangedOnly(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)
	o := emptied(t, openSandboxWith(t, sandbox.Options{Now: func() time.Time { return now }}, nil))
	old := put(t, o, "ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "1")
	now = now.Add(time.Hour)
	fresh := put(t, o, "ZPD", "SUB_NR", "10001", "ART_CODE", "100102", "PX_SELL", "2")
	page, err := o.books.Prices(t.Context(), connectors.Part{Limit: 10, Since: now.Add(-time.Minute)})
	require.NoError(t, err)
	require.Len(t, page.Records, 1)
	require.Equal(t, fresh, page.Records[0].ID)
	require.True(t, now.Equal(page.Newest), page.Newest)
	page, err = o.books.Prices(t.Context(), connectors.Part{Limit: 10, Since: page.Newest})
	require.NoError(t, err)
	require.Len(t, page.Records, 1, "that moment included")
	page, err = o.books.Prices(t.Context(), connectors.Part{Limit: 10})
	require.NoError(t, err)
	require.Equal(t, []string{old, fresh}, []string{page.Records[0].ID, page.Records[1].ID})
}

func TestPrices_ARowThatSaysNothingOrTwoThingsIsTheFaultOfThatRow(t *testing.T) {
	t.Parallel()
	o := emptied(t, openSandbox(t, "as assumed"))
	for rule, fields := range map[string][]string{
		"neither a price nor a discount":  {"ART_CODE", "100101"},
		"a price and a discount":          {"ART_CODE", "100101", "PX_SELL", "1", "DISC_PCT", "1"},
		"only one of them":                {"ART_CODE", "100101", "AG_CODE", "KPAN", "PX_SELL", "1"},
		"at most 100 %":                   {"ART_CODE", "100101", "DISC_PCT", "100.5"},
		"below zero":                      {"ART_CODE", "100101", "PX_SELL", "-1"},
		"an attribute without a value":    {"ATR_NAME", "brand", "DISC_PCT", "1"},
		"or a quantity below zero":        {"ART_CODE", "100101", "PX_SELL", "1", "QTY_FROM", "-2"},
		"not above 0 and at most 100 %":   {"ART_CODE", "100101", "DISC_PCT", "-3"},
		"or a value without an attribute": {"ATR_VAL", "Lodge", "DISC_PCT", "1"},
	} {
		id := put(t, o, "ZPD", append(fields, "SUB_NR", "10001")...)
		r := allPrices(t, o, 10)[0]
		require.Equal(t, id, r.ID)
		require.Equal(t, "10001", r.Price.Customer, "for whom it is, is known")
		f, ok := fault.As(r.Fault)
		require.True(t, ok, rule)
		require.Equal(t, []any{fault.Invalid, "price_unreadable"}, []any{f.Kind, f.Code})
		require.Contains(t, f.Detail(), rule)
		require.NoError(t, o.sandbox.RemovePrice("ZPD", id[4:]))
	}
}

func TestPricesOf_GivesTheScopeAndNothingElse(t *testing.T) {
	t.Parallel()
	for name := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := emptied(t, openSandbox(t, name))
			ours := put(t, o, "ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "PX_SELL", "1")
			group := put(t, o, "ZPD", "SUB_NR", "10001", "AG_CODE", "KPAN", "DISC_PCT", "2")
			flat := put(t, o, "ZPD", "SUB_NR", "10001", "DISC_PCT", "3")
			other := put(t, o, "ZPD", "SUB_NR", "10001", "ART_CODE", "100102", "PX_SELL", "4")
			theirs := put(t, o, "ZPD", "SUB_NR", "10002", "ART_CODE", "100101", "PX_SELL", "5")
			list := put(t, o, "ZPL", "APX_LIST", "HOREC", "ART_CODE", "100101", "PX_SELL", "6")
			brand := put(t, o, "ZPG", "RPL_TYPE", "BEDRIJF", "ATR_NAME", "brand", "ATR_VAL", "Lodge", "DISC_PCT", "7")
			action := put(t, o, "ZPA", "ART_CODE", "100101", "PX_SELL", "8")
			ids := func(of connectors.PriceScope) []string {
				found, err := o.books.PricesOf(t.Context(), of)
				require.NoError(t, err)
				var all []string
				for _, r := range found {
					all = append(all, r.ID)
				}
				slices.Sort(all)
				return all
			}
			lodge := []domain.Attribute{{Name: "brand", Value: "Lodge"}}
			require.ElementsMatch(t, []string{ours, group, flat, other}, ids(connectors.PriceScope{Customers: []string{"10001"}}))
			require.ElementsMatch(t, []string{ours, theirs, list, action}, ids(connectors.PriceScope{SKUs: []string{"100101"}}))
			require.ElementsMatch(t, []string{ours, theirs, list, action, group}, ids(connectors.PriceScope{SKUs: []string{"100101"}, ArticleGroups: []string{"KPAN"}}))
			require.ElementsMatch(t, []string{brand}, ids(connectors.PriceScope{Attributes: lodge}))
			require.ElementsMatch(t, []string{ours}, ids(connectors.PriceScope{Customers: []string{"10001"}, SKUs: []string{"100101"}}))
			require.ElementsMatch(t, []string{ours, group, flat, list, brand, action}, ids(connectors.PriceScope{
				Customers: []string{"10001"}, PriceLists: []string{"HOREC"}, CustomerGroups: []string{"BEDRIJF"}, Everybody: true,
				SKUs: []string{"100101"}, ArticleGroups: []string{"KPAN"}, Attributes: lodge, Everything: true,
			}))
			require.Empty(t, ids(connectors.PriceScope{Customers: []string{"1000"}}), "the beginning of a number is another number")
		})
	}
}

func TestArticlesWith_GivesThoseOfTheGroupOrTheAttribute(t *testing.T) {
	t.Parallel()
	for name := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openSandboxWith(t, variants[name].options, func(s *accountview.Settings) {
				if variants[name].settings != nil {
					variants[name].settings(s)
				}
				s.Articles.Attributes = map[string]string{"unit": "unt_code"}
			})
			read := func(of connectors.ArticleSet, limit int) map[string]bool {
				codes, part := map[string]bool{}, connectors.Part{Limit: limit}
				for {
					page, err := o.books.ArticlesWith(t.Context(), of, part)
					require.NoError(t, err)
					for _, code := range page.Records {
						codes[code] = true
					}
					if part.After = page.Next; page.Next == "" {
						return codes
					}
				}
			}
			group := read(connectors.ArticleSet{Group: "KPAN"}, 4)
			require.Len(t, group, 15)
			require.True(t, group["100101"])
			require.Len(t, read(connectors.ArticleSet{Attribute: domain.Attribute{Name: "Unit", Value: "STUK"}}, 100), 300)
			_, err := o.books.ArticlesWith(t.Context(), connectors.ArticleSet{Attribute: domain.Attribute{Name: "season", Value: "X"}}, connectors.Part{Limit: 1})
			f, _ := fault.As(err)
			require.Equal(t, []any{fault.Invalid, "attribute_unknown"}, []any{f.Kind, f.Code})
		})
	}
}

// An object that is not there must not be taken for one that holds no prices:
// everything at the till would be taken away.
func TestPrices_AnObjectThatIsNotThereIsAWrongSetting(t *testing.T) {
	t.Parallel()
	for _, empty := range []string{"empty_array", "404"} {
		o := openSandboxWith(t, sandbox.Options{MissingObjects: []string{"ZPL"}, EmptyAnswer: empty}, nil)
		_, err := o.books.Prices(t.Context(), connectors.Part{Limit: 100})
		f, _ := fault.As(err)
		require.Equal(t, []any{fault.Misconfigured, "price_object_missing"}, []any{f.Kind, f.Code})
	}
	o := openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.PriceObjects[0].ValidUntil = "DATE_END" })
	_, err := o.books.Prices(t.Context(), connectors.Part{Limit: 100})
	f, _ := fault.As(err)
	require.Equal(t, []any{fault.Misconfigured, "column_missing"}, []any{f.Kind, f.Code})
	_, err = o.books.Prices(t.Context(), connectors.Part{Limit: 100, After: "9:x"})
	f, _ = fault.As(err)
	require.Equal(t, "page_unknown", f.Code)
}

func TestPrices_AListThatShiftedIsNotPassedOffAsWhole(t *testing.T) {
	t.Parallel()
	o := emptied(t, openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.Paging = accountview.PagingPageNumber }))
	var ids []string
	for i := range 6 {
		ids = append(ids, put(t, o, "ZPD", "SUB_NR", "10001", "ART_CODE", "100101", "DISC_PCT", fmt.Sprint(i+1)))
	}
	page, err := o.books.Prices(t.Context(), connectors.Part{Limit: 2})
	require.NoError(t, err)
	require.NoError(t, o.sandbox.RemovePrice("ZPD", ids[0][4:]))
	var rest []string
	for part := (connectors.Part{Limit: 2, After: page.Next}); ; {
		next, err := o.books.Prices(t.Context(), part)
		require.NoError(t, err)
		for _, r := range next.Records {
			rest = append(rest, r.ID)
		}
		if part.After = next.Next; next.Next == "" {
			break
		}
	}
	require.Equal(t, ids[2:], rest, "what went away before is followed back")

	require.NoError(t, o.sandbox.RemovePrice("ZPD", ids[1][4:])) // the row that the place goes by
	_, err = o.books.Prices(t.Context(), connectors.Part{Limit: 2, After: page.Next})
	f, _ := fault.As(err)
	require.Equal(t, []any{fault.Unavailable, "list_shifted"}, []any{f.Kind, f.Code})
}
