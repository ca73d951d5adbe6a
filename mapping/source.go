package mapping

import "github.com/koppel/koppel/domain"

// The source model: what an expression can name. Its fields are a published
// contract with every stored document: they are added to, never renamed. Texts
// that are marked as codes may be shown to anybody; what all others hold may say
// something about a person.

// customerScope is what a row of mapping.customer sees.
type customerScope struct {
	Run      *run            `expr:"the run"`
	Customer *customerSource `expr:"customer" help:"who buys"`
	Order    *orderSource    `expr:"order" help:"the order that the customer came with; a debtor outlives it, so use it with policy: on_create. It has no lines here"`
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
	InvoiceNumber  string          `expr:"invoice_number" code:"true" help:"number of the sale; with C1 or V2 behind it where an invoice is taken back and booked anew: no two invoices may have one number"`
	Settings       *settingsSource `expr:"settings" help:"settings of the document"`
}

// lineScope is what a row of mapping.order_line sees.
type lineScope struct {
	Run      *run            `expr:"the run"`
	Line     *lineSource     `expr:"line" help:"a line that sells something"`
	Order    *orderSource    `expr:"order" help:"the order that the line is of"`
	Customer *customerSource `expr:"customer" help:"who buys"`
	Settings *settingsSource `expr:"settings" help:"settings of the document"`
}

type settingsSource struct {
	ControlAccount  string `expr:"control_account" help:"ledger account that collects what customers owe: flows.orders.control_account"`
	PricesInclusive bool   `expr:"prices_inclusive" help:"order lines in the books are priced including VAT: flows.orders.prices"`
	Daybook         string `expr:"daybook" help:"sales daybook of invoices: flows.orders.fill.daybook"`
	SelectionCode   string `expr:"selection_code" help:"selection code of orders: flows.orders.fill.selection_code"`
	NumberInvoices  bool   `expr:"number_invoices" help:"invoices have the number of the sale: flows.orders.fill.invoice_number"`
	NumberRelations bool   `expr:"number_relations" help:"new customers of the till get their debtor number, where it is a plain number: flows.customers.numbers"`
	ExternalNumber  string `expr:"external_number" code:"true" help:"where the till keeps the debtor number: mplus.external_number"`
	NumberDebtors   bool   `expr:"number_debtors" help:"we give new debtors their number: accountview.assumptions.debtor_numbering"`
}

func settingsSourceFrom(s domain.MappingSettings) settingsSource {
	return settingsSource{
		ControlAccount: s.ControlAccount, PricesInclusive: s.Sale.PricesInclusive, Daybook: s.Daybook,
		SelectionCode: s.SelectionCode, NumberDebtors: s.NumberDebtors, NumberInvoices: s.NumberInvoices,
		NumberRelations: s.NumberRelations, ExternalNumber: s.ExternalNumber,
	}
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
