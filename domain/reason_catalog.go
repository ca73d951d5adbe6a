package domain

const catalogRetry = "It is tried again when the document changes and by each full compare; or run it now: koppel sync FLOW -i INTEGRATION --key KEY."

// catalogReasons explain why a record of the books did not reach the till, or not whole.
var catalogReasons = map[string]Reason{
	"filtered_record":           {Words: "The filter of the document leaves this record out.", Fix: "Nothing to do. Should it go to the till, change the filter of the flow and apply the document."},
	"creating_off":              {Words: "The till does not have this record, and the document makes none.", Fix: "Nothing to do. Should it be made, set create of the flow to true and apply the document. For products offer must be true as well: what has no price cannot be sold."},
	"updating_off":              {Words: "The till has this record otherwise, and the document changes none.", Fix: "Nothing to do. Should it be changed, set update of the flow to true and apply the document."},
	"changed_there":             {Words: "Somebody changed fields of this record at the till that the document lets the till own, and the books say otherwise. They were left alone.", Fix: "Nothing to do. Should the books win, give the fields the policy always in the mapping and apply the document."},
	"gone_in_books":             {Words: "The books no longer have this record; the till still has.", Fix: "Take it away at the till by hand, or let the document do it (gone of the flow)."},
	"too_many_gone":             {Words: "The last full compare missed more records than the document allows, so nothing was done about any of them. A filter, a right or a wrong company may be the cause.", Fix: "Look whether the books are whole. If they are, say so: koppel sync FLOW -i INTEGRATION --approve-gone. If they are not, the question goes away by itself with the next full compare."},
	"article_in_other_product":  {Words: "An article belongs with this product by the books, and another product of the till has it. The till does not move articles.", Fix: "Move the article in the back office of the till. " + catalogRetry},
	"number_taken":              {Words: "The till has another record under the number that this one is to get.", Fix: "Give one of the two another number. " + catalogRetry},
	"list_refused":              {Words: "AccountView refused the list of this flow: it does not understand the filter of the document (where of the flow), or a column that accountview.assumptions names.", Fix: "See AccountView's own words in the details, correct the document and apply it. Then unpause the schedule."},
	"category_parent_unknown":   {Words: "The article group hangs under a group that the books do not have, or under one that has no place itself.", Fix: "Correct the group above it in AccountView. The next run takes it along."},
	"category_cycle":            {Words: "The article group hangs under itself by way of others, so the tree has no place for it.", Fix: "Correct the group above it in AccountView. The next run takes it along."},
	"category_twice":            {Words: "The books give this article group twice.", Fix: "Look at the group in AccountView and make one of the two. The next run takes it along."},
	"category_parent_left_out":  {Words: "The group above this one is left out by the filter, and this one with it.", Fix: "Nothing to do. Should it go to the till, let the filter of the flow take the groups above it as well."},
	"category_parent_not_there": {Words: "The group above this one is not at the till yet, so this one could not be placed.", Fix: "Look why the group above it is not there: it may be parked. The next run tries again."},
	"category_has_others":       {Words: "The books no longer have this article group, but groups stand under it at the till that they do have, or that a person made there.", Fix: "Move or delete those groups at the till, or delete this one there by hand."},
}
