package domain

import "time"

// MappingRules is all that decides how canonical records become drafts: rows,
// lookup tables and the few settings that rows may read. It is the part of an
// integration document that package mapping compiles.
type MappingRules struct {
	Mapping  Mapping
	Lookups  Lookups
	Settings MappingSettings
	Filter   string // expression over an order, true for those that go to the books; empty: all

	Company        string                   // expression over a debtor, true for companies; empty: none is
	CatalogFilters map[Entity]CatalogFilter // of the flows from the books to the till
}

// CatalogFilter says which records of the books go to the till.
type CatalogFilter struct {
	Path   string // where it stands in the document
	Source string // expression over a record; empty: all
}

// MappingSettings are the settings that a source expression may read, as
// settings.<name>.
type MappingSettings struct {
	ControlAccount  string // the ledger account that collects what customers owe
	Daybook         string // sales daybook of invoices
	SelectionCode   string // of orders
	NumberDebtors   bool   // we give new debtors their number
	NumberInvoices  bool   // invoices have the number of the sale
	NumberRelations bool   // new customers of the till get their debtor number
	CarryBlocked    bool   // a blocked debtor is a customer like any other
	ExternalNumber  string // where the till keeps the debtor number
	Sale            SaleRules
	Said            SaleDefaults
}

// SaleDefaults say what counts for a sale where it does not say so itself.
type SaleDefaults struct {
	HomeCountry   string // ISO 3166 alpha-2
	Employee      string
	Reference     string
	DeliveryDays  int // after the date of the sale; negative: no delivery date
	DefaultDebtor string
	DayDebtor     string // of the total of a day
	Notes         bool   // text lines become a note
	ShipTo        bool   // the address to deliver to stands on the order
	Entered       bool   // the day on which it was entered counts, and not the financial date
	DayEnds       time.Duration
}

// Mapping says per entity how the fields of the target are filled.
type Mapping struct {
	Customer        []MappingRow `yaml:"customer" title:"Customers" help:"Fields of a debtor (debiteur), from the customer of an order."`
	DeliveryAddress []MappingRow `yaml:"delivery_address" title:"Delivery addresses" help:"Fields of an address to deliver to (afleveradres) of a debtor."`
	Order           []MappingRow `yaml:"order" title:"Orders" help:"Fields of a sales order (verkooporder)."`
	OrderLine       []MappingRow `yaml:"order_line" title:"Order lines" help:"Fields of a line of a sales order."`
	Journal         []MappingRow `yaml:"journal" title:"Invoices" help:"Fields of a page of a sales daybook (dagboekbladzijde): an invoice that is booked."`
	JournalLine     []MappingRow `yaml:"journal_line" title:"Invoice lines" help:"Fields of a line of an invoice: what was sold under one VAT code and turnover group, or what closes a VAT group."`
	Product         []MappingRow `yaml:"product" title:"Product" help:"How an article of the books becomes a product of the till. A target that begins with product. belongs to the product that groups the articles, any other to the article."`
	Category        []MappingRow `yaml:"category" title:"Category" help:"How an article group of the books becomes an article group of the till."`
	Stock           []MappingRow `yaml:"stock" title:"Stock" help:"The formula over the quantities of the books that the till shows as stock."`
	Relation        []MappingRow `yaml:"relation" title:"Relation" help:"How a debtor of the books (debiteur) becomes a customer of the till."`
	Price           []MappingRow `yaml:"price" title:"Price" help:"How a price of the books for one customer, price list or group becomes a price of the till."`
}

// Rows gives the rows of one entity; nil for an entity without mapping.
func (m Mapping) Rows(entity Entity) []MappingRow {
	switch entity {
	case EntityCustomer:
		return m.Customer
	case EntityDeliveryAddress:
		return m.DeliveryAddress
	case EntityOrder:
		return m.Order
	case EntityOrderLine:
		return m.OrderLine
	case EntityJournal:
		return m.Journal
	case EntityJournalLine:
		return m.JournalLine
	case EntityProduct:
		return m.Product
	case EntityCategory:
		return m.Category
	case EntityStock:
		return m.Stock
	case EntityPrice:
		return m.Price
	case EntityRelation:
		return m.Relation
	default:
		return nil
	}
}
