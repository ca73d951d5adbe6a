package business

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// check holds what came of a story against what must have.
func (v *visit) check(t *testing.T, n int) {
	v.t = t
	want := v.story.want
	if n > 0 {
		want = v.story.then[n-1].want
	}
	v.awaitTimeline(want)
	v.checkParked(want)
	found := v.documentsOf()
	var references []string
	for _, b := range want.documents {
		references = append(references, strings.TrimSpace(v.reference()+" "+b.suffix))
	}
	require.ElementsMatch(t, references, sortedKeys(found), "what stands in the books for this sale")
	if want.history {
		require.Equal(t, v.atTill(), v.total(), "the till's VAT groups, in the history of the books")
	}
	if len(want.documents) == 0 {
		return
	}
	debtor := v.checkDebtor(want, found)
	for i, b := range want.documents {
		require.Len(t, found[references[i]], 1, "%s stands there once", references[i])
		v.checkDocument(b, found[references[i]][0], references[i], debtor, want)
	}
	if want.behind {
		require.NotEqual(t, v.atTill(), v.total())
		return
	}
	require.Equal(t, v.atTill(), v.total(), "the till's VAT groups, in the books, to the cent")
}

// checkParked demands that a person sees what waits for one, and why.
func (v *visit) checkParked(want want) {
	var code, about string
	var totalCents int64
	var open int
	v.row([]any{&open, &code, &about, &totalCents}, `select count(*), coalesce(max(code), ''), coalesce(max(about), ''), coalesce(max(total_cents), 0)
		from parked where integration = $1 and number = $2 and closed_at is null`, v.shop.Integration, v.number)
	reason := want.parked
	if n := len(want.timeline); n > 0 && strings.HasPrefix(want.timeline[n-1], "parked ") {
		reason = strings.TrimPrefix(want.timeline[n-1], "parked ")
	}
	if reason == "" {
		require.Zero(v.t, open, "nothing waits for a person: %s", code)
		return
	}
	require.Equal(v.t, 1, open)
	require.Equal(v.t, reason, code)
	require.NotEqual(v.t, domain.ReasonFor("unforeseen").Words, domain.ReasonFor(code).Words, "%s is explained", code)
	require.Equal(v.t, v.sold().TotalInclCents, totalCents, "euros that wait")
	if want.about != "" {
		require.Equal(v.t, want.about, about)
	}
}

// checkDebtor holds the debtor of the orders field by field against what it must be.
func (v *visit) checkDebtor(want want, found map[string][]document) (number string) {
	number = want.debtor
	prefix, ours := strings.CutSuffix(want.debtor, "#")
	if ours {
		number = prefix + fmt.Sprint(v.order.RelationNumber)
	}
	for _, documents := range found {
		for _, d := range documents {
			its := d.header["RPL_INV"] + d.header["SUB_NR"]
			if number == "" {
				number = its
			}
			require.Equal(v.t, number, its, "the debtor")
		}
	}
	now := v.debtors()
	row, known := now[number]
	require.True(v.t, known, "debtor %s", number)
	before, known := v.seen[number]
	if want.debtor == "" || ours {
		require.False(v.t, known, "debtor %s is a new one", number)
		before = fields{
			"ACCT_NR": "1300", "ACCT_LINK": "1", "DEB_SHOW": "true", "CUR_CODE": "EUR", "DEB_NR": fmt.Sprint(v.order.RelationNumber),
		}
	} else if v.order.RelationNumber != 0 {
		before = before.with(fields{"DEB_NR": fmt.Sprint(v.order.RelationNumber)})
	}
	require.Equal(v.t, before.with(want.party, fields{"SUB_NR": number}).meant(), row.meant(), "debtor %s", number)
	require.Len(v.t, v.addresses(number), want.addresses, "delivery addresses of debtor %s", number)
	if _, unknown := want.party["DEB_NR"]; !unknown && v.order.RelationNumber != 0 {
		var same []string
		for other, row := range now {
			if row["DEB_NR"] == fmt.Sprint(v.order.RelationNumber) {
				same = append(same, other)
			}
		}
		require.Equal(v.t, []string{number}, same, "one debtor for one customer")
	}
	return number
}

