package settings

// AccountViewPriceObject says where prices of one kind stand. No public source
// names an object that holds any.
type AccountViewPriceObject struct {
	Kind    PriceKind               `yaml:"kind" enum:"customer|price_list|customer_group|everyone" default:"customer" title:"Kind" help:"For whom the prices of the object are."`
	Object  string                  `yaml:"object" required:"true" maxlen:"20" title:"Object" unit:"business object" help:"Business object of the prices."`
	Table   string                  `yaml:"table" required:"true" maxlen:"20" title:"Table" unit:"table of AccountView" help:"Table of the prices."`
	Key     string                  `yaml:"key" required:"true" maxlen:"20" title:"Key" unit:"field of AccountView" help:"Names a row, and orders the list."`
	Prices  Prices                  `yaml:"prices" enum:"incl|excl" default:"excl" title:"Prices" help:"Whether the prices are kept including or excluding VAT."`
	Columns AccountViewPriceColumns `yaml:"columns" title:"Columns" help:"Which column holds what. Empty: no column does. A row has a price or a discount, never both."`
}

// AccountViewPriceColumns name the columns of prices by what they hold.
type AccountViewPriceColumns struct {
	Customer        string `yaml:"customer" maxlen:"20" title:"Customer" unit:"field of AccountView" help:"Debtor number (debiteurnummer), in an object of kind customer."`
	PriceList       string `yaml:"price_list" maxlen:"20" title:"Price list" unit:"field of AccountView" help:"Code of the price list (prijslijst), in an object of kind price_list."`
	CustomerGroup   string `yaml:"customer_group" maxlen:"20" title:"Group of customers" unit:"field of AccountView" help:"Code of the group of debtors, in an object of kind customer_group."`
	Promotion       string `yaml:"promotion" maxlen:"20" title:"Promotion" unit:"field of AccountView" help:"Code of the promotion (actie), in an object of kind everyone."`
	SKU             string `yaml:"sku" maxlen:"20" title:"Article" unit:"field of AccountView" help:"Article code. A row without article, group and attribute is of everything that is sold."`
	ArticleGroup    string `yaml:"article_group" maxlen:"20" title:"Article group" unit:"field of AccountView" help:"Code of an article group, all articles of which have the price."`
	Attribute       string `yaml:"attribute" maxlen:"20" title:"Attribute" unit:"field of AccountView" help:"Name of an item attribute such as brand or season, as articles.attributes calls it. All articles with the value of the next column have the price."`
	AttributeValue  string `yaml:"attribute_value" maxlen:"20" title:"Value of the attribute" unit:"field of AccountView" help:"What the articles have as that attribute."`
	MinQuantity     string `yaml:"min_quantity" maxlen:"20" title:"From this quantity on" unit:"field of AccountView" help:"The number of units from which on the row holds (staffel)."`
	Price           string `yaml:"price" maxlen:"20" title:"Price" unit:"field of AccountView" help:"Price of one unit."`
	DiscountPercent string `yaml:"discount_percent" maxlen:"20" title:"Discount" unit:"field of AccountView" help:"Discount in percent off the usual price (korting)."`
	Currency        string `yaml:"currency" maxlen:"20" title:"Currency" unit:"field of AccountView" help:"Currency of the price. Empty means that all are in euros."`
	ValidFrom       string `yaml:"valid_from" maxlen:"20" title:"First day" unit:"field of AccountView" help:"First day on which the row holds."`
	ValidUntil      string `yaml:"valid_until" maxlen:"20" title:"Last day" unit:"field of AccountView" help:"Last day on which the row holds."`
	Changed         string `yaml:"changed" maxlen:"20" title:"Changed at" unit:"field of AccountView" help:"When the row last changed. Without it, only a full run sees changes of the object."`
}

// PriceKind says for whom the prices of an object of the books are.
type PriceKind string

// What PriceKind may be.
const (
	PriceKindCustomer      PriceKind = "customer"
	PriceKindList          PriceKind = "price_list"
	PriceKindCustomerGroup PriceKind = "customer_group"
	PriceKindEveryone      PriceKind = "everyone"
)

// Help says what the value means.
func (k PriceKind) Help() string {
	return map[PriceKind]string{
		PriceKindCustomer:      "One customer.",
		PriceKindList:          "Customers with a price list.",
		PriceKindCustomerGroup: "A group of customers.",
		PriceKindEveryone:      "Everybody: promotions, prices of a season.",
	}[k]
}

// problems says what does not fit together.
func (o AccountViewPriceObject) problems(path string) Problems {
	var problems Problems
	must := func(holds bool, key, text string) {
		if !holds {
			problems = append(problems, Problem{Path: path + ".columns." + key, Text: text})
		}
	}
	c := o.Columns
	whose := map[PriceKind]string{
		PriceKindCustomer: c.Customer, PriceKindList: c.PriceList, PriceKindCustomerGroup: c.CustomerGroup, PriceKindEveryone: "everybody",
	}
	must(whose[o.Kind] != "", string(o.Kind), "must name a column: it says for whom the prices are")
	must(c.SKU+c.ArticleGroup+c.Attribute != "", "sku", "must name a column, or article_group, or attribute: they say of what the prices are")
	must((c.Attribute == "") == (c.AttributeValue == ""), "attribute_value", "goes together with attribute")
	must(c.Price+c.DiscountPercent != "", "price", "must name a column, or discount_percent")
	return problems
}
