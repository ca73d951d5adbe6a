package domain

// priceReasons explain what can stop a price on its way to the till.
var priceReasons = map[string]Reason{
	"price_unreadable": {
		Words: "A row of prices in AccountView says nothing, or two things at once: no price and no discount, or both; an article and a group; a discount above 100 %; a date or a number that is none.",
		Fix:   lookAtDetails + ". Correct the row in AccountView: the next run takes it. If every row is like this, a column in accountview.assumptions.price_objects is the wrong one.",
	},
	"price_object_missing": {
		Words: "AccountView does not have, or does not let be read, an object that accountview.assumptions.price_objects names.",
		Fix:   "Ask your AccountView dealer in which object the prices stand, and name it there; leave out the entries that do not exist. The names in the default document are those of the sandbox. Then unpause the schedule.",
	},
	"attribute_unknown": {
		Words: "A price goes by an item attribute whose column the document does not name, so nobody can say which articles have it.",
		Fix:   "Name the column under accountview.assumptions.articles.attributes, or correct the attribute in AccountView.",
	},
	"page_unknown": {
		Words: "The place in a list of AccountView at which reading was to go on is none, as after a change of accountview.assumptions.price_objects.",
		Fix:   "Nothing to do: the next run begins anew.",
	},
	"list_shifted": {
		Words: "A list of AccountView changed while it was being read page by page, so a row may have been missed.",
		Fix:   "Nothing to do: the list is read again.",
	},
}
