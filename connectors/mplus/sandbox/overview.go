package sandbox

type overviewFieldsInput struct {
	Request getOverviewFieldsXML `xml:"request"`
}

type getOverviewFieldsXML struct {
	CardType     cardType `xml:"cardType"`
	CategoryID   *int32   `xml:"categoryId"`
	BranchNumber *int32   `xml:"branchNumber"`
}

type overviewFieldsAnswer struct {
	OverviewFieldsList overviewFieldsListXML `xml:"overviewFieldsList"`
	Result             string                `xml:"result"`
	ErrorList          struct{}              `xml:"errorList"`
}

type overviewFieldsListXML struct {
	OverviewFields []overviewFieldXML `xml:"overviewFields"`
}

// overviewFieldXML is what the till says of one field of a card.
type overviewFieldXML struct {
	Name                 string   `xml:"name"`
	Label                string   `xml:"label"`
	Description          string   `xml:"description"`
	DefaultValue         string   `xml:"defaultValue"`
	Type                 dataType `xml:"type"`
	ReadOnly             bool     `xml:"readOnly"`
	ValueVisible         bool     `xml:"valueVisible"`
	Required             bool     `xml:"required"`
	TabOrder             int32    `xml:"tabOrder"`
	MaxCharsPerLine      int32    `xml:"maxCharsPerLine"`
	MaxLines             int32    `xml:"maxLines"`
	Active               bool     `xml:"active"`
	OnCard               bool     `xml:"onCard"`
	IsSelectionField     bool     `xml:"isSelectionField"`
	Nullable             bool     `xml:"nullable"`
	Formule              string   `xml:"formule"`
	CharMaxLength        int32    `xml:"charMaxLength"`
	NumericPrecision     int32    `xml:"numericPrecision"`
	NumericRadix         int32    `xml:"numericRadix"`
	NumericScale         int32    `xml:"numericScale"`
	ShowInInfoPopup      bool     `xml:"showInInfoPopup"`
	ContainsPersonalData bool     `xml:"containsPersonalData"`
	Sortable             bool     `xml:"sortable"`
}

// textLengths are the lengths of text fields by kind of card. That a field is named as the schema names its element is
// assumed, and so are the lengths: the till has its own for each administration.
var textLengths = map[cardType][]struct {
	name   string
	length int32
}{
	"PRODUCT": {
		{"description", 255},
		{"extArticleId", 64},
		{"pluNumber", 64},
		{"colour", 64},
		{"size", 64},
		{"invoiceText", 255},
		{"receiptText", 64},
		{"displayText", 64},
		{"barcode", 64},
		{"brandName", 64},
		{"contentUnit", 32},
		{"unit", 32},
		{"siUnit", 32},
		{"supplierArticleNumber", 64},
	},
	"RELATION": {
		{"name", 255},
		{"extRelationId", 64},
		{"relationCode", 128},
		{"address", 255},
		{"zipcode", 32},
		{"city", 128},
		{"country", 128},
		{"contact", 128},
		{"telephone", 64},
		{"mobile", 64},
		{"email", 255},
		{"companyName", 255},
		{"vatNumber", 32},
		{"commerceNumber", 32},
	},
	"EMPLOYEE": {{"name", 255}},
}

// getOverviewFields answers the text fields of a kind of card, and those that the retailer made.
func getOverviewFields(_ *call, in overviewFieldsInput) (overviewFieldsAnswer, error) {
	kind := in.Request.CardType
	out := overviewFieldsAnswer{Result: "GET-OVERVIEW-FIELDS-RESULT-OK"}
	add := func(f overviewFieldXML) {
		f.Label, f.TabOrder, f.ValueVisible, f.Active, f.OnCard, f.Sortable = f.Name, int32(len(out.OverviewFieldsList.OverviewFields)+1), true, true, true, true
		out.OverviewFieldsList.OverviewFields = append(out.OverviewFieldsList.OverviewFields, f)
	}
	for _, f := range textLengths[kind] {
		add(overviewFieldXML{Name: f.name, Type: "DATA-TYPE-STRING", CharMaxLength: f.length, Nullable: true})
	}
	own := map[cardType][]customFieldXML{"PRODUCT": articleFields, "RELATION": relationFields, "EMPLOYEE": employeeFields}
	for _, f := range own[kind] {
		add(overviewFieldXML{Name: f.FieldName, Type: value(f.DataType), Required: value(f.IsRequired), Nullable: true})
	}
	return out, nil
}
