package domain

const tryRecordAgain = "Then retry: koppel parked retry."

// tillReasons explain what stops a record on its way to the till.
var tillReasons = map[string]Reason{
	"category_parent_gone":       {Words: "The group above this category no longer exists at the till.", Fix: "Nothing to do: the next full run makes it again. Or run it now: koppel sync categories."},
	"image_refused":              {Words: "The till does not take the picture of an article: it is too large, or of a kind that the till does not show. The article itself goes its way.", Fix: "Replace the picture in AccountView by a smaller JPEG or PNG. It is tried again when the picture changes."},
	"customers_not_listed":       {Words: "The till has more than 1000 customers, and mplus.page_order says that its limited lists leave out some in between. Looking for a customer could miss one that is there, and make it twice.", Fix: "Look with koppel doctor which orders a limited page leaves out. If it is the newest, set mplus.page_order to lowest_first; else ask MplusKASSA for an update of the server. Then unpause the schedule."},
	"customers_repeated":         {Words: "The till gives the same customers again and again, so nobody can tell whether a customer is there.", Fix: "Ask MplusKASSA for an update of the server if it stays. " + waitOrRetry},
	"till_field_rules":           {Words: "A field is too long for the till, is not one of its fields, or holds what the till cannot store.", Fix: lookAtDetails + " for the field and its rule. Correct it in AccountView, or the row of the mapping that fills it. " + tryRecordAgain},
	"till_record_not_understood": {Words: "The till sent this record in a form that could not be understood, so it was not compared.", Fix: "Open the record at the till and save it again. " + tryRecordAgain},
}
