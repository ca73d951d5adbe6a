package business

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// upkeep are the fields that the books keep for themselves, or compose of others.
var upkeep = map[string]bool{
	"CNG_DATE": true, "CNG_NR": true, "CNG_USR": true, "INP_DATE": true, "INP_USR": true, "EXT_KEY": true, "REC_ID": true, "ORD_NR": true,
	"COUNTRY": true, "BOX_CITY": true, "SRC_PC": true, "VIS_ADDRES": true, "INV_ADDRES": true, "REC_ORD": true,
	"PAGE_NR": true, "PAGE_NRD": true, "PAGE_NRV": true, "PAGE": true, "PAGE_AMT": true, "PAGE_VAT": true, "SRC_ID": true, "SRC_TYPE": true,
}

// filled reads a row of the books as text, without what is empty.
func filled(raw map[string]any) fields {
	row := fields{}
	for name, value := range raw {
		if strings.HasSuffix(name, "_Id") {
			continue
		}
		switch v := value.(type) {
		case nil:
		case bool:
			if v {
				row[name] = "true"
			}
		case float64:
			if v != 0 {
				row[name] = decimal.NewFromFloat(v).String()
			}
		case string:
			if text := strings.TrimSuffix(strings.TrimSpace(v), "T00:00:00"); text != "" {
				row[name] = text
			}
		default:
			row[name] = fmt.Sprint(v)
		}
	}
	return row
}

// meant is a row without upkeep.
func (f fields) meant() fields {
	kept := maps.Clone(f)
	maps.DeleteFunc(kept, func(name, _ string) bool { return upkeep[name] })
	return kept
}

// with lays other fields over a row. An empty one takes a field away.
func (f fields) with(others ...fields) fields {
	row := maps.Clone(f)
	for _, o := range others {
		maps.Copy(row, o)
	}
	maps.DeleteFunc(row, func(_, value string) bool { return value == "" })
	return row
}

// document is an order or a page as it stands in the books.
type document struct {
	page   bool
	header fields
	lines  []fields
}

// documents reads every order and every page of the books, by our reference on it.
func (f *floor) documents() map[string][]document {
	f.Helper()
	tables, err := f.books.Rows(f.Context(), "SO1")
	require.NoError(f, err)
	lines := map[any][]fields{}
	for _, raw := range tables["SO_LINE"] {
		lines[raw["SO_HDR_Id"]] = append(lines[raw["SO_HDR_Id"]], filled(raw))
	}
	found := map[string][]document{}
	for _, raw := range tables["SO_HDR"] {
		d := document{header: filled(raw), lines: lines[raw["SO_HDR_Id"]]}
		found[d.header["COMMENT1"]] = append(found[d.header["COMMENT1"]], d)
	}
	for _, p := range f.pages() {
		d := document{page: true, header: p.Fields.plain()}
		for _, l := range p.Lines {
			d.lines = append(d.lines, l.Fields.plain())
		}
		found[p.Description] = append(found[p.Description], d)
	}
	return found
}

// shown is a page of a daybook as the books' own page shows it.
type shown struct {
	ID, Description string
	Fields          fields
	Lines           []struct{ Fields fields }
	Totals          totals
}

type totals struct {
	VAT []struct {
		Code     string
		Net, Tax decimal.Decimal
	}
}

func (f *floor) pages() []shown {
	f.Helper()
	var all struct{ Pages []shown }
	require.NoError(f, f.books.Get(f.Context(), "/_sandbox/pages", &all))
	return all.Pages
}

// plain drops from what is stored what is empty, and writes dates as people do.
func (f fields) plain() fields {
	row := fields{}
	for name, value := range f {
		if value = strings.TrimSuffix(value, "T00:00:00"); value != "" && value != "0" && value != "false" {
			row[name] = value
		}
	}
	return row
}

// documentsOf lists what stands in the books for one sale, by reference.
func (v *visit) documentsOf() map[string][]document {
	v.Helper()
	own := v.documents()
	maps.DeleteFunc(own, func(reference string, _ []document) bool { return !v.refersToIt(reference) })
	return own
}

// refersToIt reports whether a reference is that of the sale, or of a later
// document for it.
func (v *visit) refersToIt(reference string) bool {
	return reference == v.reference() || strings.HasPrefix(reference, v.reference()+" ")
}

func (v *visit) reference() string { return "MPLUS " + v.number }

// debtors reads every debtor, by number.
func (f *floor) debtors() map[string]fields {
	f.Helper()
	tables, err := f.books.Rows(f.Context(), "AR1")
	require.NoError(f, err)
	found := map[string]fields{}
	for _, raw := range tables["CONTACT"] {
		row := filled(raw)
		found[row["SUB_NR"]] = row
	}
	return found
}

// addresses reads the delivery addresses of a debtor, by code.
func (f *floor) addresses(debtor string) map[string]fields {
	f.Helper()
	tables, err := f.books.Rows(f.Context(), "ADDR")
	require.NoError(f, err)
	found := map[string]fields{}
	for _, raw := range tables["DEL_ADDR"] {
		if row := filled(raw); row["SUB_NR"] == debtor {
			found[row["REC_ID"]] = row
		}
	}
	return found
}

// vat is what a sale comes to under one VAT code, in cents.
type vat struct{ Net, Tax int64 }

// total adds up what the books made of all documents of a sale, by VAT code.
func (v *visit) total() map[string]vat {
	v.Helper()
	var orders struct {
		Orders []struct {
			Reference string
			Totals    totals
		}
	}
	require.NoError(v, v.books.Get(v.Context(), "/_sandbox/orders", &orders))
	sums := map[string]vat{}
	add := func(reference string, all totals) {
		for _, g := range all.VAT {
			if s := sums[g.Code]; v.refersToIt(reference) {
				sums[g.Code] = vat{s.Net + cents(g.Net), s.Tax + cents(g.Tax)}
			}
		}
	}
	for _, o := range orders.Orders {
		add(o.Reference, o.Totals)
	}
	for _, p := range v.pages() {
		add(p.Description, p.Totals)
	}
	return withoutNothing(sums)
}

func cents(euros decimal.Decimal) int64 { return euros.Shift(2).IntPart() }

func withoutNothing(sums map[string]vat) map[string]vat {
	maps.DeleteFunc(sums, func(_ string, s vat) bool { return s == vat{} })
	return sums
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
