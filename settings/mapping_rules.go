package settings

import (
	"time"

	"github.com/koppel/koppel/domain"
)

// MappingRules is the part of the document that package mapping compiles.
func (d Document) MappingRules() domain.MappingRules {
	o := d.Flows.Orders
	return domain.MappingRules{
		Mapping: d.Mapping,
		Lookups: d.Lookups,
		Filter:  o.Filter,
		CatalogFilters: map[domain.Entity]domain.CatalogFilter{
			domain.EntityCategory: {Path: "flows.categories.filter", Source: d.Flows.Categories.Filter},
			domain.EntityRelation: {Path: "flows.customers.filter", Source: d.Flows.Customers.Filter},
			domain.EntityProduct:  {Path: "flows.products.filter", Source: d.Flows.Products.Filter},
			domain.EntityStock:    {Path: "flows.stock.filter", Source: d.Flows.Stock.Filter},
			domain.EntityPrice:    {Path: "flows.prices.filter", Source: d.Flows.Prices.Filter},
		},
		Company: d.Flows.Customers.Company,
		Settings: domain.MappingSettings{
			NumberRelations: d.Flows.Customers.Numbers == CustomersNumbersDebtor,
			CarryBlocked:    d.Flows.Customers.Blocked == CustomersBlockedCarry,
			ExternalNumber:  string(d.Mplus.ExternalNumber),
			ControlAccount:  o.ControlAccount,
			Daybook:         o.Fill.Daybook,
			SelectionCode:   o.Fill.SelectionCode,
			NumberDebtors:   d.AccountView.Assumptions.DebtorNumbering == NumberingClient,
			NumberInvoices:  o.Fill.InvoiceNumber == InvoiceNumberTill,
			Sale:            o.saleRules(),
			Said:            o.saleDefaults(),
		},
	}
}

func (o Orders) saleRules() domain.SaleRules {
	a := o.Amounts
	return domain.SaleRules{
		PricesInclusive: o.Prices == PricesIncl,
		Discounts:       a.Discounts,
		OwnUse:          a.OwnUse,
		GiftCards:       a.GiftCards,
		RoundingMost:    a.RoundingMost,
		Articles:        domain.SaleNames{Rounding: a.RoundingArticle, Discount: a.DiscountArticle, GiftCard: a.GiftCardArticle},
		Accounts: domain.SaleNames{
			Rounding: a.RoundingAccount, Discount: a.DiscountAccount, Shipping: a.ShippingAccount, GiftCard: a.GiftCardAccount, Deposit: a.DepositAccount,
			Prepaid: a.PrepaidAccount, Cash: o.DayTotals.CashAccount, Movement: o.DayTotals.MovementAccount,
		},
	}
}

// saleDefaults are what counts where a sale says nothing. A time of day that
// Validate refuses counts as midnight.
func (o Orders) saleDefaults() domain.SaleDefaults {
	said := domain.SaleDefaults{
		HomeCountry:   o.VAT.HomeCountry,
		Employee:      o.Fill.Employee,
		Reference:     o.Fill.Reference,
		DeliveryDays:  -1,
		DefaultDebtor: o.DefaultDebtor,
		DayDebtor:     o.DayTotals.Debtor,
		Notes:         o.Amounts.TextLines == TextLinesNote,
		ShipTo:        o.DeliveryAddress == DeliveryAddressOrder,
		Entered:       o.Dates.Date == DateEntered,
	}
	if o.Fill.DeliveryDate == DeliveryDateOfSale {
		said.DeliveryDays = o.Fill.DeliveryDays
	}
	if ends, err := clock(o.Dates.DayEnds); err == nil {
		said.DayEnds = ends
	}
	return said
}

// clock reads a time of day: HH:MM.
func clock(text string) (time.Duration, error) {
	at, err := time.Parse("15:04", text)
	if err != nil {
		return 0, err
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, nil
}
