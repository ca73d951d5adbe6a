package mplus

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// Names of fields of prices that decide which list a row stands in.
const (
	fieldRelation   = "relationNumber"
	fieldPriceGroup = "priceGroupNumber"
	fieldSalesPrice = "salesPriceNumber"
	fieldArticle    = "articleNumber"
	fieldGroup      = "articleDiscountGroupNumber"
	fieldMinimum    = "minimumAmount"
	fieldPercent    = "discountPercentage"
	fieldPriceIncl  = "priceIncl"
	fieldPriceExcl  = "priceExcl"
	fieldStart      = "startDate"
	fieldEnd        = "endDate"
)

// priceFields are those of RelationArticleDiscount, the price of one customer, of
// PriceGroup, an article's price in a price group, and of SalesPrice, its price in a
// promotion (WSDL 67.1.3). A draft that names a customer is the first, one that names
// a price group the second, one that names a sales price the third.
var priceFields = []targetField{
	{name: fieldRelation, label: "Customer number", form: formNumber, fixed: true},
	{name: fieldPriceGroup, label: "Price group", form: formCode, fixed: true},
	{name: fieldSalesPrice, label: "Sales price", form: formCode, fixed: true},
	{name: fieldArticle, label: "Article number", form: formNumber, fixed: true},
	{name: fieldGroup, label: "Article discount group", form: formCode, fixed: true},
	{name: fieldMinimum, label: "From this quantity on", form: formQuantity, fixed: true},
	{name: fieldStart, label: "First day of a sales price", form: formDate},
	{name: fieldEnd, label: "Last day of a sales price", form: formDate},
	{name: fieldPercent, label: "Discount in percent", form: formPercent},
	{name: fieldPriceIncl, label: "Price incl. VAT", form: formCents},
	{name: fieldPriceExcl, label: "Price excl. VAT", form: formCents},
}

// Rows of the three lists, in the order of the schema.
var (
	discountRowFields = []targetField{
		{name: fieldRelation, form: formNumber},
		{name: fieldArticle, form: formNumber},
		{name: fieldGroup, form: formCode},
		{name: fieldMinimum, form: formQuantity},
		{name: fieldPercent, form: formPercent},
		{name: fieldPriceIncl, form: formCents},
		{name: fieldPriceExcl, form: formCents},
	}
	priceGroupRowFields = []targetField{
		{name: fieldPriceGroup, form: formCode},
		{name: fieldPriceIncl, form: formCents},
		{name: fieldPriceExcl, form: formCents},
		{name: fieldPercent, form: formPercent},
		{name: fieldMinimum, form: formWhole},
	}
	salesPriceRowFields = []targetField{
		{name: fieldSalesPrice, form: formCode},
		{name: fieldStart, form: formDate},
		{name: fieldEnd, form: formDate},
		{name: fieldPriceIncl, form: formCents},
		{name: fieldPriceExcl, form: formCents},
		{name: fieldPercent, form: formPercent},
		{name: fieldMinimum, form: formWhole},
	}
)

// PriceSchema describes what a price of a customer, a price group or a promotion
// may hold.
func PriceSchema() domain.Schema { return schemaOf(domain.EntityPrice, priceFields, OwnFields{}) }

// PriceSchema is the same of every till.
func (c *Client) PriceSchema(context.Context) (domain.Schema, error) { return PriceSchema(), nil }

var _ connectors.PriceSink = (*Client)(nil)
