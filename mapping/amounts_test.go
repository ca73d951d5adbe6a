package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/mapping"
)

// amounts is a document with these settings of amounts.
func amounts(settings string) string {
	return `
flows: {orders: {amounts: {` + settings + `}}}
lookups:
  vat_code: {rows: [{key: "2", value: "1", percent: 21}, {key: "1", value: "2", percent: 9}, {key: "0", value: "0", percent: 0}]}
  shipping_article: {unmapped: default, rows: [{key: POST, value: PORTO}]}
  article: {unmapped: default, rows: [{key: "7", value: SEVEN}]}
`
}

// booked maps a sale as an order, and gives its lines and whether the VAT is proved.
func booked(t *testing.T, text string, order domain.Order) (lines string, proved bool) {
	t.Helper()
	draft, read, err := mapperOf(t, text).Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	draft.Fields = nil
	return shown(draft), len(reconcile.VATProof(order, read)) == 0
}

// grouped gives the sale these VAT groups: what the till counts, incl. VAT.
func grouped(order domain.Order, incl ...string) domain.Order {
	order.TotalIncl, order.VATGroups = dec("0"), append([]domain.VATGroup(nil), order.VATGroups...)
	for i, total := range incl {
		g := &order.VATGroups[i]
		g.VAT = dec(total).Mul(g.Percent).DivRound(g.Percent.Add(dec("100")), 2)
		g.Excl = dec(total).Sub(g.VAT)
		order.TotalIncl = order.TotalIncl.Add(dec(total))
	}
	return order
}

func TestAmounts_EachSettingOfDiscounts(t *testing.T) {
	t.Parallel()
	third := sold(domain.Customer{ID: "1"}, line("100", "3", "10", "10", "2", "21")) // 33.33 % of 30.00
	for setting, want := range map[string]string{
		"discounts: net_price":                            "- ART_CODE=100 ORD_QTY=3 ART_PX=6.667 VAT_CODE=1\n",
		"discounts: percentage, rounding_article: AFROND": "- ART_CODE=100 ORD_QTY=3 ART_PX=10 VAT_CODE=1 DISC_PCT=33.33\n",
		"discounts: line, discount_article: KORTING":      "- ART_CODE=100 ORD_QTY=3 ART_PX=10 VAT_CODE=1\n- ART_CODE=KORTING ORD_QTY=-1 ART_PX=10 VAT_CODE=1\n",
	} {
		lines, proved := booked(t, amounts(setting), third)
		require.Equal(t, want, lines, setting)
		require.True(t, proved, setting)
	}
	many := sold(domain.Customer{ID: "1"}, line("100", "100", "10", "333.33", "2", "21"))
	lines, proved := booked(t, amounts("discounts: percentage, rounding_article: AFROND"), many)
	require.Equal(t, "- ART_CODE=100 ORD_QTY=100 ART_PX=10 VAT_CODE=1 DISC_PCT=33.33\n- ART_CODE=AFROND ORD_QTY=-1 ART_PX=0.03 VAT_CODE=1\n", lines, "what the percentage cannot say")
	require.True(t, proved)
	_, proved = booked(t, amounts("discounts: percentage"), many)
	require.False(t, proved, "without an article for rounding it is parked")
	_, proved = booked(t, amounts("discounts: line"), third)
	require.True(t, proved, "without an article for discounts they stay in the price")
}

