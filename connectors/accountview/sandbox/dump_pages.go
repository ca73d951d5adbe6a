package sandbox

import (
	"maps"
	"net/http"
	"slices"

	"github.com/shopspring/decimal"
)

// PageDump is one page of a daybook as /_sandbox/pages shows it, posted or not. It is not part of the real API.
type PageDump struct {
	ID          string            `json:"id"` // "700/12"
	Daybook     string            `json:"daybook"`
	Page        string            `json:"page"`
	Invoice     string            `json:"invoice"` // INV_NR
	Debtor      string            `json:"debtor"`
	DebtorName  string            `json:"debtor_name"`
	Date        string            `json:"date"`
	Period      string            `json:"period"`
	Description string            `json:"description"` // HDR_DESC
	Gross       bool              `json:"gross"`       // amounts include VAT
	Posted      bool              `json:"posted"`
	Entered     string            `json:"entered"`
	Fields      map[string]string `json:"fields"` // every column that holds something
	Lines       []PageLineDump    `json:"lines"`
	Totals      Totals            `json:"totals"`  // what is sold is positive, whatever sign the amounts have
	Balance     decimal.Decimal   `json:"balance"` // of the lines with their VAT, as they stand
}

// PageLineDump is one line of a PageDump, with the signs as they stand.
type PageLineDump struct {
	Account     string            `json:"account"`
	Description string            `json:"description"`
	Amount      decimal.Decimal   `json:"amount"`
	VATCode     string            `json:"vat_code"`
	VAT         decimal.Decimal   `json:"vat"`
	Base        decimal.Decimal   `json:"base"`
	CostCentre  string            `json:"cost_centre"`
	Debtor      string            `json:"debtor"`
	Quantity    decimal.Decimal   `json:"quantity"`
	Fields      map[string]string `json:"fields"`
}

// Pages gives every page ever entered, posted ones too, by daybook and number.
func (s *Server) Pages() []PageDump {
	s.books.mu.RLock()
	defer s.books.mu.RUnlock()
	dumps := []PageDump{}
	for _, key := range s.books.tables[djPageTable.Name].keys {
		page, _ := s.books.row(djPageTable.Name, key)
		dumps = append(dumps, s.books.dumpPage(page, s.books.detailsOf(&djLineTable, key), s.options()))
	}
	return dumps
}

func (b *books) dumpPage(page row, lines []row, o *Options) PageDump {
	debtor, _ := b.row(contactTable.Name, page["SUB_NR"])
	d := PageDump{
		ID: page["DJ_CODE"] + "/" + page["PAGE_NR"], Daybook: page["DJ_CODE"], Page: page["PAGE_NR"], Invoice: page["INV_NR"],
		Debtor: page["SUB_NR"], DebtorName: debtor["ACCT_NAME"], Date: cutAt(page["TRN_DATE"], 10), Period: page["PERIOD"],
		Description: page["HDR_DESC"], Gross: page.flag("GROSS_FLG"), Posted: page[postedMark] != "", Entered: page["INP_DATE"],
		Fields: djPageTable.held(page), Lines: []PageLineDump{}, Totals: b.pageTotals(page, lines, o),
	}
	for _, line := range lines {
		d.Balance = d.Balance.Add(lineGross(page, line))
		d.Lines = append(d.Lines, PageLineDump{
			Account: line["ACCT_NR"], Description: line["TRN_DESC"], Amount: line.number("AMOUNT"), VATCode: line["VAT_CODE"],
			VAT: line.number("VAT_AMT"), Base: line.number("BASE_AMT"), CostCentre: line["COST_CODE"], Debtor: line["SUB_NR"],
			Quantity: line.number("TRN_QTY"), Fields: djLineTable.held(line),
		})
	}
	return d
}

// pageTotals adds up the lines that have a VAT code, each group with its own VAT.
func (b *books) pageTotals(page row, lines []row, o *Options) Totals {
	daybook, _ := b.row(dailyTable.Name, page["DJ_CODE"])
	sign := decimal.NewFromInt(-1)
	if daybook["DJ_TYPE"] == daybookSales && o.JournalAmounts == "positive" {
		sign = decimal.NewFromInt(1)
	}
	groups := map[string]VATGroup{}
	for _, line := range lines {
		code := line["VAT_CODE"]
		if code == "" {
			continue
		}
		vat, _ := b.row(vatTable.Name, code)
		g := groups[code]
		g.Code, g.Percent = code, vat.number("VAT_PCT")
		g.Gross = g.Gross.Add(lineGross(page, line).Mul(sign))
		g.Tax = g.Tax.Add(line.number("VAT_AMT").Mul(sign))
		g.Net = g.Gross.Sub(g.Tax)
		groups[code] = g
	}
	totals := Totals{VAT: []VATGroup{}}
	for _, code := range slices.Sorted(maps.Keys(groups)) {
		g := groups[code]
		totals.VAT = append(totals.VAT, g)
		totals.Net, totals.Tax, totals.Gross = totals.Net.Add(g.Net), totals.Tax.Add(g.Tax), totals.Gross.Add(g.Gross)
	}
	return totals
}

// held gives every column of a row that holds something, as it is stored.
func (t *table) held(r row) map[string]string {
	fields := map[string]string{}
	for i := range t.Columns {
		if name := t.Columns[i].Name; r[name] != "" {
			fields[name] = r[name]
		}
	}
	return fields
}

func (s *Server) servePages(w http.ResponseWriter, r *http.Request) {
	if only(w, r, http.MethodGet) {
		pages := s.Pages()
		writeJSON(w, http.StatusOK, map[string]any{"count": len(pages), "pages": pages})
	}
}
