package sandbox

// unread is a part of the schema that the sandbox lets in and forgets: nothing of ours depends on it.
type unread struct{}

// decimalText is an xsd:decimal, kept as the text it came in.
type decimalText string

// dateText is an xsd:date, dateTimeText an xsd:dateTime, both kept as text.
type (
	dateText     string
	dateTimeText string
)

// dateXML is the vendor's date; zero parts mean no date.
type dateXML struct {
	Day  int32 `xml:"day"`
	Mon  int32 `xml:"mon"`
	Year int32 `xml:"year"`
}

// dateTimeXML is the vendor's moment: a wall clock with its offset in minutes east of UTC.
type dateTimeXML struct {
	Sec      int32 `xml:"sec"`
	Min      int32 `xml:"min"`
	Hour     int32 `xml:"hour"`
	Day      int32 `xml:"day"`
	Mon      int32 `xml:"mon"`
	Year     int32 `xml:"year"`
	Isdst    bool  `xml:"isdst"`
	Timezone int32 `xml:"timezone"`
}

// yearNumberXML is a document number such as 2026.123.
type yearNumberXML struct {
	Year   int32 `xml:"year"`
	Number int64 `xml:"number"`
}

type yearNumberListXML struct {
	YearNumber []yearNumberXML `xml:"yearNumber"`
}

// workplaceYearNumberXML is a document number of one workplace.
type workplaceYearNumberXML struct {
	BranchNumber    int32 `xml:"branchNumber"`
	WorkplaceNumber int32 `xml:"workplaceNumber"`
	Year            int32 `xml:"year"`
	Number          int64 `xml:"number"`
}

type idListXML struct {
	ID []string `xml:"id"`
}

type numberListXML struct {
	Number []int64 `xml:"number"`
}

type categoryIDSetXML struct {
	Category []int32 `xml:"category"`
}

// textListXML nests twice: text in text, as the schema has it.
type textListXML struct {
	Text []textXML `xml:"text"`
}

type textXML struct {
	Text string `xml:"text"`
}

// articleNumberListXML repeats its own name inside: articleNumbers in articleNumbers.
type articleNumberListXML struct {
	ArticleNumbers []int64 `xml:"articleNumbers"`
}

type branchNumberListXML struct {
	BranchNumber []int32 `xml:"branchNumber"`
}

type customFieldListXML struct {
	CustomField []customFieldXML `xml:"customField"`
}

// customFieldXML is a field the retailer made, on a relation or an article.
type customFieldXML struct {
	FieldName      string       `xml:"fieldName"`
	DataType       *dataType    `xml:"dataType"`
	IsRequired     *bool        `xml:"isRequired"`
	StrValue       *string      `xml:"strValue"`
	IntValue       *int64       `xml:"intValue"`
	DecimalPlaces  *int32       `xml:"decimalPlaces"`
	BoolValue      *bool        `xml:"boolValue"`
	DateValue      *dateXML     `xml:"dateValue"`
	DateTimeValue  *dateTimeXML `xml:"dateTimeValue"`
	MultiSelectInt []int32      `xml:"multiSelectInt"`
}