func TestAmounts_WhatAVATGroupHoldsBeyondItsLinesStandsOnANamedLine(t *testing.T) {
	t.Parallel()
	all := amounts("rounding_article: AFROND, discount_article: KORTING")
	plain := sold(domain.Customer{ID: "1"}, line("100", "1", "100", "0", "2", "21"))
	plain.DeliveryMethod = "POST"
	back := sold(domain.Customer{ID: "1"}, line("100", "-1", "100", "0", "2", "21"))
	for name, c := range map[string]struct {
		order domain.Order
		want  string
	}{
		"five cents are rounding":                {grouped(plain, "99.95"), "- ART_CODE=AFROND ORD_QTY=-1 ART_PX=0.05 VAT_CODE=1\n"},
		"more, and less than sold, a discount":   {grouped(plain, "90"), "- ART_CODE=KORTING ORD_QTY=-1 ART_PX=10 VAT_CODE=1\n"},
		"more than sold is delivery":             {grouped(plain, "106.95"), "- ART_CODE=PORTO ORD_QTY=1 ART_PX=6.95 VAT_CODE=1\n"},
		"a discount that is given back":          {grouped(back, "-90"), "- ART_CODE=KORTING ORD_QTY=1 ART_PX=10 VAT_CODE=1\n"},
		"nothing is added where nothing differs": {grouped(plain, "100"), ""},
	} {
		lines, proved := booked(t, all, c.order)
		quantity := c.order.Lines[0].Quantity.String()
		require.Equal(t, "- ART_CODE=100 ORD_QTY="+quantity+" ART_PX=100 VAT_CODE=1\n"+c.want, lines, name)
		require.True(t, proved, name)
	}
	elsewhere := grouped(plain, "106.95")
	elsewhere.DeliveryMethod = "FIETS"
	for name, order := range map[string]domain.Order{"delivery without an article": elsewhere, "a line that cannot go": withLine(grouped(plain, "110"), domain.OrderLine{ID: "x", Text: "Fooi", TotalIncl: dec("10")})} {
		_, proved := booked(t, all, order)
		require.False(t, proved, name)
	}
	for _, group := range []string{"99.95", "90", "106.95"} {
		order := grouped(plain, group)
		order.DeliveryMethod = ""
		_, proved := booked(t, amounts(""), order)
		require.False(t, proved, "nothing is named for %s", group)
	}
}

func withLine(order domain.Order, l domain.OrderLine) domain.Order {
	order.Lines = append(append([]domain.OrderLine(nil), order.Lines...), l)
	return order
}

func TestAmounts_QuantitiesWithDecimalsAndArticlesOfTheBooks(t *testing.T) {
	t.Parallel()
	order := sold(domain.Customer{ID: "1"}, line("7", "0.375", "19.90", "0", "1", "9"))
	order.Lines[0].TotalIncl, order.VATGroups[0].Excl, order.VATGroups[0].VAT = dec("7.46"), dec("6.84"), dec("0.62")
	lines, proved := booked(t, amounts(""), order)
	require.Equal(t, "- ART_CODE=SEVEN ORD_QTY=0.375 ART_PX=19.9 VAT_CODE=2\n", lines)
	require.True(t, proved)
	codes, err := mapperOf(t, amounts("discount_article: KORTING")).Articles(grouped(withLine(order, line("8", "1", "1", "0", "1", "9")), "7.00"), domain.TargetSalesOrder)
	require.NoError(t, err)
	require.Equal(t, []string{"SEVEN", "8", "KORTING"}, codes, "what is checked in the books is what is written")
	codes, err = mapperOf(t, amounts("")).Articles(order, domain.TargetJournal)
	require.NoError(t, err)
	require.Empty(t, codes)
}

// TestAmounts_ComponentsOfAComposedArticleCountOnce: the till prices the article;
// were its components lines too, they would be more than the VAT group.
func TestAmounts_ComponentsOfAComposedArticleCountOnce(t *testing.T) {
	t.Parallel()
	order := sold(domain.Customer{ID: "1"}, line("100", "1", "25", "0", "2", "21"))
	order = withLine(order, domain.OrderLine{ID: "a", SKU: "101", Quantity: dec("1"), VATCode: "2", VATPercent: dec("21")})
	lines, proved := booked(t, amounts(""), order)
	require.True(t, proved)
	require.Equal(t, "- ART_CODE=100 ORD_QTY=1 ART_PX=25 VAT_CODE=1\n- ART_CODE=101 ORD_QTY=1 ART_PX=0 VAT_CODE=1\n", lines, "a component without a price is booked for its stock alone")
	_, proved = booked(t, amounts(""), withLine(order, line("102", "1", "5", "0", "2", "21")))
	require.False(t, proved, "one with a price of its own is not counted twice")
}

