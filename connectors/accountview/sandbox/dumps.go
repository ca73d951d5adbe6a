package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// OrderDump is one order as /_sandbox/orders shows it, for tests and people. It is not part of the real API.
type OrderDump struct {
	Number        string            `json:"number"`
	Debtor        string            `json:"debtor"`
	DebtorName    string            `json:"debtor_name"`
	Reference     string            `json:"reference"` // COMMENT1
	OrderDate     string            `json:"order_date"`
	DeliveryDate  string            `json:"delivery_date"`
	Address       string            `json:"delivery_address"` // DEL_CODE
	Employee      string            `json:"employee"`
	Shipping      string            `json:"shipping_method"`
	GrossPrices   bool              `json:"gross_prices"`
	PaymentAmount decimal.Decimal   `json:"payment_discount"` // PD_AMT, in no total
	Delivered     bool              `json:"delivered"`        // it is history
	Entered       string            `json:"entered"`
	Fields        map[string]string `json:"fields"` // every column that holds something
	Lines         []LineDump        `json:"lines"`
	Totals        Totals            `json:"totals"`
}

// LineDump is one line of an OrderDump.
type LineDump struct {
	Article     string            `json:"article"`
	Description string            `json:"description"`
	Quantity    decimal.Decimal   `json:"quantity"`
	Price       decimal.Decimal   `json:"price"`
	Discount    decimal.Decimal   `json:"discount_percent"`
	VATCode     string            `json:"vat_code"`
	Amount      decimal.Decimal   `json:"amount"`
	Fields      map[string]string `json:"fields"`
}

// Orders gives every order ever entered, delivered ones too, in the order of their numbers.
func (s *Server) Orders() []OrderDump {
	s.books.mu.RLock()
	defer s.books.mu.RUnlock()
	dumps := []OrderDump{}
	for _, number := range s.books.tables[soHdrTable.Name].keys {
		header, _ := s.books.row(soHdrTable.Name, number)
		dumps = append(dumps, s.books.dump(header, s.books.detailsOf(&soLineTable, number)))
	}
	past := s.books.tables[hstAhTable.Name]
	lines := map[string][]row{}
	for _, key := range s.books.tables[hstAlTable.Name].keys {
		line, _ := s.books.row(hstAlTable.Name, key)
		lines[line["HDR_ID"]] = append(lines[line["HDR_ID"]], line.asOrderLine())
	}
	for _, key := range past.keys {
		dump := s.books.dump(past.byKey[key], lines[key])
		dump.Delivered = true
		dumps = append(dumps, dump)
	}
	slices.SortStableFunc(dumps, func(a, b OrderDump) int { return strings.Compare(a.Number, b.Number) })
	return dumps
}

// asOrderLine reads a history line with the names of an order line.
func (r row) asOrderLine() row {
	return row{
		"ART_CODE": r["ART_CODE"], "ART_DESC1": r["ART_DESC1"], "ORD_QTY": r["ART_QTY"], "ART_PX": r["UNIT_PX"],
		"DISC_PCT": r["DISC_PCT"], "VAT_CODE": r["VAT_CODE"],
	}
}

func (b *books) dump(header row, lines []row) OrderDump {
	debtor, _ := b.row(contactTable.Name, header["RPL_INV"])
	d := OrderDump{
		Number: header["ORD_NR"], Debtor: header["RPL_INV"], DebtorName: debtor["ACCT_NAME"], Reference: header["COMMENT1"],
		OrderDate: cutAt(header["ORD_DATE"], 10), DeliveryDate: cutAt(header["DEL_DATE"], 10), Address: header["DEL_CODE"],
		Employee: header["EMP_NR"], Shipping: header["SHIP_MTH"], GrossPrices: header.flag("GROSS_FLG"),
		PaymentAmount: header.number("PD_AMT"), Entered: header["INP_DATE"], Fields: soHdrTable.held(header), Lines: []LineDump{},
		Totals: orderTotals(b, header, lines),
	}
	for _, line := range lines {
		d.Lines = append(d.Lines, LineDump{
			Article: line["ART_CODE"], Description: line["ART_DESC1"], Quantity: line.number("ORD_QTY"), Price: line.number("ART_PX"),
			Discount: line.number("DISC_PCT"), VATCode: line["VAT_CODE"], Amount: lineAmount(line),
			Fields: soLineTable.held(line),
		})
	}
	return d
}

// DebtorDump is one debtor as /_sandbox/debtors shows it.
type DebtorDump struct {
	Number    string            `json:"number"`
	External  string            `json:"external_number"` // DEB_NR
	Name      string            `json:"name"`
	Contact   string            `json:"contact"`
	Street    string            `json:"street"`
	Postcode  string            `json:"postcode"`
	City      string            `json:"city"`
	Country   string            `json:"country"`
	Email     string            `json:"email"`
	Phone     string            `json:"phone"`
	VATNumber string            `json:"vat_number"`
	Blocked   bool              `json:"blocked"`
	Entered   string            `json:"entered"`
	Seeded    bool              `json:"seeded"` // not made through the API
	Fields    map[string]string `json:"fields"` // every column that holds something
	Addresses []AddressDump     `json:"addresses"`
}

// AddressDump is one delivery address of a DebtorDump.
type AddressDump struct {
	Code     string            `json:"code"`
	Name     string            `json:"name"`
	Street   string            `json:"street"`
	Postcode string            `json:"postcode"`
	City     string            `json:"city"`
	Country  string            `json:"country"`
	Fields   map[string]string `json:"fields"`
}

// Debtors gives every debtor, in the order of their numbers.
func (s *Server) Debtors() []DebtorDump {
	s.books.mu.RLock()
	defer s.books.mu.RUnlock()
	addresses := map[string][]AddressDump{}
	for _, key := range s.books.tables[delAddrTable.Name].keys {
		a, _ := s.books.row(delAddrTable.Name, key)
		addresses[a["SUB_NR"]] = append(addresses[a["SUB_NR"]], AddressDump{
			key, a["DEL_NAME"], a["ADDRESS1"], a["POST_CODE"], a["CITY"], a["CNT_CODE"], delAddrTable.held(a),
		})
	}
	dumps := []DebtorDump{}
	for _, number := range s.books.tables[contactTable.Name].keys {
		r, _ := s.books.row(contactTable.Name, number)
		if !isDebtor(r) {
			continue
		}
		own := addresses[number]
		if own == nil {
			own = []AddressDump{}
		}
		dumps = append(dumps, DebtorDump{
			Number: number, External: r["DEB_NR"], Name: r["ACCT_NAME"], Contact: r["MAIN_CONT"], Street: r["ADDRESS1"],
			Postcode: r["POST_CODE"], City: r["CITY"], Country: r["CNT_CODE"], Email: r["MAIL_BUS"], Phone: r["TEL_BUS"],
			VATNumber: r["VAT_NR"], Blocked: r.flag("REC_BLK"), Entered: r["INP_DATE"], Seeded: r["INP_USR"] != apiUser,
			Fields: contactTable.held(r), Addresses: own,
		})
	}
	return dumps
}

func (s *Server) serveOrders(w http.ResponseWriter, r *http.Request) {
	if only(w, r, http.MethodGet) {
		orders := s.Orders()
		writeJSON(w, http.StatusOK, map[string]any{"count": len(orders), "orders": orders})
	}
}

func (s *Server) serveDebtors(w http.ResponseWriter, r *http.Request) {
	if only(w, r, http.MethodGet) {
		debtors := s.Debtors()
		writeJSON(w, http.StatusOK, map[string]any{"count": len(debtors), "debtors": debtors})
	}
}
