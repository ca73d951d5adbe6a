package sandbox

import (
	"fmt"
	"strconv"
	"time"

	"github.com/koppel/koppel/internal/sandboxkit"

	"github.com/shopspring/decimal"
)

// The VAT codes of the seeded company.
const (
	vatHigh    = "1" // 21 %
	vatLow     = "2" // 9 %
	vatZero    = "3" // 0 %
	vatReverse = "4" // reverse charge and deliveries within the EU
)

// The control accounts of the seeded company.
const (
	accountDebtors   = "1300"
	accountCreditors = "1600"
)

// firstBookYear is the oldest administration of the company.
const firstBookYear = 2020

// seed fills empty books: the codes of the company, then the shop. Its rows are dated at the first of the year, so that
// a client that asks for changes since yesterday finds none.
func (s *Server) seed(o *Options) error {
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	if len(s.books.tables[vatTable.Name].keys) > 0 {
		return nil
	}
	w := &writing{changes: s.books.change(), options: o, moment: time.Date(s.now().Year(), 1, 1, 9, 0, 0, 0, s.zone)}
	w.seedCompany(s.now().Year())
	w.seedCodes()
	for _, g := range o.Shop.Groups {
		w.seedRow(&artGrpTable, row{"AG_CODE": g.Code, "AG_DESC": g.Name, "AG_PARENT": g.Parent})
	}
	for _, a := range o.Shop.Articles {
		w.seedRow(&articleTable, articleRow(a, o))
	}
	for i, c := range o.Shop.Customers {
		w.seedRow(&contactTable, debtorRow(c, i))
	}
	w.seedCreditors()
	w.seedPrices(o.Shop, s.now().Year())
	w.sequences["SUB_NR"] = firstDebtor - 1
	if err := w.save(); err != nil {
		return fmt.Errorf("seed the books: %w", err)
	}
	return nil
}

func (w *writing) seedRow(t *table, r row) {
	for name, value := range r {
		if value == "" {
			delete(r, name)
		}
	}
	w.stamp(r, true)
	r["CNG_USR"], r["INP_USR"] = "BEHEER", "BEHEER"
	w.put(t, r)
}

func articleRow(a sandboxkit.Article, o *Options) row {
	price := decimal.New(a.PriceIncl, -2)
	rate := decimal.New(sandboxkit.VATPercent(a.TillVATCode), -2)
	net := price.Mul(hundred).DivRound(hundred.Add(rate), 4)
	cost := net.Mul(decimal.New(58, -2)).Round(4).String()
	if o.GrossPrices == Off {
		price = net
	}
	stock := strconv.FormatInt(a.Stock, 10)
	return row{
		"ART_CODE": strconv.FormatInt(a.Number, 10), "ART_DESC1": a.Name, "AG_CODE": a.Group, "UNT_CODE": "STUK",
		"EAN_CODE": a.EAN, "VAT_CODE": vatCodeOf(a.TillVATCode), "PX_SELL": price.String(), "COST_PX": cost,
		"L_COSTPX": cost, "B_COSTPX": cost, "QTY_AVAIL": stock, "QTY_TECH": stock, "QTY_FREE2": stock, "QTY_RESERV": "0",
	}
}

// vatCodeOf is the VAT code in the books of a till VAT code.
func vatCodeOf(till int) string {
	switch till {
	case sandboxkit.VATHigh:
		return vatHigh
	case sandboxkit.VATLow:
		return vatLow
	default:
		return vatZero
	}
}

// debtorRow splits a customer as the shop's bookkeeper does: a company with its contact person, or a person.
func debtorRow(c sandboxkit.Customer, place int) row {
	name := c.Name()
	r := row{
		"SUB_NR": c.Number, "ACCT_NAME": name, "SRC_CODE": cutAt(upper(name), 10), "ACCT_NR": accountDebtors,
		"ACCT_LINK": linkDebtor, "DEB_SHOW": "true", "ADDRESS1": c.Street + " " + c.HouseNumber, "ST_STREET": c.Street,
		"ST_NR": c.HouseNumber, "POST_CODE": c.Postcode, "CITY": c.City, "CNT_CODE": c.Country, "MAIL_BUS": c.Email,
		"TEL_BUS": c.Phone, "VAT_NR": c.VATNumber, "COC_CODE": c.CoC, "CUR_CODE": "EUR", "DISC_CODE": "14", "EMP_NR": "10",
	}
	if c.Company != "" {
		r["MAIN_CONT"], r["DISC_CODE"], r["EMP_NR"] = c.Contact, "30", "20"
		r["RPL_TYPE"] = "BEDRIJF"
		if place%5 == 4 {
			r["APX_LIST"] = "HOREC"
		}
	}
	deriveAddress(r)
	return r
}