func TestAmounts_TextLinesStayOutOrBecomeANote(t *testing.T) {
	t.Parallel()
	order := withLine(withLine(sold(domain.Customer{ID: "1"}, line("100", "1", "25", "0", "2", "21")), domain.OrderLine{ID: "t", Text: "Bel twee keer"}), domain.OrderLine{ID: "u", Text: "Achterom"})
	for setting, want := range map[string]string{"": "", "text_lines: note": "Bel twee keer\nAchterom"} {
		draft, _, err := mapperOf(t, amounts(setting)).Order(order, orderContext, domain.Schema{})
		require.NoError(t, err)
		note, _ := draft.Get("COMMENT2")
		require.Equal(t, want, note.Text)
		require.Len(t, draft.Lines, 1)
	}
}

func TestAmounts_WhatIsNoTurnoverNeverBecomesIt(t *testing.T) {
	t.Parallel()
	of := func(kind domain.LineKind) domain.Order {
		order := sold(domain.Customer{ID: "1"}, line("100", "1", "25", "0", "0", "0"))
		order.Lines[0].Kind = kind
		return order
	}
	used := of(domain.LineSale)
	used.Payments = []domain.Payment{{Method: "EIGEN", Kind: domain.PaymentOwnUse, Amount: dec("25")}}
	partly := withLine(of(domain.LineOwnUse), line("101", "1", "5", "0", "0", "0"))
	for name, c := range map[string]struct {
		settings string
		order    domain.Order
		code     string
	}{
		"a gift card":                        {"", of(domain.LineBalance), "gift_card_sold"},
		"a gift card without an article":     {"gift_cards: account, gift_card_account: \"1900\"", of(domain.LineBalance), "gift_card_sold"},
		"a gift card under its article":      {"gift_cards: account, gift_card_article: BON", of(domain.LineBalance), ""},
		"a gift card, because a person said": {"gift_cards: book", of(domain.LineBalance), ""},
		"a deposit":                          {"", of(domain.LineDeposit), ""},
		"a payment":                          {"", of(domain.LinePayment), "payment_line"},
		"a line to be settled":               {"", of(domain.LineSuspense), "suspense_line"},
		"money out of the drawer":            {"", of(domain.LineCash), "cash_line"},
		"own use":                            {"", of(domain.LineOwnUse), "own_use"},
		"own use by its payment":             {"", used, "own_use"},
		"own use in part":                    {"own_use: leave_out", partly, "own_use"},
		"own use, because a person said":     {"own_use: book", of(domain.LineOwnUse), ""},
	} {
		draft, _, err := mapperOf(t, amounts(c.settings)).Order(c.order, orderContext, domain.Schema{})
		if c.code == "" {
			require.NoError(t, err, name)
			require.Len(t, draft.Lines, 1, name)
			continue
		}
		refused := &mapping.Refused{}
		require.ErrorAs(t, err, &refused, name)
		require.Equal(t, c.code, refused.Code(), name)
	}
}

// TestAmounts_AGiftCardThatPaysTakesNothingOffWhatWasSold, nor does what was paid
// in advance: they are payments.
func TestAmounts_AGiftCardThatPaysTakesNothingOffWhatWasSold(t *testing.T) {
	t.Parallel()
	order := sold(domain.Customer{ID: "1"}, line("100", "1", "25", "0", "2", "21"))
	want, _ := booked(t, amounts(""), order)
	order.Payments = []domain.Payment{{Method: "BON", Kind: domain.PaymentGiftCard, Amount: dec("20")}, {Method: "VOORAF", Kind: domain.PaymentDeposit, Amount: dec("5")}}
	order.PrepaidAmount, order.FullyPaid = dec("5"), true
	got, proved := booked(t, amounts(""), order)
	require.Equal(t, want, got)
	require.True(t, proved)
	m := mapperOf(t, amounts("")+`mapping:
  order:
    - {target: COMMENT1, source: reference}
    - {target: PD_AMT, source: order.prepaid_amount}
    - {target: COMMENT3, source: "any(order.payments, .kind == 'gift_card') ? 'Cadeaubon' : nil"}
`)
	draft, _, err := m.Order(order, orderContext, domain.Schema{})
	require.NoError(t, err)
	require.Contains(t, shown(draft), "PD_AMT=5\nCOMMENT3=Cadeaubon\n", "a mapping can tell of them")
}
