package mapping

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// debtorScope is what a row of mapping.relation sees.
type debtorScope struct {
	Run      *run            `expr:"the run"`
	Debtor   *debtorSource   `expr:"debtor" help:"the debtor of the books"`
	Settings *settingsSource `expr:"settings" help:"settings of the document"`
}

type debtorSource struct {
	Number          string            `expr:"number" code:"true" help:"debtor number of the books"`
	PlainNumber     string            `expr:"plain_number" code:"true" help:"the same when it is a number that a till can have: digits, no zero in front, 18 at most; else empty"`
	ExternalNumber  string            `expr:"external_number" code:"true" help:"the customer's number at the till, when the books know it"`
	Name            string            `expr:"name" help:"name of the company, or of the person"`
	Contact         string            `expr:"contact" help:"contact person of a company"`
	IsCompany       bool              `expr:"is_company" help:"is a company, by flows.customers.company"`
	Buyer           string            `expr:"buyer" code:"true" help:"business or consumer: by is_company"`
	Street          string            `expr:"street" help:"street with house number, in one line"`
	Postcode        string            `expr:"postcode" help:"postcode, as the books have it"`
	City            string            `expr:"city" help:"place"`
	Country         string            `expr:"country" help:"country, as the books have it"`
	CountryCode     string            `expr:"country_code" code:"true" help:"the country's ISO code; that of flows.orders.vat.home_country when the books have no country, empty when it is not understood"`
	DeliverTo       *addressSource    `expr:"deliver_to" help:"where it wants its goods; all empty: at its address"`
	Email           string            `expr:"email" help:"e-mail address"`
	Phone           string            `expr:"phone" help:"telephone"`
	Mobile          string            `expr:"mobile" help:"mobile telephone"`
	Website         string            `expr:"website" help:"website"`
	VATNumber       string            `expr:"vat_number" help:"VAT number, as typed"`
	VATMethod       string            `expr:"vat_method" code:"true" help:"how it is usually charged: a consumer inclusive, a business exclusive, a business of another EU country that has a VAT number shifted"`
	CommerceNumber  string            `expr:"commerce_number" help:"number at the chamber of commerce"`
	BankAccount     string            `expr:"bank_account" help:"bank account"`
	PriceList       string            `expr:"price_list" code:"true" help:"code of its price list"`
	Group           string            `expr:"group" code:"true" help:"code of its group of customers"`
	DiscountPercent decimal.Decimal   `expr:"discount_percent" help:"12.5 means 12.5 % off everything"`
	PaymentDays     decimal.Decimal   `expr:"payment_days" help:"days in which it pays; 0: the books do not say"`
	PaymentTerm     string            `expr:"payment_term" code:"true" help:"payment condition of the books"`
	CreditLimit     decimal.Decimal   `expr:"credit_limit" help:"euros; 0: none"`
	Blocked         bool              `expr:"blocked" help:"nothing may be sold to it"`
	Active          bool              `expr:"active" help:"is not blocked, or flows.customers.blocked says to carry it all the same"`
	Custom          map[string]string `expr:"custom" help:"every other column of the books as text: debtor.custom['RPL_TYPE']"`
}

// debtorScopeFrom reads a debtor, and whether it is a company by the document's rule.
func (m *Mapper) debtorScopeFrom(r *run, d domain.Debtor) (*debtorScope, error) {
	country := m.DebtorCountry(d)
	source := &debtorSource{
		Number: d.Number, ExternalNumber: d.ExternalNumber, Name: d.Name, Contact: d.Contact, Street: d.Address.Street, Postcode: d.Address.Postcode,
		City: d.Address.City, Country: d.Address.Country, CountryCode: country, DeliverTo: addressSourceFrom(d.DeliverTo), Email: d.Email,
		Phone: d.Phone, Mobile: d.Mobile, Website: d.Website, VATNumber: d.VATNumber, CommerceNumber: d.CommerceNumber, BankAccount: d.BankAccount,
		PriceList: d.PriceList, Group: d.Group, DiscountPercent: d.DiscountPercent, PaymentDays: decimal.NewFromInt(int64(d.PaymentDays)),
		PaymentTerm: d.PaymentTerm, CreditLimit: d.CreditLimit, Blocked: d.Blocked, Active: !d.Blocked || m.rules.CarryBlocked, Custom: d.Custom,
	}
	if allDigits.MatchString(d.Number) && d.Number[0] != '0' && len(d.Number) <= mostDigits {
		source.PlainNumber = d.Number
	}
	scope := &debtorScope{Run: r, Debtor: source, Settings: &m.settings}
	company, err := m.company.holds(scope, CompanyPath)
	if err != nil {
		return nil, err
	}
	source.IsCompany, source.Buyer = company, "consumer"
	if company {
		source.Buyer = "business"
	}
	source.VATMethod = string(reconcile.VATMethodOf(m.rules.Said.HomeCountry, country, company, strings.TrimSpace(d.VATNumber) != ""))
	return scope, nil
}
