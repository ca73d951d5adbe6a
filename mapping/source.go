package mapping

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// The source model: what an expression can name. Its fields are a published
// contract with every stored document: they are added to, never renamed.

// customerScope is what a row of mapping.customer sees.
type customerScope struct {
	Run      *run            `expr:"the run"`
	Customer *customerSource `expr:"customer"`
	Settings *settingsSource `expr:"settings"`
}

// addressScope is what a row of mapping.delivery_address sees.
type addressScope struct {
	Run            *run            `expr:"the run"`
	Address        *addressSource  `expr:"address"`
	Customer       *customerSource `expr:"customer"`
	CustomerNumber string          `expr:"customer_number"` // the customer's number in the books
	Settings       *settingsSource `expr:"settings"`
}

// orderScope is what a row of mapping.order sees.
type orderScope struct {
	Run            *run            `expr:"the run"`
	Order          *orderSource    `expr:"order"`
	Customer       *customerSource `expr:"customer"`
	CustomerNumber string          `expr:"customer_number"` // the customer's number in the books
	AddressCode    string          `expr:"address_code"`    // the delivery address in the books; empty: the customer's own
	Reference      string          `expr:"reference"`       // ours, by which the order is found again
	Settings       *settingsSource `expr:"settings"`
}

// lineScope is what a row of mapping.order_line sees.
type lineScope struct {
	Run      *run            `expr:"the run"`
	Line     *lineSource     `expr:"line"`
	Order    *orderSource    `expr:"order"`
	Settings *settingsSource `expr:"settings"`
}

type settingsSource struct {
	ControlAccount  string `expr:"control_account"`
	PricesInclusive bool   `expr:"prices_inclusive"`
}

type customerSource struct {
	ID             string            `expr:"id"`              // the customer's number at the till
	ExternalNumber string            `expr:"external_number"` // the number of the books, when the till knows it
	Name           string            `expr:"name"`
	Company        string            `expr:"company"`
	Contact        string            `expr:"contact"`
	IsCompany      bool              `expr:"is_company"`
	Street         string            `expr:"street"` // with house number
	Postcode       string            `expr:"postcode"`
	City           string            `expr:"city"`
	Country        string            `expr:"country"` // as the till has it
	Email          string            `expr:"email"`
	Phone          string            `expr:"phone"`
	Mobile         string            `expr:"mobile"`
	VATNumber      string            `expr:"vat_number"`
	CommerceNumber string            `expr:"commerce_number"`
	Custom         map[string]string `expr:"custom"`
}

func customerSourceFrom(c domain.Customer) *customerSource {
	return &customerSource{
		ID: string(c.ID), ExternalNumber: c.ExternalNumber, Name: c.Name, Company: c.Company, Contact: c.Contact,
		IsCompany: c.IsCompany(), Street: c.Address.Street, Postcode: c.Address.Postcode, City: c.Address.City,
		Country: c.Address.Country, Email: c.Email, Phone: c.Phone, Mobile: c.Mobile, VATNumber: c.VATNumber,
		CommerceNumber: c.CommerceNumber, Custom: c.Custom,
	}
}

type addressSource struct {
	Name     string `expr:"name"`
	Company  string `expr:"company"`
	Contact  string `expr:"contact"`
	Street   string `expr:"street"` // with house number
	Postcode string `expr:"postcode"`
	City     string `expr:"city"`
	Country  string `expr:"country"` // as the till has it
}

func addressSourceFrom(a domain.Address) *addressSource {
	source := addressSource(a)
	return &source
}

type orderSource struct {
	ID              string          `expr:"id"`
	Number          string          `expr:"number"`
	Type            string          `expr:"type"`
	Branch          string          `expr:"branch"`
	Workplace       string          `expr:"workplace"`
	Employee        string          `expr:"employee"`
	Date            domain.Date     `expr:"date"`
	DeliveryDate    domain.Date     `expr:"delivery_date"`
	Reference       string          `expr:"reference"` // free text of the seller
	Category        string          `expr:"category"`
	FullyPaid       bool            `expr:"fully_paid"`
	PrepaidAmount   decimal.Decimal `expr:"prepaid_amount"` // euros incl. VAT
	DeliveryMethod  string          `expr:"delivery_method"`
	PaymentMethod   string          `expr:"payment_method"`
	VATMethod       string          `expr:"vat_method"`  // inclusive, exclusive, shifted or none
	VATCountry      string          `expr:"vat_country"` // ISO alpha-3 when sold under foreign VAT
	TotalIncl       decimal.Decimal `expr:"total_incl"`
	TotalExcl       decimal.Decimal `expr:"total_excl"`
	InvoiceAddress  *addressSource  `expr:"invoice_address"`
	DeliveryAddress *addressSource  `expr:"delivery_address"`
	Lines           []*lineSource   `expr:"lines"` // those that are sold; text lines are not among them
}

