package accountview

import (
	"fmt"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// PriceObject says where prices of one kind stand.
// ASSUMED: everything of it; no public source names an object, a table or a column that holds a price for one customer, a
// price list, a discount of a group or a promotion. Ask: which objects hold them, and which of their columns hold what?
type PriceObject struct {
	Kind   PriceKind `yaml:"kind"`
	Object string    `yaml:"object"`
	Table  string    `yaml:"table"`
	Key    string    `yaml:"key"` // the column that names a row and orders the list
	// Prices says whether they include VAT.
	Prices domain.PriceBasis `yaml:"prices"`

	PriceColumns `yaml:",inline"`
}

// PriceColumns name the columns by what they hold. An empty name: no column holds it.
type PriceColumns struct {
	Customer        string `yaml:"customer"`
	PriceList       string `yaml:"price_list"`
	CustomerGroup   string `yaml:"customer_group"`
	Promotion       string `yaml:"promotion"`
	SKU             string `yaml:"sku"`
	ArticleGroup    string `yaml:"article_group"`
	Attribute       string `yaml:"attribute"`       // name of an attribute, as Articles.Attributes calls it
	AttributeValue  string `yaml:"attribute_value"` // what the articles have there
	MinQuantity     string `yaml:"min_quantity"`
	Price           string `yaml:"price"`
	DiscountPercent string `yaml:"discount_percent"`
	Currency        string `yaml:"currency"`
	ValidFrom       string `yaml:"valid_from"`
	ValidUntil      string `yaml:"valid_until"`
	Changed         string `yaml:"changed"` // when the row last changed
}

// PriceKind says for whom prices hold.
type PriceKind string

// The kinds of prices.
const (
	PricesOfCustomer      PriceKind = "customer"
	PricesOfList          PriceKind = "price_list"
	PricesOfCustomerGroup PriceKind = "customer_group"
	PricesForEveryone     PriceKind = "everyone"
)

// defaultPriceObjects are those that the sandbox serves, with names of its own.
func defaultPriceObjects() []PriceObject {
	common := PriceColumns{
		SKU: fieldArticleCode, ArticleGroup: fieldArticleGroupCode, Attribute: "ATR_NAME", AttributeValue: "ATR_VAL",
		MinQuantity: "QTY_FROM", Price: "PX_SELL", DiscountPercent: "DISC_PCT", Currency: "CUR_CODE",
		ValidFrom: "DATE_FROM", ValidUntil: "DATE_TO", Changed: fieldChangedAt,
	}
	customer, list, group, everyone := common, common, common, common
	customer.Customer, list.PriceList, group.CustomerGroup, everyone.Promotion = fieldDebtorNumber, "APX_LIST", "RPL_TYPE", "ACT_CODE"
	return []PriceObject{
		{Kind: PricesOfCustomer, Object: "ZPD", Table: "ZPX_DEB", Key: "REC_ID", Prices: domain.PriceBasisExcl, PriceColumns: customer},
		{Kind: PricesOfList, Object: "ZPL", Table: "ZPX_LIST", Key: "REC_ID", Prices: domain.PriceBasisExcl, PriceColumns: list},
		{Kind: PricesOfCustomerGroup, Object: "ZPG", Table: "ZPX_GRP", Key: "REC_ID", Prices: domain.PriceBasisExcl, PriceColumns: group},
		{Kind: PricesForEveryone, Object: "ZPA", Table: "ZPX_ACT", Key: "REC_ID", Prices: domain.PriceBasisIncl, PriceColumns: everyone},
	}
}

func (c *PriceColumns) names() []*string {
	return []*string{
		&c.Customer, &c.PriceList, &c.CustomerGroup, &c.Promotion, &c.SKU, &c.ArticleGroup, &c.Attribute, &c.AttributeValue,
		&c.MinQuantity, &c.Price, &c.DiscountPercent, &c.Currency, &c.ValidFrom, &c.ValidUntil, &c.Changed,
	}
}

// used are the columns that have a name, the key among them.
func (o PriceObject) used() []string {
	names := []string{o.Key}
	for _, name := range o.names() {
		names = append(names, *name)
	}
	return slices.DeleteFunc(distinct(names...), func(name string) bool { return name == "" })
}

// whose is the column that says for whom the prices are.
func (o PriceObject) whose() string {
	switch o.Kind {
	case PricesOfCustomer:
		return o.Customer
	case PricesOfList:
		return o.PriceList
	case PricesOfCustomerGroup:
		return o.CustomerGroup
	default:
		return ""
	}
}

func (o PriceObject) upperNames() PriceObject {
	for _, name := range append(o.names(), &o.Table, &o.Key) {
		*name = upperName(*name)
	}
	return o
}

// problems says what is wrong with the object, each by its key.
func (o PriceObject) problems(at int) []error {
	var wrong []error
	must := func(ok bool, key, rule string) {
		if !ok {
			wrong = append(wrong, fmt.Errorf("price_objects[%d].%s %s", at, key, rule))
		}
	}
	given := func(text string) bool { return strings.TrimSpace(text) != "" }
	must(slices.Contains([]PriceKind{PricesOfCustomer, PricesOfList, PricesOfCustomerGroup, PricesForEveryone}, o.Kind),
		"kind", "must be customer, price_list, customer_group or everyone")
	must(o.Prices == domain.PriceBasisIncl || o.Prices == domain.PriceBasisExcl, "prices", "must be incl or excl")
	must(given(o.Object), "object", "must be given")
	must(given(o.Table), "table", "must be given")
	must(given(o.Key), "key", "must be given")
	must(o.Kind == PricesForEveryone || given(o.whose()), "columns."+string(o.Kind), "must be given: it says for whom the prices are")
	must(given(o.SKU) || given(o.ArticleGroup) || given(o.Attribute), "columns.sku", "must be given, or article_group, or attribute")
	must(given(o.Attribute) == given(o.AttributeValue), "columns.attribute_value", "goes together with attribute")
	must(given(o.Price) || given(o.DiscountPercent), "columns.price", "must be given, or discount_percent")
	return wrong
}

// priceObjectNames tells people which objects are taken to hold prices.
func (s Settings) priceObjectNames() string {
	if len(s.PriceObjects) == 0 {
		return "none"
	}
	names := make([]string, len(s.PriceObjects))
	for i, o := range s.PriceObjects {
		names[i] = o.Object + " (" + string(o.Kind) + ")"
	}
	return strings.Join(names, ", ")
}
