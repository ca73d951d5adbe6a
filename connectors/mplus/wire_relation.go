package mplus

// getRelations is the request of getRelations: the relations with these numbers.
type getRelations struct {
	Request getRelationsRequest `xml:"request"`
}

type getRelationsRequest struct {
	RelationNumbers []int64 `xml:"relationNumbers"`
	SyncMarker      *int64  `xml:"syncMarker,omitempty"`
	SyncMarkerLimit int     `xml:"syncMarkerLimit,omitempty"`
}

type getRelationsResponse struct {
	RelationList []relation `xml:"relationList>relation"`
}

// getRelation asks for one relation.
type getRelation struct {
	RelationNumber int64 `xml:"relationNumber"`
}

// getRelationResponse carries an empty relation beside NOT-FOUND (WSDL: the element is mandatory).
type getRelationResponse struct {
	Result   wireEnum `xml:"result"`
	Relation relation `xml:"relation"`
}

// relation is Relation: a person, a company or a supplier. A company is one with
// a companyName; there is no field for the kind.
type relation struct {
	RelationNumber wireInt  `xml:"relationNumber"`
	ExtRelationID  string   `xml:"extRelationId"`
	Name           string   `xml:"name"`
	Address        string   `xml:"address"`
	Zipcode        string   `xml:"zipcode"`
	City           string   `xml:"city"`
	Country        string   `xml:"country"`
	Contact        string   `xml:"contact"`
	Telephone      string   `xml:"telephone"`
	Mobile         string   `xml:"mobile"`
	Email          string   `xml:"email"`
	RelationCode   string   `xml:"relationCode"`
	VatNumber      string   `xml:"vatNumber"`
	CommerceNumber string   `xml:"commerceNumber"`
	ContactNames   []string `xml:"contactList>relation>name"`
	CompanyName    string   `xml:"companyName"`

	CustomFields []customFieldValue `xml:"customFieldList>customField"`
}

// customFieldValue is CustomField on a relation: a field that the shop made, and
// what it holds there.
type customFieldValue struct {
	FieldName      string             `xml:"fieldName"`
	DataType       wireEnum           `xml:"dataType"`
	StrValue       string             `xml:"strValue"`
	IntValue       wireInt            `xml:"intValue"`
	DecimalPlaces  wireInt            `xml:"decimalPlaces"`
	BoolValue      wireBool           `xml:"boolValue"`
	DateValue      *soapMplusDate     `xml:"dateValue"`
	DateTimeValue  *soapMplusDateTime `xml:"dateTimeValue"`
	MultiSelectInt []string           `xml:"multiSelectInt"`
}

type createRelationResponse struct {
	Result         wireEnum `xml:"result"`
	RelationNumber wireInt  `xml:"relationNumber"`
	ErrorMessage   string   `xml:"errorMessage"`
}
