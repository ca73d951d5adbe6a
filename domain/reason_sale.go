package domain

// saleReasons explain why a sale of the till is not in the books, or is not read.
var saleReasons = map[string]Reason{
	"receipt_not_searchable": {Words: "The branch sold so much that year that this receipt was not come across.", Fix: "Ask for it by its id at the till: koppel sync orders --key receipt-ID."},
}
