package settings

// AccountViewArticles names the columns of articles and article groups. All of
// them are assumptions but for the name, the price and some quantities, which
// were seen in public clients.
type AccountViewArticles struct {
	NameField             string            `yaml:"name_field" required:"true" maxlen:"20" title:"Name" unit:"field of AccountView" help:"Name of an article (omschrijving)."`
	ShortDescriptionField string            `yaml:"short_description_field" maxlen:"20" title:"Short description" unit:"field of AccountView" help:"One line about an article. Empty means there is none, and the name serves."`
	LongDescriptionField  string            `yaml:"long_description_field" maxlen:"20" title:"Long description" unit:"field of AccountView" help:"As much as there is to say about an article."`
	PriceField            string            `yaml:"price_field" required:"true" maxlen:"20" title:"Sales price" unit:"field of AccountView" help:"Sales price (verkoopprijs) of one unit."`
	Prices                Prices            `yaml:"prices" enum:"incl|excl" title:"Sales prices of articles" help:"Whether they are kept including or excluding VAT. The till works the other price out itself."`
	CostPriceField        string            `yaml:"cost_price_field" maxlen:"20" title:"Cost price" unit:"field of AccountView" help:"Cost price (kostprijs) of one unit, excluding VAT."`
	CurrencyField         string            `yaml:"currency_field" maxlen:"20" title:"Currency" unit:"field of AccountView" help:"Currency of the prices. Empty means that all prices are in euros."`
	VATCodeField          string            `yaml:"vat_code_field" maxlen:"20" title:"VAT code" unit:"field of AccountView" help:"VAT code (btw-code) of an article."`
	UnitField             string            `yaml:"unit_field" maxlen:"20" title:"Unit" unit:"field of AccountView" help:"Unit (eenheid) in which an article is sold."`
	GroupField            string            `yaml:"group_field" maxlen:"20" title:"Article group" unit:"field of AccountView" help:"Code of the article group (artikelgroep) of an article."`
	EANFields             []string          `yaml:"ean_fields" unique:"true" maxlen:"20" title:"Barcodes" unit:"fields of AccountView" help:"Where barcodes (EAN) stand, that of a single unit first."`
	BlockedField          string            `yaml:"blocked_field" maxlen:"20" title:"Blocked" unit:"field of AccountView" help:"Says that an article may not be sold (geblokkeerd)."`
	DiscontinuedField     string            `yaml:"discontinued_field" maxlen:"20" title:"Discontinued" unit:"field of AccountView" help:"Says that an article is not bought again. Empty means that none is discontinued."`
	StockManagedField     string            `yaml:"stock_managed_field" maxlen:"20" title:"Stock is kept" unit:"field of AccountView" help:"Says that stock is kept of an article. Empty means that it is kept of all."`
	PhysicalField         string            `yaml:"physical_field" maxlen:"20" title:"Stock, physical" unit:"field of AccountView" help:"Units on the shelf (technische voorraad)."`
	AvailableField        string            `yaml:"available_field" maxlen:"20" title:"Stock, available" unit:"field of AccountView" help:"Units that AccountView calls available (beschikbaar)."`
	ReservedField         string            `yaml:"reserved_field" maxlen:"20" title:"Stock, reserved" unit:"field of AccountView" help:"Units promised on sales orders (gereserveerd). AccountView does not tell its name: look among the columns that koppel doctor lists. Empty when the available stock is without them already."`
	OnOrderField          string            `yaml:"on_order_field" maxlen:"20" title:"Stock, on order" unit:"field of AccountView" help:"Units ordered at suppliers (besteld)."`
	FreeField             string            `yaml:"free_field" maxlen:"20" title:"Stock, free" unit:"field of AccountView" help:"Units that AccountView calls free (vrij)."`
	StockChangedField     string            `yaml:"stock_changed_field" maxlen:"20" title:"Stock, changed at" unit:"field of AccountView" help:"Holds when the stock of an article changed last. Empty: no column does, and every run reads the stock of all articles."`
	VariantOfField        string            `yaml:"variant_of_field" maxlen:"20" title:"Variant of" unit:"field of AccountView" help:"Holds, on a variant, the code of the product that it is a variant of. Empty means that every article is a product of its own."`
	Attributes            map[string]string `yaml:"attributes" maxlen:"20" title:"Attributes" unit:"field of AccountView" help:"By the name of an item attribute (artikelkenmerk), the column that holds it. The default rows read colour, size and brand."`
	ChangedField          string            `yaml:"changed_field" maxlen:"20" title:"Changed at" unit:"field of AccountView" help:"When an article was changed: runs then read only what changed. Empty means that every run reads all articles."`
	ImageNameField        string            `yaml:"image_name_field" maxlen:"20" title:"Picture, file name" unit:"field of AccountView" help:"File name of the picture of an article. Empty means that the article code serves."`
	ImageDataField        string            `yaml:"image_data_field" maxlen:"20" title:"Picture" unit:"field of AccountView" help:"The picture of an article itself. It is then read apart, and never with every article. Empty means that there are no pictures."`
	GroupNameField        string            `yaml:"group_name_field" required:"true" maxlen:"20" title:"Article groups, name" unit:"field of AccountView" help:"Name of an article group."`
	GroupParentField      string            `yaml:"group_parent_field" maxlen:"20" title:"Article groups, group above" unit:"field of AccountView" help:"Code of the group above an article group. Empty means that groups stand in no tree."`
}
