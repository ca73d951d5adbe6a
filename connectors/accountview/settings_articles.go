package accountview

// ArticleSettings name the columns of articles and article groups. No dump of
// the article's dictionary is public, so only some of these names were seen in
// clients; a name that is empty, or that this installation does not have, holds
// nothing.
type ArticleSettings struct {
	// NameField holds the name. Seen in three clients.
	NameField string `yaml:"name_field"`
	// ShortField and LongField hold the short and the long description.
	// ASSUMED: the second description is the long one. Ask: which columns hold descriptions?
	ShortField string `yaml:"short_field"`
	LongField  string `yaml:"long_field"`
	// PriceField holds the sales price; seen in one client. PricesInclude says that it includes VAT.
	// ASSUMED: it does. Ask the customer: are sales prices of articles incl. VAT?
	PriceField    string `yaml:"price_field"`
	PricesInclude bool   `yaml:"prices_include"`
	// CostField holds the cost price. Seen in one client.
	CostField string `yaml:"cost_field"`
	// CurrencyField holds the currency of the prices.
	// ASSUMED: none, all prices are euros. Ask: can an article have a price in another currency?
	CurrencyField string `yaml:"currency_field"`
	// VATField, UnitField and GroupField hold codes.
	// ASSUMED: named as on an order line. Ask: what are they called on an article?
	VATField   string `yaml:"vat_field"`
	UnitField  string `yaml:"unit_field"`
	GroupField string `yaml:"group_field"`
	// EANFields hold barcodes, the one of a single unit first.
	// ASSUMED: EAN_CODE. Ask: where do EAN codes stand?
	EANFields []string `yaml:"ean_fields"`
	// BlockedField says that an article may not be sold, DiscontinuedField that it is not bought again, StockedField that
	// stock is kept of it. Without the last, stock is kept of everything.
	// ASSUMED: REC_BLK as in other tables, and no others. Ask: which columns say so?
	BlockedField      string `yaml:"blocked_field"`
	DiscontinuedField string `yaml:"discontinued_field"`
	StockedField      string `yaml:"stocked_field"`
	// PhysicalField to FreeField hold quantities.
	// ASSUMED: what sales orders reserve stands in QTY_RESERV, and is not off QTY_AVAIL. Ask: what is its name, and is it off QTY_AVAIL already?
	PhysicalField  string `yaml:"physical_field"`
	AvailableField string `yaml:"available_field"`
	ReservedField  string `yaml:"reserved_field"`
	OnOrderField   string `yaml:"on_order_field"`
	FreeField      string `yaml:"free_field"`
	// StockChangedField holds when the stock of an article changed.
	// ASSUMED: none, CNG_DATE does not move with the stock. Ask: which column does?
	StockChangedField string `yaml:"stock_changed_field"`
	// StockColumns are the columns of quantities that the document counts with: without one of them no stock is told.
	// Whole says that it looks at other columns of the article, too, which stock is then read with.
	StockColumns []string `yaml:"-"`
	WholeStock   bool     `yaml:"-"`
	// VariantOfField holds, on a variant, the code of the product that it is a variant of.
	// ASSUMED: none, every article is a product. Ask the customer: which column ties variants together?
	VariantOfField string `yaml:"variant_of_field"`
	// Attributes name the columns that hold item attributes, by the name of the attribute.
	// Ask the customer: which columns hold colour, size and brand?
	Attributes map[string]string `yaml:"attributes"`
	// ChangedField holds when an article changed; empty: every run reads all of them. Seen in one client.
	// ASSUMED: it does not move when only stock changes. Ask: does it?
	ChangedField string `yaml:"changed_field"`
	// ImageNameField and ImageDataField hold a picture and its file name. Without the last there are no pictures.
	// ASSUMED: none; weakly seen: IMG_MEDIUM and IMG_M_DATA. Ask: where do pictures stand, and how are they written?
	ImageNameField string `yaml:"image_name_field"`
	ImageDataField string `yaml:"image_data_field"`
	// GroupNameField holds the name of an article group; seen in two clients. GroupParentField holds the group above it.
	// ASSUMED: groups stand in no tree. Ask: do they?
	GroupNameField   string `yaml:"group_name_field"`
	GroupParentField string `yaml:"group_parent_field"`
}

// defaultArticles are the names with every assumption as it stands.
func defaultArticles() ArticleSettings {
	return ArticleSettings{
		NameField: "ART_DESC1", LongField: "ART_DESC2", PriceField: "PX_SELL", PricesInclude: true, CostField: "COST_PX",
		VATField: "VAT_CODE", UnitField: "UNT_CODE", GroupField: "AG_CODE", EANFields: []string{"EAN_CODE"}, BlockedField: "REC_BLK",
		PhysicalField: "QTY_TECH", AvailableField: "QTY_AVAIL", ReservedField: "QTY_RESERV", OnOrderField: "QTY_BESTEL", FreeField: "QTY_FREE2", GroupNameField: "AG_DESC",
		ChangedField: "CNG_DATE",
	}
}

// upperNames writes column names as the books do.
func (a ArticleSettings) upperNames() ArticleSettings {
	for _, name := range []*string{
		&a.NameField, &a.ShortField, &a.LongField, &a.PriceField, &a.CostField, &a.CurrencyField, &a.VATField, &a.UnitField,
		&a.GroupField, &a.BlockedField, &a.DiscontinuedField, &a.StockedField, &a.PhysicalField, &a.AvailableField, &a.ReservedField,
		&a.OnOrderField, &a.FreeField, &a.StockChangedField, &a.VariantOfField, &a.ChangedField, &a.ImageNameField, &a.ImageDataField, &a.GroupNameField, &a.GroupParentField,
	} {
		*name = upperName(*name)
	}
	codes := make([]string, 0, len(a.EANFields))
	for _, name := range a.EANFields {
		codes = append(codes, upperName(name))
	}
	attributes := make(map[string]string, len(a.Attributes))
	for attribute, name := range a.Attributes {
		attributes[attribute] = upperName(name)
	}
	var counted []string
	for _, name := range a.StockColumns {
		if name = upperName(name); name != "" {
			counted = append(counted, name)
		}
	}
	a.EANFields, a.Attributes, a.StockColumns = codes, attributes, counted
	return a
}