func orderSourceFrom(o domain.Order) *orderSource {
	return &orderSource{
		ID: string(o.ID), Number: o.Number, Type: o.Type, Branch: o.Branch, Workplace: o.Workplace, Employee: o.Employee,
		Date: o.Date, DeliveryDate: o.DeliveryDate, Reference: o.Reference, Category: o.Category, FullyPaid: o.FullyPaid,
		PrepaidAmount: o.PrepaidAmount, DeliveryMethod: o.DeliveryMethod, PaymentMethod: o.PaymentMethod,
		VATMethod: string(o.VATMethod), VATCountry: o.VATCountry, TotalIncl: o.TotalIncl, TotalExcl: o.TotalExcl,
		InvoiceAddress: addressSourceFrom(o.InvoiceAddress), DeliveryAddress: addressSourceFrom(o.DeliveryAddress),
	}
}

type lineSource struct {
	Number        int             `expr:"number"` // 1 for the first line that is sold
	ID            string          `expr:"id"`
	SKU           string          `expr:"sku"`
	Text          string          `expr:"text"`
	Quantity      decimal.Decimal `expr:"quantity"`
	UnitPriceIncl decimal.Decimal `expr:"unit_price_incl"` // before discount
	UnitPriceExcl decimal.Decimal `expr:"unit_price_excl"` // before discount
	TotalIncl     decimal.Decimal `expr:"total_incl"`      // after discount
	TotalExcl     decimal.Decimal `expr:"total_excl"`      // after discount
	DiscountIncl  decimal.Decimal `expr:"discount_incl"`
	NetPrice      decimal.Decimal `expr:"net_price"` // of one, after discount; incl. or excl. VAT as flows.orders.prices says
	VATCode       string          `expr:"vat_code"`
	VATKey        string          `expr:"vat_key"` // key for the table of VAT codes, see vatKey
	VATPercent    decimal.Decimal `expr:"vat_percent"`
	TurnoverGroup string          `expr:"turnover_group"`
}

func lineSourceFrom(number int, l domain.OrderLine, o domain.Order, pricesInclusive bool) *lineSource {
	total, listed := l.TotalExcl, l.UnitPriceExcl
	if pricesInclusive {
		total, listed = l.TotalIncl, l.UnitPriceIncl
	}
	return &lineSource{
		Number: number, ID: l.ID, SKU: l.SKU, Text: l.Text, Quantity: l.Quantity,
		UnitPriceIncl: l.UnitPriceIncl, UnitPriceExcl: l.UnitPriceExcl, TotalIncl: l.TotalIncl, TotalExcl: l.TotalExcl,
		DiscountIncl: l.DiscountIncl, NetPrice: reconcile.NetUnitPrice(total, l.Quantity, listed),
		VATCode: l.VATCode, VATKey: vatKey(l, o), VATPercent: l.VATPercent, TurnoverGroup: l.TurnoverGroup,
	}
}

// homeVAT is the country whose VAT the till's codes stand for by themselves.
const homeVAT = "NLD"

// vatKey names the VAT of a line so that one table row can stand for it: the
// till's code; the method for an order without VAT of its own ("shifted",
// "none"); country and code for one sold under foreign VAT ("DEU:2"). So an
// order that needs another code in the books is never booked under the usual one.
func vatKey(l domain.OrderLine, o domain.Order) string {
	switch {
	case o.VATMethod == domain.VATShifted || o.VATMethod == domain.VATNone:
		return string(o.VATMethod)
	case o.VATCountry != "" && o.VATCountry != homeVAT && l.VATCode != "":
		return o.VATCountry + ":" + l.VATCode
	default:
		return l.VATCode
	}
}
