package domain

// booksReasons explain what can stop a record that is changed in the books, or
// that is written to them in parts.
var booksReasons = map[string]Reason{
	"order_unfinished": {
		Words: "The order is too long for one call, and only a part of it stands in the books, under a reference that ends with accountview.assumptions.unfinished_mark. Completing it did not work.",
		Fix:   lookAtDetails + ". Correct what they name, or delete the part in AccountView. " + retryAfterFix,
	},
	"row_actions_missing": {
		Words: "The lines of an order in the books were to be changed, and the document does not say how AccountView is told to add and delete lines.",
		Fix:   "Fill accountview.assumptions.row_actions with the values that your installation takes, or set flows.orders.changes.lines to counter or park. " + retryAfterFix,
	},
}