// checkDocument holds a document field by field against what it must be.
func (v *visit) checkDocument(b booked, got document, reference, debtor string, want want) {
	require.Equal(v.t, b.entries != nil, got.page, "%s is a page", reference)
	if got.page {
		v.checkPage(b, got, reference, debtor)
		return
	}
	row := v.debtors()[debtor]
	header := fields{
		"RPL_INV": debtor, "RPL_DEL": debtor, "COMMENT1": reference, "ORD_DATE": today(), "SHIP_MTH": "AFHALEN", "EMP_NR": "10",
		"GROSS_FLG": "true", "CUR_CODE": "EUR", "DISC_CODE": row["DISC_CODE"], "APX_LIST": row["APX_LIST"],
		"DEL_CODE": got.header["DEL_CODE"], "ORD_TOT": got.header["ORD_TOT"],
	}
	if method := v.sale.DeliveryMethod; method != "" {
		header["SHIP_MTH"] = method
	}
	header = header.with(v.group.header, b.header)
	header["COMMENT3"] = strings.ReplaceAll(header["COMMENT3"], original, v.before)
	require.Equal(v.t, header.with().meant(), got.header.meant(), "%s", reference)
	v.checkAddress(want, debtor, got.header["DEL_CODE"])
	require.Len(v.t, got.lines, len(b.lines), "lines of %s", reference)
	for i, l := range b.lines {
		plain := fields{
			"ART_CODE": l.article, "ART_DESC1": cut(nameOf(l.article), 40), "ORD_QTY": l.quantity, "UNT_CODE": "STUK", "ART_PX": l.price,
			"VAT_CODE": l.vatCode, "DEL_DATE": got.header["DEL_DATE"],
		}
		require.Equal(v.t, plain.with(l.more).meant(), got.lines[i].meant(), "line %d of %s", i+1, reference)
	}
}

// checkPage does so for a page of a daybook.
func (v *visit) checkPage(b booked, got document, reference, debtor string) {
	header := fields{
		"DJ_CODE": "710", "SUB_NR": debtor, "HDR_DESC": reference, "TRN_DATE": today(), "INV_NR": v.number + b.suffix, "CUR_CODE": "EUR",
		"PERIOD": period(cmp.Or(b.header["TRN_DATE"], today())),
	}.with(v.group.header, b.header)
	header["COMMENT1"] = strings.ReplaceAll(header["COMMENT1"], original, v.before)
	if header["INV_NR"] == numberedByBooks {
		header["INV_NR"] = got.header["INV_NR"]
	}
	require.Equal(v.t, header.with().meant(), got.header.meant(), "%s", reference)
	require.Len(v.t, got.lines, len(b.entries), "lines of %s", reference)
	for i, e := range b.entries {
		plain := fields{
			"ACCT_NR": e.account, "AMOUNT": e.excl, "BASE_AMT": e.excl, "VAT_CODE": e.vatCode, "VAT_AMT": e.vat, "TRN_DESC": reference,
			"DJ_CODE": header["DJ_CODE"], "SUB_NR": debtor, "TRN_DATE": header["TRN_DATE"], "INV_NR": header["INV_NR"], "CUR_CODE": "EUR",
		}
		row := plain.with(e.more)
		row["TRN_DESC"] = strings.ReplaceAll(row["TRN_DESC"], ownReference, v.reference())
		require.Equal(v.t, row.meant(), got.lines[i].meant(), "line %d of %s", i+1, reference)
	}
}

// ownReference stands for the reference of the first document of a sale.
const ownReference = "{reference}"

// numberedByBooks stands for an invoice number that the books give.
const numberedByBooks = "by the books"

// checkAddress holds the delivery address record that an order names against what
// it must be.
func (v *visit) checkAddress(want want, debtor, code string) {
	if want.address == nil {
		require.Empty(v.t, code, "the order goes to the debtor's own address")
		return
	}
	record, known := v.addresses(debtor)[code]
	require.True(v.t, known, "address %q of debtor %s", code, debtor)
	require.Equal(v.t, want.address.with(fields{"SUB_NR": debtor}), record.meant())
}

// sold is the sale as the till has it now.
func (v *visit) sold() outside.Sold {
	all, err := v.till.SoldAs(v.Context(), v.as())
	require.NoError(v.t, err)
	i := slices.IndexFunc(all, func(s outside.Sold) bool { return s.ID == v.order.ID })
	require.GreaterOrEqual(v.t, i, 0)
	return all[i]
}

// atTill is what the sale comes to at the till, by the books' VAT codes: nothing
// once it is cancelled.
func (v *visit) atTill() map[string]vat {
	sold, sums := v.sold(), map[string]vat{}
	if sold.Cancelled {
		return sums
	}
	codes := v.group.codes
	if codes == nil {
		codes = demoCodes
	}
	for _, g := range sold.VAT {
		key := fmt.Sprint(g.Code)
		if v.sale.VATMethod == "shifted" || v.sale.VATMethod == "none" {
			key = v.sale.VATMethod
		}
		code, known := codes[key]
		require.True(v.t, known, "VAT code %s of the till", key)
		sums[code] = vat{sums[code].Net + g.ExclCents, sums[code].Tax + g.VATCents}
	}
	return withoutNothing(sums)
}

var articleNames = func() map[string]string {
	names := map[string]string{}
	for _, a := range sandboxkit.SeedShop().Articles {
		names[fmt.Sprint(a.Number)] = a.Name
	}
	return names
}()

func nameOf(article string) string { return articleNames[article] }

func cut(text string, n int) string {
	runes := []rune(text)
	return string(runes[:min(n, len(runes))])
}
