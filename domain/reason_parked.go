package domain

// parkedReasons explain why a parked record went on, and why a fix of one does
// not take effect.
var parkedReasons = map[string]Reason{
	"article_arrived":  {Words: "AccountView has the articles now that this order waited for.", Fix: "Nothing to do: the order went on by itself."},
	"row_arrived":      {Words: "The document has the row now that this order waited for.", Fix: "Nothing to do: the order went on by itself."},
	"original_arrived": {Words: "The sale that this one takes back stands in the books now.", Fix: "Nothing to do: the order went on by itself."},
	"document_changed": {Words: "Another document was put in force since this order was parked.", Fix: "Nothing to do: the order was tried again by itself."},

	"sale_edited": {Words: "A person edited this version of the sale, so that it can pass.", Fix: "Nothing to do. A newer version from the till replaces the edit."},
	"row_added":   {Words: "A person added a row to a lookup table, so that this order can pass.", Fix: "Nothing to do: koppel versions shows who and when."},

	"fix_unknown":             {Words: "There is no such fix of this order.", Fix: "Store it again: koppel parked fix NUMBER."},
	"fix_outdated":            {Words: "The order changed at the till after the fix was made.", Fix: "Look at the newest version (koppel parked show NUMBER) and make the fix from that, if it is still needed."},
	"fix_not_understood":      {Words: "The edited sale cannot be read.", Fix: "Begin from what koppel parked show NUMBER --payload prints, and change values only."},
	"fix_changes_identity":    {Words: "The edited sale is another sale: its id, number, source or version differs, or whether it was cancelled, or which sale it belongs to or takes back.", Fix: "Leave those as they are. Begin from what koppel parked show NUMBER --payload prints."},
	"fix_changes_total":       {Words: "The total including VAT of the edited sale is not the till's.", Fix: "Amounts may be moved between lines and VAT groups; the total is what the customer paid, so it stays. A sale with another total is changed at the till."},
	"fix_groups_differ":       {Words: "The VAT groups of the edited sale do not add up to its totals.", Fix: "Make the groups (VATGroups) add up, to the cent, to TotalExcl and TotalIncl."},
	"fix_refused_by_document": {Words: "The document refuses this row.", Fix: "Look at the details that were stored with the fix, or try the row with koppel lookup import --dry-run, which lists every problem."},
	"fix_moved":               {Words: "Somebody else changed the document at the same moment.", Fix: "Send the fix again."},
}
