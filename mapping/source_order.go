package mapping

import (
	"cmp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

type orderSource struct {
	ID              string           `expr:"id" code:"true" help:"the till's own identifier"`
	Number          string           `expr:"number" code:"true" help:"what people call it: 2026.123"`
	Source          string           `expr:"source" code:"true" help:"order, receipt or invoice"`
	Type            string           `expr:"type" code:"true" help:"the till's order type"`
	Branch          string           `expr:"branch" code:"true" help:"branch number"`
	Workplace       string           `expr:"workplace" code:"true" help:"workplace number"`
	Employee        string           `expr:"employee" code:"true" help:"employee number; for a sale that names none, flows.orders.fill.employee"`
	Date            domain.Date      `expr:"date" help:"the day it counts for at the till (flows.orders.dates), in Amsterdam; lookup rows go by it"`
	BookDate        domain.Date      `expr:"book_date" help:"the day it counts for in the books: order.date, or the first day after it that is not closed"`
	BookMonth       int              `expr:"book_month" help:"month of book_date: 1 to 12"`
	DeliveryDate    domain.Date      `expr:"delivery_date" help:"day of delivery, if there is one; see flows.orders.fill"`
	Reference       string           `expr:"reference" help:"free text of the seller; for a sale without, flows.orders.fill.reference"`
	Note            string           `expr:"note" help:"lines that only say something, one below the other; with flows.orders.amounts.text_lines: note"`
	Category        string           `expr:"category" code:"true" help:"the till's own step of the order"`
	FullyPaid       bool             `expr:"fully_paid" help:"nothing is left to pay"`
	PrepaidAmount   decimal.Decimal  `expr:"prepaid_amount" help:"euros incl. VAT that were paid in advance"`
	DeliveryMethod  string           `expr:"delivery_method" code:"true" help:"code of the delivery method"`
	PaymentMethod   string           `expr:"payment_method" code:"true" help:"code of the payment method"`
	VATMethod       string           `expr:"vat_method" code:"true" help:"inclusive, exclusive, shifted or none"`
	VATCountry      string           `expr:"vat_country" code:"true" help:"ISO alpha-3 of the country, when it was sold under foreign VAT"`
	CreditsNumber   string           `expr:"credits_number" code:"true" help:"number in the books of the sale that this one takes back; with flows.orders.changes.credits: link"`
	Country         string           `expr:"country" code:"true" help:"ISO alpha-2 of the country sold to: whose VAT the till charged, when that is foreign; for a receipt, that of the shop; else where the goods go, or where the customer is"`
	Buyer           string           `expr:"buyer" code:"true" help:"business, by a VAT number or a company name, or consumer"`
	TotalIncl       decimal.Decimal  `expr:"total_incl" help:"euros incl. VAT"`
	TotalExcl       decimal.Decimal  `expr:"total_excl" help:"euros excl. VAT"`
	InvoiceAddress  *addressSource   `expr:"invoice_address" help:"where the invoice goes"`
	DeliveryAddress *addressSource   `expr:"delivery_address" help:"where the goods go"`
	ShipTo          *addressSource   `expr:"ship_to" help:"where the goods go, when that is to stand on the order itself (flows.orders.delivery_address: order) and is not where the customer is; else blank"`
	Payments        []*paymentSource `expr:"payments" help:"how it was paid"`
	Lines           []*lineSource    `expr:"lines" help:"those that sell something; text lines are not among them"`
}

type paymentSource struct {
	Method string          `expr:"method" code:"true" help:"the till's payment method"`
	Kind   string          `expr:"kind" code:"true" help:"money, gift_card, deposit, own_use or suspense"`
	Amount decimal.Decimal `expr:"amount" help:"euros incl. VAT; negative for what was paid back"`
	Date   domain.Date     `expr:"date" help:"day of the payment"`
}

// saleSource builds the source model of a sale, with what the document says where
// the sale says nothing. It has no lines yet: they differ by target.
func (m *Mapper) saleSource(o domain.Order, context OrderContext) (*orderSource, error) {
	source := m.orderSourceFrom(o)
	country, ok := m.saleCountry(o)
	if !ok {
		return nil, &Refused{Reason: CodeCountryUnknown, Entity: domain.EntityOrder, Rule: errCountryUnknown.Error()}
	}
	source.Country, source.CreditsNumber = country, context.CreditsNumber
	if !context.BookDate.IsZero() {
		source.BookDate, source.BookMonth = context.BookDate, int(context.BookDate.Month)
	}
	return source, nil
}

func (m *Mapper) orderSourceFrom(o domain.Order) *orderSource {
	said, on := m.rules.Said, m.SaleDate(o)
	country, _ := m.saleCountry(o)
	source := &orderSource{
		ID: string(o.ID), Number: o.Number, Source: string(sourceOf(o)), Type: o.Type, Branch: o.Branch, Workplace: o.Workplace,
		Employee: cmp.Or(o.Employee, said.Employee), Date: on, BookDate: on, BookMonth: int(on.Month), DeliveryDate: o.DeliveryDate,
		Reference: cmp.Or(o.Reference, said.Reference), Category: o.Category, FullyPaid: o.FullyPaid,
		PrepaidAmount: o.PrepaidAmount, DeliveryMethod: o.DeliveryMethod, PaymentMethod: o.PaymentMethod,
		VATMethod: string(o.VATMethod), VATCountry: o.VATCountry, Country: country, Buyer: buyerOf(o.Customer),
		TotalIncl: o.TotalIncl, TotalExcl: o.TotalExcl,
		InvoiceAddress: addressSourceFrom(o.InvoiceAddress), DeliveryAddress: addressSourceFrom(o.DeliveryAddress), ShipTo: &addressSource{},
	}
	if source.DeliveryDate.IsZero() && said.DeliveryDays >= 0 && !on.IsZero() {
		source.DeliveryDate = on.AddDays(said.DeliveryDays)
	}
	if said.ShipTo && reconcile.DeliversElsewhere(o) {
		source.ShipTo = source.DeliveryAddress
	}
	if said.Notes {
		source.Note = noteOf(o.Lines)
	}
	for _, p := range o.Payments {
		source.Payments = append(source.Payments, &paymentSource{Method: p.Method, Kind: string(p.Kind), Amount: p.Amount, Date: p.Date})
	}
	return source
}

// noteOf puts the lines that only say something below each other.
func noteOf(lines []domain.OrderLine) string {
	var said []string
	for _, l := range lines {
		if text := strings.TrimSpace(l.Text); l.IsText() && text != "" {
			said = append(said, text)
		}
	}
	return strings.Join(said, "\n")
}
