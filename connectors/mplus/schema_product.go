package mplus

import "github.com/koppel/koppel/domain"

// productFields are those of Product (WSDL 67.1.3).
var productFields = []targetField{
	{name: "product.productNumber", label: "Product number", form: formNumber, fixed: true},
	{name: "product.description", label: "Product description", form: formText},
	{name: "product.extraText", label: "Extra text of the product", form: formText},
	{name: "product.groupNumbers", label: "Article groups of the product, by number", form: formCodes},
}

const (
	articleNumber = "articleNumber"
	discontinued  = "discontinued"
)

// articleFields are those of Article that may be written, in the order of the
// schema (WSDL 67.1.3). What the till computes or keeps itself is not among them.
// The vendor documents most of them as writable; of active, webshop,
// stockArticle, unit, discontinued and the discount group only the schema says so.
var articleFields = []targetField{
	{name: articleNumber, label: "Article number", form: formNumber, fixed: true},
	{name: "extArticleId", label: "Article number of another system", form: formText},
	{name: "pluNumber", label: "PLU number", form: formText},
	{name: "active", label: "Active", form: formFlag},
	{name: "description", label: "Description", form: formText, required: true},
	{name: "colour", label: "Colour", form: formText},
	{name: "colourSequenceNumber", label: "Place of the colour", form: formWhole},
	{name: "size", label: "Size", form: formText},
	{name: "sizeSequenceNumber", label: "Place of the size", form: formWhole},
	{name: "invoiceText", label: "Text on invoices", form: formText},
	{name: "receiptText", label: "Text on receipts", form: formText},
	{name: "displayText", label: "Text on the display", form: formText},
	{name: "barcode", label: "Barcode", form: formText},
	{name: "barcodeDate", label: "Date of the barcode", form: formDate},
	{name: "contentUnit", label: "Unit of the content", form: formText},
	{name: "contentQuantity", label: "Content", form: formQuantity},
	{name: "brandName", label: "Brand", form: formText},
	{name: "extraText", label: "Extra text", form: formText},
	{name: "turnoverGroup", label: "Turnover group", form: formCode, required: true},
	{name: "vatCode", label: "VAT code", form: formCode, required: true},
	{name: "vatCodeAlternative", label: "Other VAT code", form: formCode},
	{name: "purchasePrice", label: "Purchase price excl. VAT", form: formCents},
	{name: "priceIncl", label: "Price incl. VAT", form: formCents},
	{name: "priceExcl", label: "Price excl. VAT", form: formCents},
	{name: "siUnit", label: "SI unit", form: formText},
	{name: "unit", label: "Unit", form: formText},
	{name: "orderQuantityValue", label: "Order quantity", form: formQuantity},
	{name: "supplierRelationNumber", label: "Supplier", form: formNumber},
	{name: "supplierArticleNumber", label: "Article number of the supplier", form: formText},
	{name: "webshop", label: "In the web shop", form: formFlag},
	{name: "categoryId", label: "Card category", form: formCode},
	{name: "stockArticle", label: "Stock is kept", form: formFlag},
	{name: "articleDiscountGroupNumber", label: "Article discount group", form: formCode},
	{form: formCustom},
	{name: "barcodes", label: "Further barcodes, separated by blanks", form: formBarcodes},
	{name: discontinued, label: "Discontinued", form: formFlag},
	{name: "ageCheckMinimumAge", label: "Youngest age of a buyer", form: formWhole},
	{name: "shelfLifeInDays", label: "Shelf life in days", form: formWhole},
	{name: "shelfLifeInHours", label: "Shelf life in hours", form: formWhole},
	{name: "priceDeviationMin", label: "Lowest price a branch may ask", form: formDecimal},
	{name: "priceDeviationMax", label: "Highest price a branch may ask", form: formDecimal},
	{name: "availableForInterbranchOrdering", label: "Branches may order it from each other", form: formFlag},
}

// ProductSchema describes what a product may hold. Its lines are the articles:
// an article is what the till sells, a product groups them.
func ProductSchema(own OwnFields) domain.Schema {
	s := schemaOf(domain.EntityProduct, productFields, own)
	articles := schemaOf(domain.EntityProduct, articleFields, own)
	s.Lines = &articles
	return s
}
