package mplus

import "github.com/koppel/koppel/domain"

// priceFields are those of RelationArticleDiscount, the price of one customer,
// and of PriceGroup, an article's price in a price group (WSDL 67.1.3). A draft
// that names a customer is the first, one that names a price group the second.
var priceFields = []targetField{
	{name: "relationNumber", label: "Customer number", form: formNumber, fixed: true},
	{name: "priceGroupNumber", label: "Price group", form: formCode, fixed: true},
	{name: "articleNumber", label: "Article number", form: formNumber, fixed: true},
	{name: "articleDiscountGroupNumber", label: "Article discount group", form: formCode, fixed: true},
	{name: "minimumAmount", label: "From this quantity on", form: formQuantity},
	{name: "discountPercentage", label: "Discount in percent", form: formPercent},
	{name: "priceIncl", label: "Price incl. VAT", form: formCents},
	{name: "priceExcl", label: "Price excl. VAT", form: formCents},
}

// PriceSchema describes what a price of a customer or a price group may hold.
func PriceSchema() domain.Schema { return schemaOf(domain.EntityPrice, priceFields, OwnFields{}) }
