package mapping

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// The source model: what an expression can name. Its fields are a published
// contract with every stored document: they are added to, never renamed. Texts
// that are marked as codes may be shown to anybody; what all others hold may say
// something about a person.

// customerScope is what a row of mapping.customer sees.
type customerScope struct {
	Run      *run            `expr:"the run"`
	Customer *customerSource `expr:"customer" help:"who buys"`
	Settings *settingsSource `expr:"settings" help:"settings of the document"`
}

// addressScope is what a row of mapping.delivery_address sees.
type addressScope struct {
	Run            *run            `expr:"the run"`
	Address        *addressSource  `expr:"address" help:"where the goods go"`
	Customer       *customerSource `expr:"customer" help:"who buys"`
	CustomerNumber string          `expr:"customer_number" help:"the customer's number in the books"`
	Settings       *settingsSource `expr:"settings" help:"settings of the document"`
}

// orderScope is what a row of mapping.order sees.
type orderScope struct {
	Run            *run            `expr:"the run"`
	Order          *orderSource    `expr:"order" help:"the order"`
	Customer       *customerSource `expr:"customer" help:"who buys"`
	CustomerNumber string          `expr:"customer_number" help:"the customer's number in the books"`
	AddressCode    string          `expr:"address_code" help:"code of the delivery address in the books; empty: the customer's own address"`
	Reference      string          `expr:"reference" help:"our reference, by which the order is found again: flows.orders.reference_prefix and the order number"`
	Settings       *settingsSource `expr:"settings" help:"settings of the document"`
}

// lineScope is what a row of mapping.order_line sees.
type lineScope struct {
	Run      *run            `expr:"the run"`
	Line     *lineSource     `expr:"line" help:"a line that sells something"`
	Order    *orderSource    `expr:"order" help:"the order that the line is of"`
	Settings *settingsSource `expr:"settings" help:"settings of the document"`
}

type settingsSource struct {
	ControlAccount  string `expr:"control_account" help:"ledger account that collects what customers owe: flows.orders.control_account"`
	PricesInclusive bool   `expr:"prices_inclusive" help:"order lines in the books are priced including VAT: flows.orders.prices"`
}

type customerSource struct {
	ID             string            `expr:"id" code:"true" help:"number at the till"`
	ExternalNumber string            `expr:"external_number" code:"true" help:"number in the books, when the till knows it"`
	Name           string            `expr:"name" help:"how the till shows the customer"`
	Company        string            `expr:"company" help:"name of the company; empty for a person"`
	Contact        string            `expr:"contact" help:"contact person of a company"`
	IsCompany      bool              `expr:"is_company" help:"has a company name"`
	Street         string            `expr:"street" help:"street with house number, in one line"`
	Postcode       string            `expr:"postcode" help:"postcode, as typed"`
	City           string            `expr:"city" help:"place"`
	Country        string            `expr:"country" help:"country, as the till has it"`
	Email          string            `expr:"email" help:"e-mail address"`
	Phone          string            `expr:"phone" help:"telephone"`
	Mobile         string            `expr:"mobile" help:"mobile telephone"`
	VATNumber      string            `expr:"vat_number" help:"VAT number, as typed"`
	CommerceNumber string            `expr:"commerce_number" help:"number at the chamber of commerce"`
	Custom         map[string]string `expr:"custom" help:"fields that the shop made itself, as text: customer.custom['klantsoort']; one that the customer has not gives empty text"`
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
	Name     string `expr:"name" help:"who is there"`
	Company  string `expr:"company" help:"name of the company"`
	Contact  string `expr:"contact" help:"contact person"`
	Street   string `expr:"street" help:"street with house number, in one line"`
	Postcode string `expr:"postcode" help:"postcode, as typed"`
	City     string `expr:"city" help:"place"`
	Country  string `expr:"country" help:"country, as the till has it"`
}

func addressSourceFrom(a domain.Address) *addressSource {
	source := addressSource(a)
	return &source
}

type orderSource struct {
	ID              string          `expr:"id" code:"true" help:"the till's own identifier"`
	Number          string          `expr:"number" code:"true" help:"what people call it: 2026.123"`
	Type            string          `expr:"type" code:"true" help:"the till's order type"`
	Branch          string          `expr:"branch" code:"true" help:"branch number"`
	Workplace       string          `expr:"workplace" code:"true" help:"workplace number"`
	Employee        string          `expr:"employee" code:"true" help:"employee number"`
	Date            domain.Date     `expr:"date" help:"financial date, in Amsterdam; lookup rows go by it"`
	DeliveryDate    domain.Date     `expr:"delivery_date" help:"day of delivery, if there is one"`
	Reference       string          `expr:"reference" help:"free text of the seller"`
	Category        string          `expr:"category" code:"true" help:"the till's own step of the order"`
	FullyPaid       bool            `expr:"fully_paid" help:"nothing is left to pay"`
	PrepaidAmount   decimal.Decimal `expr:"prepaid_amount" help:"euros incl. VAT"`
	DeliveryMethod  string          `expr:"delivery_method" code:"true" help:"code of the delivery method"`
	PaymentMethod   string          `expr:"payment_method" code:"true" help:"code of the payment method"`
	VATMethod       string          `expr:"vat_method" code:"true" help:"inclusive, exclusive, shifted or none"`
	VATCountry      string          `expr:"vat_country" code:"true" help:"ISO alpha-3 of the country, when it was sold under foreign VAT"`
	TotalIncl       decimal.Decimal `expr:"total_incl" help:"euros incl. VAT"`
	TotalExcl       decimal.Decimal `expr:"total_excl" help:"euros excl. VAT"`
	InvoiceAddress  *addressSource  `expr:"invoice_address" help:"where the invoice goes"`
	DeliveryAddress *addressSource  `expr:"delivery_address" help:"where the goods go"`
	Lines           []*lineSource   `expr:"lines" help:"those that sell something; text lines are not among them"`
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
	Number        int             `expr:"number" help:"1 for the first line that sells something"`
	ID            string          `expr:"id" code:"true" help:"the till's own identifier"`
	SKU           string          `expr:"sku" code:"true" help:"article number"`
	Text          string          `expr:"text" help:"what the line says"`
	Quantity      decimal.Decimal `expr:"quantity" help:"negative for what is returned"`
	UnitPriceIncl decimal.Decimal `expr:"unit_price_incl" help:"of one, euros incl. VAT, before discount"`
	UnitPriceExcl decimal.Decimal `expr:"unit_price_excl" help:"of one, euros excl. VAT, before discount"`
	TotalIncl     decimal.Decimal `expr:"total_incl" help:"of the line, euros incl. VAT, after discount"`
	TotalExcl     decimal.Decimal `expr:"total_excl" help:"of the line, euros excl. VAT, after discount"`
	DiscountIncl  decimal.Decimal `expr:"discount_incl" help:"of the line, euros incl. VAT"`
	NetPrice      decimal.Decimal `expr:"net_price" help:"of one, after discount; incl. or excl. VAT as flows.orders.prices says"`
	VATCode       string          `expr:"vat_code" code:"true" help:"the till's VAT code"`
	VATKey        string          `expr:"vat_key" code:"true" help:"key for the table vat_code: the VAT code; shifted or none for an order without VAT of its own; country and code, as DEU:2, for one sold under foreign VAT"`
	VATPercent    decimal.Decimal `expr:"vat_percent" help:"21 means 21 %"`
	TurnoverGroup string          `expr:"turnover_group" code:"true" help:"turnover group"`
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
