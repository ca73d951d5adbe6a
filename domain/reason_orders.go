package domain

const saleFits = "Then retry the order: koppel parked retry."

// orderReasons explain what the rules of the document made of a sale.
var orderReasons = map[string]Reason{
	"no_target":                   {Words: "The lookup table target keeps this sale out of the books.", Fix: "Nothing to do. Should it be in the books after all, change the row of the table target and apply the document, then open the sale at the till and save it again."},
	"day_totals_off":              {Words: "The lookup table target books this sale in the total of its day, but day totals are switched off.", Fix: "Set flows.orders.day_totals.enabled to true in the document, or give the sale another target, and apply it. " + saleFits},
	"own_use":                     {Words: "The shop used these goods itself, in whole or in part, which is no turnover.", Fix: "Set flows.orders.amounts.own_use in the document to leave such sales out or to book them; one that is own use in part only has to be entered by hand. " + saleFits},
	"own_use_left_out":            {Words: "The shop used these goods itself; the document leaves such sales out of the books.", Fix: "Nothing to do. Should they be in the books, change flows.orders.amounts.own_use and apply the document, then open the sale at the till and save it again."},
	"gift_card_sold":              {Words: "The sale sells a gift card or puts money on a balance: a debt to its owner and no turnover.", Fix: "Set flows.orders.amounts.gift_cards to account and name gift_card_account (invoices) or gift_card_article (orders). " + saleFits},
	"payment_line":                {Words: "A line of this sale stands for a payment, which is no turnover.", Fix: "Enter the sale by hand, or give it another target. " + saleFits},
	"prepaid_unnamed":             {Words: "Receipts of this day were paid with what customers had paid in advance, and no ledger account is named for that.", Fix: "Name flows.orders.amounts.prepaid_account in the document and apply it. " + saleFits},
	"suspense_line":               {Words: "A line of this sale is to be settled later, which is no turnover.", Fix: "Settle it at the till, or enter the sale by hand. The sale then comes back by itself."},
	"cash_line":                   {Words: "A line of this sale moves money into the drawer or out of it, which is no turnover.", Fix: "Enter it by hand, or give such sales another target in the lookup table target. " + saleFits},
	"total_differs":               {Words: "The invoice would not come to the total that the till has, so it was not written.", Fix: lookAtDetails + ": the VAT groups of the till and its total differ, or the mapping changes an amount. " + saleFits},
	"domestic_vat_foreign_debtor": {Words: "The sale has a VAT code for the home country, and the VAT number of its customer is of another. AccountView would ask about it.", Fix: "Add a row to the lookup table vat_rule for this country; or, where the code is right, take it out of flows.orders.vat.domestic_codes or set flows.orders.vat.foreign to allow. " + saleFits},
	"period_closed":               {Words: "The day of this sale is closed in the books.", Fix: "Open the period in AccountView, or set flows.orders.dates.closed_period to next_open, and apply the document. " + saleFits},
}
