package mplus

import "github.com/koppel/koppel/domain"

const (
	relationNumber = "relationNumber"
	extRelationID  = "extRelationId"
	relationCode   = "relationCode"
	vatNumber      = "vatNumber"
	relationEmail  = "email"
	relationActive = "active"
)

// relationFields are those of Relation that may be written, in the order of the
// schema (WSDL 67.1.3). What the till computes, points and balances, is not among
// them, and neither are lists that other flows or people keep.
var relationFields = []targetField{
	{name: relationNumber, label: "Customer number", form: formNumber, fixed: true},
	{name: extRelationID, label: "Customer number of another system", form: formText},
	{name: relationActive, label: "Active", form: formFlag},
	{name: "name", label: "Name", form: formText, required: true},
	{name: "address", label: "Street and house number", form: formText},
	{name: "zipcode", label: "Postcode", form: formText},
	{name: "city", label: "City", form: formText},
	{name: "country", label: "Country", form: formText},
	{name: "deliveryAddress", label: "Delivery, street and house number", form: formText},
	{name: "deliveryZipcode", label: "Delivery, postcode", form: formText},
	{name: "deliveryCity", label: "Delivery, city", form: formText},
	{name: "deliveryCountry", label: "Delivery, country", form: formText},
	{name: "contact", label: "Contact person", form: formText},
	{name: "telephone", label: "Telephone", form: formText},
	{name: "mobile", label: "Mobile telephone", form: formText},
	{name: relationEmail, label: "E-mail address", form: formText},
	{name: "website", label: "Website", form: formText},
	{name: "birthDate", label: "Date of birth", form: formDate},
	{name: relationCode, label: "Customer code", form: formText},
	{name: "priceGroupNumber", label: "Price group; 0 is none", form: formCode, none: true},
	{name: "discountPercentage", label: "Discount", form: formPercent},
	{name: "categoryId", label: "Card category; 0 is none", form: formCode, none: true},
	{name: "cardNumber", label: "Card number", form: formText},
	{name: "bankAccountNumber", label: "Bank account", form: formText},
	{name: "creditLimit", label: "Credit limit", form: formCents},
	{name: "paymentWithinDays", label: "Days in which it pays", form: formWhole},
	{name: vatNumber, label: "VAT number", form: formText},
	{name: "commerceNumber", label: "Chamber of commerce number", form: formText},
	{name: "extraText", label: "Extra text", form: formText},
	{name: "defaultVatMethod", label: "VAT method: inclusive, exclusive, shifted or none", form: formVATMethod},
	{name: "neverPrintOrEmailReceipt", label: "Never a receipt", form: formFlag},
	{name: "alwaysPrintReceipt", label: "Always a printed receipt", form: formFlag},
	{name: "alwaysPrintLargeFormatReceipt", label: "Always a large receipt", form: formFlag},
	{name: "alwaysEmailReceipt", label: "Always a receipt by e-mail", form: formFlag},
	{name: "condenseCombinedInvoice", label: "Short combined invoices", form: formFlag},
	{form: formCustom},
	{name: "companyName", label: "Company name", form: formText},
	{name: "directDebit", label: "Direct debit", form: formFlag},
	{name: "reminderEmail", label: "E-mail address for reminders", form: formText},
	{name: "canEarnPoints", label: "May earn points", form: formFlag},
	{name: "canRedeemPoints", label: "May spend points", form: formFlag},
}

var relationCard = card{kind: "RELATION", of: ofRelation, fields: relationFields}

// RelationSchema describes what a customer may hold.
func RelationSchema(own OwnFields) domain.Schema {
	return schemaOf(domain.EntityRelation, relationFields, own)
}
