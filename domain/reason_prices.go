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
	"price_too_wide": {
		Words: "A price of an article group or an attribute is of more articles than flows.prices.most_articles, and the till has no discount group for it. What it said before holds on.",
		Fix:   "Make a discount group at the till, put the articles in it, and add a row for it to the lookup table article_discount_group; or raise flows.prices.most_articles.",
	},
	"price_of_everything": {
		Words: "A row of a price list, a group of customers or a promotion names no article, no article group and no attribute. The till keeps such prices with articles, so it cannot hold one of everything.",
		Fix:   "Name what the row is of in AccountView, or give each of those customers a discount of their own.",
	},
	"price_of_no_article": {
		Words: "A price is of an article group or an attribute that no article has.",
		Fix:   "Nothing to do. Once an article has it, the next full run brings the price.",
	},
	"price_row_mended": {Words: "The row of prices that could not be used is gone or corrected.", Fix: "Nothing to do."},
	"price_conflict": {
		Words: "Two rows of AccountView say something else of the same price, and nothing tells which of them holds. Nothing of this list was changed at the till.",
		Fix:   "Correct one of the two rows named here, or choose another rule in flows.prices.conflict. The next run takes it.",
	},
	"price_yields":   {Words: "Two rows of AccountView are of the same price; the second one named here goes before the first.", Fix: "Nothing to do, if that is right. The rule is flows.prices.conflict."},
	"price_filtered": {Words: "The filter of the document (flows.prices.filter) leaves this row out.", Fix: "Nothing to do, if that is right."},
	"customer_not_at_till": {
		Words: "The till does not know the customer that the prices are of.",
		Fix:   "Let the flow of customers bring the customer to the till; the prices follow by themselves.",
	},
	"article_not_at_till": {
		Words: "The till does not have the article that the price is of.",
		Fix:   "Let the flow of products bring the article to the till; the next full run brings the price.",
	},
	"price_group_missing": {
		Words: "Prices wait for a price group or a sales price that the till does not have. No call can make one.",
		Fix:   "Make it by hand at the till, under the number named here; for which list or group of AccountView it is stands beside it. Or give that another number in the lookup table price_list, customer_group or sales_price. The prices follow by themselves.",
	},
	"price_group_made": {Words: "Nothing waits any more for this price group or sales price.", Fix: "Nothing to do."},
	"prices_ignored": {
		Words: "The till said that it took the list of prices, and does not hold what was sent.",
		Fix:   "Ask MplusKASSA whether relationArticleDiscountList, priceGroupList and salesPriceList may be written through the API. Until then set these prices by hand, or switch the flow off.",
	},
	"prices_merged": {
		Words: "The till took the new prices, and kept rows that were left out: it puts lists that are sent to those that it has.",
		Fix:   "Take the rows away by hand at the till that AccountView has no more, and ask MplusKASSA how a row is removed through the API.",
	},
	"quantity_not_positive":     {Words: "The quantity is not a number above zero.", Fix: "Give one, such as --qty 12."},
	"day_not_understood":        {Words: "The day is not one.", Fix: "Write it as YYYY-MM-DD."},
	"customer_unknown_in_books": {Words: "AccountView has no debtor with this number.", Fix: "Give the debtor number as AccountView has it."},
	"article_unknown_in_books":  {Words: "AccountView has no article with this code, or it cannot be read.", Fix: "Give the article code as AccountView has it."},
	"page_unknown": {
		Words: "The place in a list of AccountView at which reading was to go on is none, as after a change of accountview.assumptions (paging, price_objects).",
		Fix:   "Nothing to do: the next run begins anew.",
	},
	"list_shifted": {
		Words: "A list of AccountView changed while it was being read page by page, so a row may have been missed.",
		Fix:   "Nothing to do: the list is read again.",
	},
}
